"""``sidelight phrasebook``: your own ways of partnering."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines, say
from sidelight.cli.teaching import open_teacher
from sidelight.domain.errors import UserError
from sidelight.domain.moments import PROCESS_KINDS

if TYPE_CHECKING:
    from sidelight.partnering.phrasebook import Phrase

SEEDS: Final = 3
"""So many of the coach's own wordings make a beginning."""

_LONGEST: Final = 300
"""Characters of a phrase; what is longer is a speech."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")
    add_vault_arguments(parser)
    parser.set_defaults(act=_list)
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="JSON lines on stdout",
    )
    add_vault_arguments(common)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    listing = actions.add_parser(
        "list", help="your ways, by kind (without an action, too)", parents=[common]
    )
    listing.set_defaults(act=_list)
    add = actions.add_parser(
        "add", help="write one of your own wordings down", parents=[common]
    )
    add.add_argument("kind", choices=PROCESS_KINDS, metavar="KIND")
    add.add_argument("words", nargs="+", metavar="TEXT")
    add.set_defaults(act=_add)
    forget = actions.add_parser(
        "forget", help="strike out one that you wrote down", parents=[common]
    )
    forget.add_argument("number", type=int, metavar="N")
    forget.set_defaults(act=_forget)


def _run(arguments: argparse.Namespace) -> int:
    act = arguments.act
    return int(act(arguments))


def _list(arguments: argparse.Namespace) -> int:
    from sidelight.session.phrasing import gather  # noqa: PLC0415 (slow)

    teacher = open_teacher()
    if teacher is None:
        raise UserError(
            "The phrasebook needs the model that notices partnering,"
            " and it is not installed.",
            "Install Sidelight again; what you wrote down is kept.",
        )
    with open_record(arguments) as record:
        phrases = gather(record, teacher)
    lines = JsonLines()
    for phrase in phrases:
        if arguments.json:
            lines.write("phrase", _fields(phrase))
        else:
            sys.stdout.write(_text(phrase))
    written = sum(phrase.own is not None for phrase in phrases)
    if written < SEEDS and not arguments.json:
        say(f"Write {SEEDS} of your own ways down, and the program knows them:")
        say('sidelight phrasebook add support "How do you want me to listen today?"')
    return 0


def _fields(phrase: Phrase) -> dict[str, object]:
    return {
        "kind": phrase.kind,
        "own": phrase.own,
        "examples": list(phrase.examples),
        "uses": phrase.uses,
        "confirmed": phrase.sure,
        "sessions": phrase.sessions,
        "newest": None if phrase.newest is None else phrase.newest.isoformat(),
        "formula": phrase.formula,
    }


def _text(phrase: Phrase) -> str:
    own = "" if phrase.own is None else f"  (yours, {phrase.own})"
    first, *others = phrase.examples
    text = f'{phrase.kind}{own}  "{first}"\n'
    if phrase.newest is None:
        text += "    not used yet, as far as was heard\n"
    else:
        times = "once" if phrase.uses == 1 else f"{phrase.uses} times"
        many = "" if phrase.sessions == 1 else f" in {phrase.sessions} sessions"
        text += f"    {times}{many}, last on {phrase.newest:%Y-%m-%d}\n"
    text += "".join(f'    also "{other}"\n' for other in others)
    if phrase.formula:
        text += (
            "    Most of your latest were this one. Has it become a formula?"
            " What would fit this client?\n"
        )
    return text


def _add(arguments: argparse.Namespace) -> int:
    from sidelight.session.phrasing import add_phrase, bring_up_to_date  # noqa: PLC0415 (slow)

    words = " ".join(" ".join(arguments.words).split())
    if not words or len(words) > _LONGEST:
        raise UserError(
            f"A phrase has between 1 and {_LONGEST} characters.",
            "Give it as you say it, in one sentence.",
        )
    teacher = open_teacher()
    with open_record(arguments, read_only=False) as record:
        phrase = add_phrase(record, teacher, arguments.kind, words)
        if teacher is not None:
            bring_up_to_date(record, teacher)
    if arguments.json:
        fields = {"number": phrase.number, "kind": phrase.kind, "text": phrase.words}
        JsonLines().write("added", fields)
    else:
        say(f"It is in your phrasebook under {phrase.kind}, number {phrase.number}.")
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    with open_record(arguments, read_only=False) as record:
        record.phrases.forget(arguments.number)
    if arguments.json:
        JsonLines().write("forgotten", {"number": arguments.number})
    else:
        say(f"Phrase {arguments.number} is struck out, and nothing is left of it.")
    return 0


PHRASEBOOK: Final = Command(
    "phrasebook",
    "your own ways of partnering: list, add, forget",
    _arguments,
    _run,
)
