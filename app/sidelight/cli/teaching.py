"""How commands reach what the coach taught, and the model that is taught."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight import resources
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import say

if TYPE_CHECKING:
    import argparse

    from sidelight.partnering.learned.lessons import Lesson
    from sidelight.partnering.learned.teaching import Teacher


def open_teacher() -> Teacher | None:
    """What makes lessons; ``None``: this installation has no model to be taught.

    Raises:
        UserError: The model is damaged.
    """
    from sidelight.bootstrap.knowing import open_teacher as opened  # noqa: PLC0415 (slow)
    from sidelight.speech.process import prepare_process  # noqa: PLC0415 (slow)

    prepare_process()  # before anything loads numpy and ctranslate2
    return opened()


def taught_arguments(parser: argparse.ArgumentParser) -> None:
    """The option of a command whose output is otherwise the shipped program's."""
    parser.add_argument(
        "--taught",
        action="store_true",
        help="know what you taught: the moments you decided about, your own phrases",
    )
    add_vault_arguments(parser)


def taught(arguments: argparse.Namespace) -> tuple[Lesson, ...]:
    """What the detector is to know.

    Raises:
        UserError: The record cannot be opened.
    """
    if not arguments.taught:
        return ()
    from sidelight.partnering.detector import model_version  # noqa: PLC0415 (slow)

    version = model_version(resources.partnering_model())
    if version is None:
        say("There is no model here that can be taught; going on without.")
        return ()
    with open_record(arguments) as record:
        return record.lessons.lessons(version)
