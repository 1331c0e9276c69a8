"""``sidelight did``: the coach partnered, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.running import ask_running
from sidelight.domain.moments import PROCESS_KINDS

if TYPE_CHECKING:
    import argparse


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        nargs="?",
        choices=PROCESS_KINDS,
        metavar="KIND",
        help=f"{', '.join(PROCESS_KINDS)} (default: what it most likely was: words of"
        " the last minute that sound like it, else what waited longest)",
    )


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.session.messages import AddMoment  # noqa: PLC0415 (slow)

    return ask_running(AddMoment(arguments.kind))


DID: Final = Command("did", 'say "I did that": you partnered', _arguments, _run)
