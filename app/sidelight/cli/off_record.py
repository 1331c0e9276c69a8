"""``sidelight off-record``: takes what was just said out of the running session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.running import ask_running

if TYPE_CHECKING:
    import argparse

_MINUTE_MS: Final = 60_000
_STRETCHES: Final = {
    "1m": _MINUTE_MS,
    "2m": 2 * _MINUTE_MS,
    "5m": 5 * _MINUTE_MS,
    "turn": None,
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--last",
        choices=tuple(_STRETCHES),
        default="2m",
        help="how far back; turn: what the last speaker said (default: %(default)s)."
        " Hidden at once, destroyed after ten seconds; until then: sidelight undo",
    )


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.session.messages import GoOffRecord  # noqa: PLC0415 (slow)

    return ask_running(GoOffRecord(_STRETCHES[arguments.last]))


OFF_RECORD: Final = Command(
    "off-record", "take what was just said off the record", _arguments, _run
)
