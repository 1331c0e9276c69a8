"""``sidelight undo``: takes the newest of what can be undone back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command, no_arguments
from sidelight.cli.running import ask_running

if TYPE_CHECKING:
    import argparse


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.session.messages import Undo  # noqa: PLC0415 (slow)

    del arguments
    return ask_running(Undo())


UNDO: Final = Command(
    "undo", "undo the newest of mark, did, reset, off-record", no_arguments, _run
)
