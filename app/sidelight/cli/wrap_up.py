"""``sidelight sessions note | commitments``: the wrap-up without a window.

What is written comes from standard input, never from the command line: a shell keeps
what was typed into it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sidelight.cli.opening import open_record
from sidelight.cli.output import JsonLines, say
from sidelight.cli.transcripts import find_session
from sidelight.domain.clock_time import clock
from sidelight.domain.errors import UserError
from sidelight.domain.notes import Section
from sidelight.domain.story import tell
from sidelight.session.wrap_acts import AcceptLine, WithdrawLine, WriteLine, WriteNote

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sidelight.cli.transcripts import Action, Actions
    from sidelight.domain.story import Story
    from sidelight.session.wrap_acts import Act


def add_wrap_up_actions(actions: Actions) -> Sequence[Action]:
    """The two actions, and what each does."""
    note = actions.add_parser("note", help="show or write your private note")
    note.add_argument("session", metavar="SESSION", help="its id, or 'last'")
    note.add_argument(
        "--write", action="store_true", help="replace it with what comes from stdin"
    )
    promised = actions.add_parser(
        "commitments", help="what the client said they will do: accept, add, withdraw"
    )
    promised.add_argument("session", metavar="SESSION", help="its id, or 'last'")
    act = promised.add_mutually_exclusive_group()
    act.add_argument(
        "--accept", type=int, metavar="DRAFT", help="let this drafted line go out"
    )
    act.add_argument(
        "--withdraw", type=int, metavar="LINE", help="this line may not leave after all"
    )
    act.add_argument(
        "--add", action="store_true", help="a line in your words, from stdin"
    )
    return ((note, _note), (promised, _commitments))


def _note(arguments: argparse.Namespace) -> int:
    if arguments.write:
        _do(arguments, WriteNote(_typed()))
    text = _story(arguments).wrap_up.note
    if arguments.json:
        JsonLines().write("note", {"text": text})
    elif text:
        sys.stdout.write(text + "\n")
    else:
        say("There is no note on this session.")
    return 0


def _commitments(arguments: argparse.Namespace) -> int:
    if arguments.accept is not None:
        _do(arguments, _acceptance(_story(arguments), arguments.accept))
    elif arguments.withdraw is not None:
        _do(arguments, WithdrawLine(arguments.withdraw))
    elif arguments.add:
        _do(arguments, WriteLine(_typed()))
    _list(arguments, _story(arguments))
    return 0


def _acceptance(story: Story, number: int) -> AcceptLine:
    from sidelight.session.wrapping_up import numbered_drafts  # noqa: PLC0415 (slow)

    drafts = numbered_drafts(story)
    if number not in drafts:
        raise UserError(
            f"There is no drafted line {number} that is not accepted.",
            "See them: sidelight sessions commitments SESSION",
        )
    return AcceptLine(drafts[number].span)


def _list(arguments: argparse.Namespace, story: Story) -> None:
    from sidelight.session.wrapping_up import numbered_drafts  # noqa: PLC0415 (slow)

    lines = JsonLines()
    out = sys.stdout
    accepted = [x for x in story.wrap_up.accepted if x.section is Section.COMMITMENTS]
    written = [x for x in story.wrap_up.written if x.section is Section.COMMITMENTS]
    drafts = numbered_drafts(story)
    for line in accepted:
        if arguments.json:
            span = {"start_ms": line.span.start, "end_ms": line.span.end}
            lines.write("line", {"line": line.line, "quote": line.quote} | span)
        else:
            at = clock(line.span.start)
            out.write(f"line {line.line}  {at}  “{line.quote}”\n")
    for own in written:
        if arguments.json:
            lines.write("line", {"line": own.line, "text": own.text})
        else:
            out.write(f"line {own.line}  yours  {own.text}\n")
    for number, draft in drafts.items():
        sure = draft.doubt is None
        if arguments.json:
            span = {"start_ms": draft.span.start, "end_ms": draft.span.end}
            fields = {"draft": number, "quote": draft.quote, "doubtful": not sure}
            lines.write("draft", fields | span)
        else:
            at = clock(draft.span.start)
            words = "" if sure else "  (doubtful words: write it yourself)"
            out.write(f"draft {number}  {at}  “{draft.quote}”{words}\n")
    if not arguments.json and not (accepted or written or drafts):
        say("There are no commitments, and none was drafted.")
    elif not arguments.json and drafts:
        say("A draft leaves only once it is accepted: --accept NUMBER")


def _story(arguments: argparse.Namespace) -> Story:
    with open_record(arguments) as record:
        session = find_session(record, arguments.session).session
        return tell(record.sessions.get(session.id).events())


def _do(arguments: argparse.Namespace, act: Act) -> None:
    from sidelight.session.wrapping_up import WrappingUp  # noqa: PLC0415 (slow)

    with open_record(arguments, read_only=False) as record:
        session = find_session(record, arguments.session).session
        WrappingUp(record.sessions.get(session.id)).do(act)


def _typed() -> str:
    if sys.stdin.isatty():
        say("Write it here; Ctrl+D ends it.")
    return sys.stdin.read()
