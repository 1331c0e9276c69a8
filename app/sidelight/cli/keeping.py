"""``sidelight keeping``: how long sound is kept, and what goes when."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines
from sidelight.domain.days import local_day
from sidelight.domain.keeping import SoundRule
from sidelight.session.keeping import Keeper
from sidelight.settings.keeping import KeepingChoice
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    import argparse

    from sidelight.session.keeping import Looked


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sound",
        choices=tuple(SoundRule),
        help="keep sound so many days after the note of its session is finished; off:"
        " it goes with the finished note (default: 14)",
    )
    parser.add_argument(
        "--longer",
        nargs="+",
        metavar="SESSION",
        default=(),
        help="keep the sound of these for 30 days more",
    )
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")
    add_vault_arguments(parser)


def _run(arguments: argparse.Namespace) -> int:
    folder = Paths.find().prepare().data
    if arguments.sound is not None:
        KeepingChoice(SoundRule(arguments.sound)).keep(folder)
    keeper = Keeper(lambda: KeepingChoice.recall(folder), local_day)
    with open_record(arguments, read_only=False) as record:
        looked = keeper.look(record)
        if arguments.longer:
            keeper.longer(record, arguments.longer)
            looked = keeper.look(record)
    rule = KeepingChoice.recall(folder).sound
    if arguments.json:
        lines = JsonLines()
        lines.write("keeping", {"sound": rule, "gone": looked.gone})
        for day in looked.soon:
            fields = {"on": day.on.isoformat(), "sessions": list(day.sessions)}
            lines.write("goes", fields)
        return 0
    sys.stdout.write(f"Sound is kept: {_RULES[rule]}. Words: until you delete them.\n")
    for line in sentences(looked):
        sys.stdout.write(line + "\n")
    return 0


def sentences(looked: Looked) -> list[str]:
    """What came of a look, in sentences; none where nothing goes."""
    told = []
    if looked.gone:
        told.append(f"Sound of {_sessions(looked.gone)} is destroyed; its words stay.")
    for day in looked.soon:
        sessions = _sessions(len(day.sessions))
        told.append(
            f"Sound of {sessions} goes on {day.on.isoformat()}. To keep it longer:"
            f" sidelight keeping --longer {' '.join(day.sessions)}"
        )
    return told


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


_RULES: Final = {
    SoundRule.OFF: "until the note of its session is finished",
    SoundRule.DAYS_14: "14 days after the note of its session is finished",
    SoundRule.DAYS_30: "30 days after the note of its session is finished",
    SoundRule.DAYS_90: "90 days after the note of its session is finished",
    SoundRule.FOR_EVER: "until you delete it",
}

KEEPING: Final = Command(
    "keeping", "how long sound is kept, and what goes when", _arguments, _run
)
