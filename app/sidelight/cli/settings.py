"""``sidelight settings``: every option, shown, changed, and put back as it comes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.output import JsonLines, say
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from sidelight.settings.option import Option

_WIDTH: Final = 26


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="all of them, or those with these words")
    listing.add_argument("words", metavar="WORD", nargs="*")
    get = actions.add_parser("get", help="one, as it is now")
    get.add_argument("id", metavar="ID")
    change = actions.add_parser("set", help="change one")
    change.add_argument("id", metavar="ID")
    change.add_argument("value", metavar="VALUE")
    reset = actions.add_parser("reset", help="put one back, or all")
    which = reset.add_mutually_exclusive_group(required=True)
    which.add_argument("id", metavar="ID", nargs="?")
    which.add_argument("--all", action="store_true", help="every one of them")
    for action, act in (
        (listing, _list),
        (get, _get),
        (change, _set),
        (reset, _reset),
    ):
        action.add_argument("--json", action="store_true", help="JSON lines on stdout")
        action.set_defaults(act=act)


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.settings.store import tell_damaged  # noqa: PLC0415 (slow)

    act = arguments.act
    code = int(act(arguments))
    for damage in tell_damaged(Paths.find().data):
        say(str(damage))
    return code


def _list(arguments: argparse.Namespace) -> int:
    from sidelight.settings.options import OPTIONS  # noqa: PLC0415 (slow)

    words = [word.lower() for word in arguments.words]
    shown = [one for one in OPTIONS if all(word in _searched(one) for word in words)]
    _write(shown, arguments)
    return 0


def _get(arguments: argparse.Namespace) -> int:
    from sidelight.settings.options import find  # noqa: PLC0415 (slow)

    option = find(arguments.id)
    if arguments.json:
        _write([option], arguments)
    else:
        sys.stdout.write(option.text(Paths.find().data) + "\n")
    return 0


def _set(arguments: argparse.Namespace) -> int:
    from sidelight.settings.options import find  # noqa: PLC0415 (slow)

    option = find(arguments.id)
    option.set(Paths.find().prepare().data, arguments.value)
    _write([option], arguments)
    return 0


def _reset(arguments: argparse.Namespace) -> int:
    from sidelight.settings.options import OPTIONS, find  # noqa: PLC0415 (slow)

    options = list(OPTIONS) if arguments.all else [find(arguments.id)]
    folder = Paths.find().prepare().data
    for option in options:
        option.reset(folder)
    _write(options, arguments)
    return 0


def _write(options: list[Option], arguments: argparse.Namespace) -> None:
    folder, lines = Paths.find().data, JsonLines()
    for option in options:
        if arguments.json:
            lines.write("setting", _fields(option, folder))
        else:
            told = f"{option.id:<{_WIDTH}} {option.text(folder):<12} {option.title}"
            sys.stdout.write(told.rstrip() + "\n")


def _fields(option: Option, folder: Path) -> dict[str, object]:
    now = option.of(option.group.recall(folder))
    return {
        "id": option.id,
        "section": option.section.value,
        "title": option.title,
        "explained": option.explained,
        "value": option.values.dump(now),
        "text": option.values.show(now),
        "default": option.values.show(option.default),
        "allowed": option.values.told,
    }


def _searched(option: Option) -> str:
    about = (option.id, option.section.value, option.title, option.explained)
    return " ".join(about).lower()


SETTINGS: Final = Command(
    "settings", "every option: list, get, set, reset", _arguments, _run
)
