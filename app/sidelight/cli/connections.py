"""``sidelight connections``: every connection that the program ever made."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.output import JsonLines, say
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    import argparse

    from sidelight.network.ledger import Connection

_MEGA: Final = 1_000_000


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.network.ledger import Ledger  # noqa: PLC0415 (slow)

    made = Ledger(Paths.find().data).list()
    lines = JsonLines()
    for one in made:
        if arguments.json:
            lines.write("connection", _fields(one))
        else:
            sys.stdout.write(_told(one) + "\n")
    if not made:
        say("No connection was ever made from here.")
    return 0


def _fields(one: Connection) -> dict[str, object]:
    return {
        "at": one.at.isoformat(),
        "host_kind": one.host_kind,
        "hosts": one.hosts,
        "purpose": one.purpose,
        "item": one.item,
        "bytes": one.received,
        "outcome": one.outcome,
        "why": one.why or None,
    }


def _told(one: Connection) -> str:
    began = one.at.astimezone().strftime("%Y-%m-%d %H:%M")
    size = f"{one.received / _MEGA:.1f} MB"
    about = f"{one.purpose} {one.item}"
    ended = f"{one.outcome} {one.why}".rstrip()
    return f"{began}  {one.host_kind:<7} {about:<22} {size:>10}  {ended}"


CONNECTIONS: Final = Command(
    "connections", "every network connection that was ever made", _arguments, _run
)
