"""``sidelight moments``: what was noticed in a session, and what you say about it."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.lines import moment_fields
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines, say
from sidelight.cli.teaching import open_teacher
from sidelight.cli.transcripts import find_session
from sidelight.domain.clock_time import clock
from sidelight.domain.moments import Form, MomentId
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.session.deciding import Decider

    Act = Callable[[Decider, argparse.Namespace], str]

_TIME: Final = re.compile(r"(?:(\d+):)?(\d+):([0-5]\d)")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("session", metavar="SESSION", help="its id, or 'last'")
    parser.add_argument("--json", action="store_true", help="JSON lines on stdout")
    add_vault_arguments(parser)
    # Given before or after the action; after it, nothing is the default.
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="JSON lines on stdout",
    )
    add_vault_arguments(common)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    parser.set_defaults(act=None)

    def action(name: str, help_: str, act: Act | None) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=help_, parents=[common])
        made.set_defaults(act=act)
        return made

    action("list", "every moment, in order of time (without an action, too)", None)
    confirm = action("confirm", "it is what it was taken for", _confirm)
    confirm.add_argument("id", type=_moment_id, metavar="ID")
    correct = action("correct", "it is something else", _correct)
    correct.add_argument("id", type=_moment_id, metavar="ID")
    correct.add_argument("kind", metavar="KIND")
    _form_argument(correct)
    remove = action("remove", "there was no such moment", _remove)
    remove.add_argument("id", type=_moment_id, metavar="ID")
    add = action("add", "there was a moment that nothing found", _add)
    add.add_argument("kind", metavar="KIND")
    add.add_argument(
        "--at", type=_time, required=True, metavar="m:ss", help="when you said it"
    )
    _form_argument(add)
    action("undo", "take your newest decision back; again and again", _undo)
    action("redo", "let the decision hold again that was taken back", _redo)


def _form_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--form",
        choices=[form.value for form in Form],
        help="of a direction: how the choice was handed over",
    )


def _moment_id(text: str) -> MomentId:
    try:
        return MomentId.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError("looks like m1:3") from None


def _time(text: str) -> Millis:
    match = _TIME.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError("looks like 7:05, or 1:07:05")
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return Millis(((hours * 60 + minutes) * 60 + seconds) * 1000)


def _run(arguments: argparse.Namespace) -> int:
    act: Act | None = arguments.act
    if act is None:
        return _list(arguments)
    from sidelight.session.deciding import Decider  # noqa: PLC0415 (slow)
    from sidelight.session.phrasing import bring_up_to_date  # noqa: PLC0415 (slow)

    teacher = open_teacher()
    with open_record(arguments, read_only=False) as record:
        session = find_session(record, arguments.session).session
        decider = Decider(record.sessions.get(session.id), teacher)
        done = act(decider, arguments)
        if teacher is not None:
            bring_up_to_date(record, teacher)
        decided = decider.story.decided
    if arguments.json:
        fields = {
            "session": session.id,
            "done": done,
            "undoable": len(decided.standing),
        }
        JsonLines().write("decided", fields)
        return 0
    say(f"{done}.")
    back = "redo" if arguments.action == "undo" else "undo"
    say(f"{back.capitalize()}: sidelight moments {session.id} {back}")
    return 0


def _confirm(decider: Decider, arguments: argparse.Namespace) -> str:
    decider.confirm(arguments.id)
    return f"{arguments.id} is confirmed"


def _correct(decider: Decider, arguments: argparse.Namespace) -> str:
    decider.correct(arguments.id, arguments.kind, _form(arguments))
    return f"{arguments.id} is {arguments.kind} now"


def _remove(decider: Decider, arguments: argparse.Namespace) -> str:
    decider.remove(arguments.id)
    return f"{arguments.id} is removed"


def _add(decider: Decider, arguments: argparse.Namespace) -> str:
    added = decider.add(arguments.kind, arguments.at, _form(arguments))
    return f"{added.id} is added as {arguments.kind}"


def _undo(decider: Decider, arguments: argparse.Namespace) -> str:
    from sidelight.session.deciding import decided_words  # noqa: PLC0415 (slow)

    del arguments
    return f"Taken back: {decided_words(decider.undo())}"


def _redo(decider: Decider, arguments: argparse.Namespace) -> str:
    from sidelight.session.deciding import decided_words  # noqa: PLC0415 (slow)

    del arguments
    return f"It holds again: {decided_words(decider.redo())}"


def _form(arguments: argparse.Namespace) -> Form | None:
    return None if arguments.form is None else Form(arguments.form)


def _list(arguments: argparse.Namespace) -> int:
    with open_record(arguments) as record:
        session = find_session(record, arguments.session).session
        story = tell(record.sessions.get(session.id).events())
    lines = JsonLines()
    found = sorted(_rows(story), key=lambda row: (row[1].span, row[1].id))
    check = {moment.id for moment in story.to_check}
    for state, moment in found:
        if arguments.json:
            more = {"state": state, "check": moment.id in check}
            lines.write("moment", moment_fields(moment) | more)
            continue
        at, note = clock(moment.at), "" if state == "found" else f"  ({state})"
        form = f", {moment.form}" if moment.form else ""
        quote = f'  "{moment.quote}"' if moment.quote else ""
        ask = "  please check" if moment.id in check else ""
        sys.stdout.write(
            f"{moment.id!s:<6} {at:>7}  {moment.kind}{form}{note}{quote}{ask}\n"
        )
    if not found:
        say("Nothing was noticed in this session.")
    return 0


def _rows(story: Story) -> Iterator[tuple[str, Moment]]:
    """Each moment, with what has become of it."""
    for moment in story.moments:
        yield "confirmed" if moment.id in story.confirmed else "found", moment
    for moment in story.hollow:
        yield "hollow", moment
    for moment, cause in story.withdrawn:
        yield cause.value, moment


MOMENTS: Final = Command(
    "moments",
    "the moments of a session: confirm, correct, remove, add, undo",
    _arguments,
    _run,
)
