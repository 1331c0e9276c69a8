"""``sidelight recover``: sessions that a crash or a power cut left without an end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines, say
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    import argparse

    from sidelight.record.interrupted import Interrupted


_WORTH_HEARING_MS: Final = 500
"""Less sound than this holds no words."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="what is there of each, up to when")
    keep = actions.add_parser(
        "keep", help="recognise what was not yet, and put it with the rest"
    )
    keep.add_argument(
        "--model", metavar="NAME", help="speech model (default: the session's own)"
    )
    keep.add_argument(
        "--without-words",
        action="store_true",
        help="leave what was not recognised as sound only",
    )
    discard = actions.add_parser("discard", help="destroy it, its sound included")
    for action in (keep, discard):
        action.add_argument("session", metavar="SESSION", help="its id")
    for action, act in ((listing, _list), (keep, _keep), (discard, _discard)):
        action.add_argument("--json", action="store_true", help="JSON lines on stdout")
        add_vault_arguments(action)
        action.set_defaults(act=act)


def _run(arguments: argparse.Namespace) -> int:
    act = arguments.act
    return int(act(arguments))


def _list(arguments: argparse.Namespace) -> int:
    from sidelight.record.interrupted import interrupted  # noqa: PLC0415 (slow)

    with open_record(arguments, read_only=False) as record:
        found = interrupted(record)
    if arguments.json:
        lines = JsonLines()
        for one in found:
            lines.write("interrupted", _fields(one))
        return 0
    for one in found:
        sys.stdout.write(_text(one) + "\n")
    if not found:
        say("No session was interrupted.")
    return 0


def _refuse_while_importing() -> None:
    """A recording that is being brought in has no end yet, and is not cut off."""
    from sidelight.bootstrap.bringing_in import importing  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    if importing(Paths.find().run):
        raise UserError(
            "Recordings are being brought in; they look as if they were cut off.",
            "Wait until that is finished, or stop it.",
        )


def _keep(arguments: argparse.Namespace) -> int:
    from sidelight.record.interrupted import find, keep  # noqa: PLC0415 (slow)

    _refuse_while_importing()
    with open_record(arguments, read_only=False) as record:
        kept = find(record, arguments.session)
        finished = arguments.without_words or kept.unheard < _WORTH_HEARING_MS
        if finished:
            keep(record, arguments.session)
    if not finished:
        from sidelight.cli.catching_up import catch_up  # noqa: PLC0415 (slow)

        catch_up(kept.session, arguments.model, arguments.passphrase_file)
    if arguments.json:
        JsonLines().write("kept", _fields(kept))
    else:
        say(f"Session {kept.session.id} is with the others, up to {_at(kept.end)}.")
    return 0


def _discard(arguments: argparse.Namespace) -> int:
    from sidelight.record.interrupted import discard  # noqa: PLC0415 (slow)

    _refuse_while_importing()
    with open_record(arguments, read_only=False) as record:
        discard(record, arguments.session)
    if arguments.json:
        JsonLines().write("discarded", {"session": arguments.session})
    else:
        say(f"Session {arguments.session} is destroyed: its keys, words and sound.")
    return 0


def _fields(one: Interrupted) -> dict[str, object]:
    return {
        "id": one.session.id,
        "started_at": one.session.started_at.isoformat(),
        "mode": one.session.mode,
        "client": one.session.client,
        "events": one.events,
        "stored_to_ms": one.stored_to,
        "heard_to_ms": one.heard_to,
        "sound_to_ms": one.sound_to,
        "damaged_ms": one.damaged,
    }


def _text(one: Interrupted) -> str:
    start = one.session.started_at.strftime("%Y-%m-%d %H:%M")
    sound = f"sound to {_at(one.sound_to)}" if one.sound_to else "no sound"
    heard = f"words to {_at(one.heard_to)}" if one.heard_to else "no words"
    bad = f", {one.damaged / 1000:.1f} s of it damaged" if one.damaged else ""
    return f"{one.session.id}  {start}  {one.session.mode}  {sound}{bad}, {heard}"


def _at(millis: int) -> str:
    minutes, seconds = divmod(millis // 1000, 60)
    return f"{minutes}:{seconds:02}"


RECOVER: Final = Command(
    "recover", "sessions that were cut off: list, keep, discard", _arguments, _run
)
