"""``sidelight sessions refine | transcript``: versions of a session's transcript."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.opening import open_record, open_vault
from sidelight.cli.output import JsonLines, say
from sidelight.domain.clock_time import clock
from sidelight.domain.errors import UserError
from sidelight.domain.transcript import LIVE_TRANSCRIPT

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from sidelight.domain.events import StoredEvent
    from sidelight.record.record import Record
    from sidelight.record.sessions import SessionSummary
    from sidelight.session.refining.work import Refined

    Action = tuple[argparse.ArgumentParser, Callable[[argparse.Namespace], int]]
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

LAST: Final = "last"


def add_transcript_actions(actions: Actions) -> Sequence[Action]:
    """The two actions, and what each does."""
    refine = actions.add_parser(
        "refine", help="hear a session once more, with the best model in its own time"
    )
    which = refine.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "session", nargs="?", metavar="SESSION", help="its id, or 'last'"
    )
    which.add_argument(
        "--waiting",
        action="store_true",
        help="every session of the last week that was not refined, in the background",
    )
    refine.add_argument(
        "--model",
        metavar="NAME|FOLDER",
        help="speech model (default: the largest that takes no longer than it did)",
    )
    transcript = actions.add_parser(
        "transcript", help="show a session's versions, or switch to one of them"
    )
    transcript.add_argument("session", metavar="SESSION", help="its id, or 'last'")
    transcript.add_argument(
        "number",
        nargs="?",
        type=int,
        metavar="N",
        help=f"switch to this version; {LIVE_TRANSCRIPT} is as it was heard live",
    )
    return ((refine, _refine), (transcript, _transcript))


def find_session(record: Record, wanted: str) -> SessionSummary:
    """A session by its id, or the last one.

    Raises:
        UserError: There is none.
    """
    for summary in record.sessions.list():
        if wanted in (summary.session.id, LAST):
            return summary
    raise UserError(f"There is no session {wanted}.", "See `sidelight sessions list`.")


def _refine(arguments: argparse.Namespace) -> int:
    from sidelight.speech.process import prepare_process  # noqa: PLC0415 (slow)

    prepare_process()  # before anything loads numpy and ctranslate2
    from sidelight.cli.refining import Refining  # noqa: PLC0415 (slow)
    from sidelight.record.record import Record  # noqa: PLC0415 (slow)

    vault = open_vault(arguments)
    refining = Refining(vault)
    if arguments.waiting:
        refining.everything_that_waits()
        return 0
    with Record.open(vault.folder, vault, read_only=True) as record:
        summary = find_session(record, arguments.session)
    done = refining.by_hand(summary, arguments.model)
    _tell(arguments, summary.session.id, done)
    return 0


def _tell(arguments: argparse.Namespace, session: str, done: Refined) -> None:
    number, model = done.version.transcript, done.version.model
    if arguments.json:
        fields = {"session": session, "transcript": number, "model": model}
        JsonLines().write("refined", fields | {"shown": done.shown})
        return
    say(f"Version {number} of the transcript is whole, heard with {model}.")
    if done.shown:
        say("It is shown now. As it was heard live:")
        say(f"sidelight sessions transcript {session} {LIVE_TRANSCRIPT}")
    else:
        say(
            "It has far fewer words than the one that is shown, so that one stays. Yet:"
        )
        say(f"sidelight sessions transcript {session} {number}")


def _transcript(arguments: argparse.Namespace) -> int:
    if arguments.number is None:
        with open_record(arguments) as record:
            summary = find_session(record, arguments.session)
            events = record.sessions.get(summary.session.id).every_version()
        _list(arguments, summary, events)
        return 0
    with open_record(arguments, read_only=False) as record:
        summary = find_session(record, arguments.session)
        _switch(record, summary, arguments.number)
    if arguments.json:
        fields = {"session": summary.session.id, "transcript": arguments.number}
        JsonLines().write("chosen", fields)
    else:
        say(f"Version {arguments.number} of the transcript is shown now.")
    return 0


def _switch(record: Record, summary: SessionSummary, number: int) -> None:
    from sidelight.session.refining.work import ended_at, versions  # noqa: PLC0415 (slow)

    store = record.sessions.get(summary.session.id)
    events = store.every_version()
    whole = [one.transcript for one in versions(events) if one.whole]
    end = ended_at(events)
    if end is None or number not in (LIVE_TRANSCRIPT, *whole):
        raise UserError(
            f"There is no whole version {number} of this transcript.",
            f"See: sidelight sessions transcript {summary.session.id}",
        )
    if number != summary.transcript:
        store.choose(number, end)


def _list(
    arguments: argparse.Namespace,
    summary: SessionSummary,
    events: Sequence[StoredEvent],
) -> None:
    from sidelight.session.refining.waiting import heard_with  # noqa: PLC0415 (slow)
    from sidelight.session.refining.work import Version, versions  # noqa: PLC0415 (slow)

    live = Version(
        LIVE_TRANSCRIPT,
        heard_with(summary.session, events),
        summary.length,
        whole=summary.ended,
    )
    lines = JsonLines()
    for version in (live, *versions(events)):
        shown = version.transcript == summary.transcript
        if arguments.json:
            lines.write(
                "transcript",
                {
                    "session": summary.session.id,
                    "transcript": version.transcript,
                    "model": version.model,
                    "to_ms": version.to,
                    "whole": version.whole,
                    "shown": shown,
                },
            )
            continue
        how = "as it was heard live" if version is live else "refined"
        far = "" if version.whole else f", up to {clock(version.to)}"
        model = f", {version.model}" if version.model else ""
        mark = "  <- shown" if shown else ""
        sys.stdout.write(f"{version.transcript}  {how}{model}{far}{mark}\n")
