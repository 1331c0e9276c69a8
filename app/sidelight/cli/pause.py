"""``sidelight pause`` and ``sidelight resume``: record nothing for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command, no_arguments
from sidelight.cli.running import ask_running

if TYPE_CHECKING:
    import argparse


def _pause(arguments: argparse.Namespace) -> int:
    from sidelight.session.messages import Pause  # noqa: PLC0415 (slow)

    del arguments
    return ask_running(Pause())


def _resume(arguments: argparse.Namespace) -> int:
    from sidelight.session.messages import Resume  # noqa: PLC0415 (slow)

    del arguments
    return ask_running(Resume())


PAUSE: Final = Command("pause", "record nothing for a while", no_arguments, _pause)
RESUME: Final = Command("resume", "record again after a pause", no_arguments, _resume)
