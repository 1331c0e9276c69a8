"""``sidelight mark``: a bookmark in the running session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.running import ask_running

if TYPE_CHECKING:
    import argparse

_LONGEST_NOTE: Final = 2_000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("note", nargs="?", default="", help="a few words of your own")


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.session.messages import PlaceMark  # noqa: PLC0415 (slow)

    return ask_running(PlaceMark(arguments.note[:_LONGEST_NOTE]))


MARK: Final = Command("mark", "set a bookmark in the running session", _arguments, _run)
