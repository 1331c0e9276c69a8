"""``sidelight sessions``: list, show, search, delete, transcripts, wrap-up."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command
from sidelight.cli.deleted import STAYS, receipt_fields
from sidelight.cli.lines import check_line, session_line
from sidelight.cli.opening import add_vault_arguments, open_record
from sidelight.cli.output import JsonLines, say
from sidelight.cli.shown import as_shown
from sidelight.cli.transcripts import add_transcript_actions, find_session
from sidelight.cli.wrap_up import add_wrap_up_actions
from sidelight.domain.clock_time import clock
from sidelight.domain.days import local_day
from sidelight.domain.events import MomentNoticed
from sidelight.domain.story import tell
from sidelight.domain.worked import whole_minutes
from sidelight.session.looking_back import seen_only_now

if TYPE_CHECKING:
    import argparse

    from sidelight.record.search import Hit
    from sidelight.record.sessions import SessionSummary

_LAST: Final = "last"


def _arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every session, the newest first")
    show = actions.add_parser("show", help="what was said and noticed in one session")
    show.add_argument("session", metavar="SESSION", help="its id, or 'last'")
    search = actions.add_parser("search", help="find what was said")
    search.add_argument("words", metavar="WORD", nargs="+")
    search.add_argument("--limit", type=int, default=100, metavar="N")
    delete = actions.add_parser("delete", help="destroy a session, its sound included")
    delete.add_argument("session", metavar="SESSION", help="its id")
    for action, act in (
        (listing, _list),
        (show, _show),
        (search, _search),
        (delete, _delete),
        *add_transcript_actions(actions),
        *add_wrap_up_actions(actions),
    ):
        action.add_argument("--json", action="store_true", help="JSON lines on stdout")
        add_vault_arguments(action)
        action.set_defaults(act=act)


def _run(arguments: argparse.Namespace) -> int:
    act = arguments.act
    return int(act(arguments))


def _list(arguments: argparse.Namespace) -> int:
    with open_record(arguments) as record:
        found = record.sessions.list()
    if arguments.json:
        lines = JsonLines()
        for summary in found:
            lines.write("session", summary_fields(summary))
        return 0
    for summary in found:
        sys.stdout.write(_summary_text(summary) + "\n")
    if not found:
        say("There is no session yet.")
    return 0


def _show(arguments: argparse.Namespace) -> int:
    with open_record(arguments) as record:
        summary = find_session(record, arguments.session)
        events = record.sessions.get(summary.session.id).events()
    story = tell(events)
    told = [
        session_line(one.event, one.committed_at) for one in as_shown(events, story)
    ]
    end = summary.length
    told += [
        session_line(MomentNoticed(end, moment), end) for moment in seen_only_now(story)
    ]
    told += [check_line(moment) for moment in story.to_check]
    if arguments.json:
        lines = JsonLines()
        lines.write("session", summary_fields(summary))
        for line in told:
            if line is not None:
                lines.write(*line)
        return 0
    sys.stdout.write(_summary_text(summary) + "\n")
    for line in told:
        if line is not None:
            sys.stdout.write(_line_text(*line) + "\n")
    return 0


def _search(arguments: argparse.Namespace) -> int:
    with open_record(arguments) as record:
        hits = record.search.find(" ".join(arguments.words), arguments.limit)
    lines = JsonLines()
    for hit in hits:
        if arguments.json:
            lines.write("hit", _hit_fields(hit))
        else:
            at = clock(hit.span.start)
            sys.stdout.write(f"{hit.session}  {at}  {hit.speaker}: {hit.text}\n")
    if not hits and not arguments.json:
        say("Nobody said that in the sessions that were kept.")
    return 0


def _delete(arguments: argparse.Namespace) -> int:
    with open_record(arguments, read_only=False) as record:
        receipt = record.deletions.session(arguments.session, local_day())
    if arguments.json:
        fields = {"session": arguments.session, **receipt_fields(receipt)}
        JsonLines().write("deleted", fields)
    else:
        say(f"Session {arguments.session} is destroyed: its keys, words and sound.")
        say(STAYS)
    return 0


def summary_fields(summary: SessionSummary) -> dict[str, object]:
    """One session of the library as JSON fields."""
    session = summary.session
    return {
        "id": session.id,
        "started_at": session.started_at.isoformat(),
        "mode": session.mode,
        "layout": session.layout,
        "client": session.client,
        "planned_minutes": session.planned_minutes,
        "model": session.model,
        "minutes": whole_minutes(summary.worked),
        "length_ms": summary.length,
        "events": summary.events,
        "ended": summary.ended,
        "transcript": summary.transcript,
    }


def _summary_text(summary: SessionSummary) -> str:
    session = summary.session
    start = session.started_at.strftime("%Y-%m-%d %H:%M")
    end = "" if summary.ended else "  interrupted, or going on"
    client = f"  {session.client}" if session.client else ""
    length = clock(summary.worked)
    return f"{session.id}  {start}  {length:>8}  {session.mode}{client}{end}"


def _hit_fields(hit: Hit) -> dict[str, object]:
    return {
        "session": hit.session,
        "utterance": str(hit.utterance_id),
        "speaker": hit.speaker,
        "start_ms": hit.span.start,
        "end_ms": hit.span.end,
        "text": hit.text,
    }


def _line_text(type_: str, fields: dict[str, object]) -> str:
    start = fields.get("start_ms", fields.get("decided_at_ms"))
    at = clock(start if isinstance(start, int) else 0)
    match type_:
        case "utterance":
            text = fields["text"] or "(its words were not kept)"
            return f"{at}  {fields['speaker']}: {text}"
        case "moment":
            return f"{at}  * {fields['kind']}: {fields['reason']}"
        case "withdrawn":
            return f"{at}  * no longer counts: {fields['moment']}"
        case "decision":
            return f"{at}  * {_decision_text(fields)}"
        case "check":
            kind = fields["kind"]
            return f"{at}  * please check: {kind}, which you decided on before"
        case _:
            return f"{at}  * what the client wants: {fields['quote']}"


def _decision_text(fields: dict[str, object]) -> str:
    match fields["did"]:
        case "confirmed" | "removed" as did:
            return f"you {did} {fields['moment']}"
        case "corrected":
            return f"you corrected {fields['moment']}: {fields['kind']}"
        case "added":
            return f"you added {fields['moment']}: {fields['kind']}"
        case "edited" | "merged" | "split" as did:
            return f"you {did} these words"
        case "speaker":
            return f"you said who spoke: {fields['speaker']}"
        case did:
            done = "took back" if did == "taken_back" else "restored"
            return f"you {done} decision {fields['decision']}"


SESSIONS: Final = Command(
    "sessions",
    "your sessions: list, show, search, delete, refine; your note, commitments",
    _arguments,
    _run,
)
