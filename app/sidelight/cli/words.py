"""``sidelight words``: what was said in a session, where the recogniser misheard it.

Words come from standard input, never from the command line: a shell keeps what was
typed into it.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.lines import utterance_fields
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines, say
from sidelight.cli.teaching import open_teacher
from sidelight.cli.transcripts import find_session
from sidelight.domain.clock_time import clock
from sidelight.domain.story import tell
from sidelight.domain.transcript import Speaker, UtteranceId
from sidelight.session.decision_acts import RedoDecision, UndoDecision
from sidelight.session.word_acts import (
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.decision_acts import DecisionAct

    Ask = Callable[[argparse.Namespace], DecisionAct]


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
    parser.set_defaults(ask=None)

    def action(name: str, help_: str, ask: Ask | None) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=help_, parents=[common])
        made.set_defaults(ask=ask)
        return made

    def about(name: str, help_: str, ask: Ask) -> argparse.ArgumentParser:
        made = action(name, help_, ask)
        made.add_argument("id", type=_passage, metavar="ID")
        return made

    action("list", "every passage, in order of time (without an action, too)", None)
    about("edit", "what comes from stdin was said; nothing: nothing was", _edit)
    about("merge", "it goes on with the next passage of the same person", _merge)
    split = about("split", "it is two passages", _split)
    split.add_argument(
        "--after", type=int, required=True, metavar="N", help="so many words come first"
    )
    speaker = about("speaker", "somebody else said it", _speaker)
    speaker.add_argument("speaker", choices=[one.value for one in Speaker])
    action("undo", "take your newest decision back; again and again", _undo)
    action("redo", "let the decision hold again that was taken back", _redo)


def _passage(text: str) -> UtteranceId:
    try:
        return UtteranceId.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError("looks like 1:7") from None


def _run(arguments: argparse.Namespace) -> int:
    if arguments.ask is None:
        return _list(arguments)
    from sidelight.session.deciding import Decider, decided_words  # noqa: PLC0415 (slow)

    act = arguments.ask(arguments)
    teacher = open_teacher()
    with open_record(arguments, read_only=False) as record:
        session = find_session(record, arguments.session).session
        decider = Decider(record.sessions.get(session.id), teacher)
        if isinstance(act, UndoDecision):
            done = f"Taken back: {decided_words(decider.undo())}"
        elif isinstance(act, RedoDecision):
            done = f"It holds again: {decided_words(decider.redo())}"
        else:
            decider.do(act)
            done = decided_words(decider.story.decided.made[-1]).capitalize()
        held = len(decider.story.decided.standing)
    if arguments.json:
        fields = {"session": session.id, "done": done, "undoable": held}
        JsonLines().write("decided", fields)
        return 0
    say(f"{done}.")
    back = "redo" if arguments.action == "undo" else "undo"
    say(f"{back.capitalize()}: sidelight words {session.id} {back}")
    return 0


def _edit(arguments: argparse.Namespace) -> EditWords:
    if sys.stdin.isatty():
        say("Write what was said; Ctrl+D ends it.")
    return EditWords(arguments.id, sys.stdin.read())


def _merge(arguments: argparse.Namespace) -> MergePassages:
    return MergePassages(arguments.id)


def _split(arguments: argparse.Namespace) -> SplitPassage:
    return SplitPassage(arguments.id, arguments.after)


def _speaker(arguments: argparse.Namespace) -> ChangeSpeaker:
    return ChangeSpeaker(arguments.id, Speaker(arguments.speaker))


def _undo(arguments: argparse.Namespace) -> UndoDecision:
    del arguments
    return UndoDecision()


def _redo(arguments: argparse.Namespace) -> RedoDecision:
    del arguments
    return RedoDecision()


def _list(arguments: argparse.Namespace) -> int:
    from sidelight.session.word_decisions import shown_passages  # noqa: PLC0415 (slow)

    with open_record(arguments) as record:
        session = find_session(record, arguments.session).session
        story = tell(record.sessions.get(session.id).events())
    lines = JsonLines()
    found = shown_passages(story)
    for one in found:
        said = one.utterance
        if arguments.json:
            heard = {"text": one.as_heard, "speaker": one.channel}
            lines.write("passage", utterance_fields(said) | {"heard": heard})
            continue
        at = clock(said.span.start)
        sys.stdout.write(f"{said.id!s:<6} {at:>7}  {said.speaker}: {said.text}\n")
        if one.reworded or one.given:
            sys.stdout.write(f"{'':<16}heard: {one.channel}: {one.as_heard}\n")
    if not found:
        say("There are no words in this session.")
    return 0


WORDS: Final = Command(
    "words",
    "the words of a session: edit, merge, split, whose they are, undo",
    _arguments,
    _run,
)
