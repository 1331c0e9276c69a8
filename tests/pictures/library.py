"""Sessions of several clients for the record, and the one that is played as a call.

The demo's own truth, the window's specimen and shorter pieces of both, weeks apart.
``python -m tests.pictures.library`` fills the record of ``SIDELIGHT_HOME``; with
``--key`` it only prints the recovery key.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import soundfile
from tests.fakes.prompting import Said, decide

from sidelight import resources
from sidelight.cli.opening import open_or_make_vault
from sidelight.domain.consent import NEEDED, Form
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    Event,
    MarkPlaced,
    MomentNoticed,
    RecognitionStarted,
    RequestHeard,
    SessionEnded,
    SessionStarted,
    StoredEvent,
    TranscriptRefined,
    UtteranceHeard,
    WrapUpFinished,
)
from sidelight.domain.moments import PROCESS_KINDS, Mark, Moment, MomentId
from sidelight.domain.moments import Form as QuestionForm
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Span
from sidelight.domain.transcript import Layout, Speaker, Utterance, UtteranceId, Word
from sidelight.partnering.kinds import KINDS
from sidelight.record.record import Record
from sidelight.session.consenting import Answer, note
from sidelight.session.identity import session_id
from sidelight.settings.paths import Paths
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MODEL = "base.en"
HELD_MS, CUE_MS = 93_500, 458_500
"""Where the real prompter holds a cue back, and where it shows one, in the session that
is played, of a quarter of an hour."""
_QUARTER, _MARK_MS, _DECIDED_MS = 15, 420_000, 900
_ON_CLOCKS = {*PROCESS_KINDS, "agreement"}
_SHOWN = {"support", "direction", "on_track", "agreement", "reflection", "closing"}
_TRUTH = resources.demo_session() / "truth.json"

PAST = (
    ("Nadia", 1, "17:30", "specimen", 0, 0),
    ("Helen", 2, "15:00", "demo", 0, 640),
    ("Tomasz", 6, "09:00", "demo", 100, 400),
    ("Nadia", 15, "17:30", "demo", 40, 300),
    ("Helen", 16, "15:00", "demo", 170, 520),
    ("Ama", 20, "11:15", "demo", 200, 640),
    ("Helen", 30, "15:00", "demo", 0, 260),
)
"""Client, how many days ago, at what time, whose words, from and until which second."""

NOT_ASKED = "Helen"
"""Whose consent is asked for on the start card; all others have agreed."""

HEARD = 1
"""The one of ``PAST`` whose sound is kept too; storing sound takes longest."""


def on_a_call() -> tuple[StoredEvent, ...]:
    """Helen's session as an engine would tell it, with what the prompter decides."""
    began = datetime.now(UTC) - timedelta(minutes=11)
    session = replace(_session("Helen", began, 0), planned_minutes=_QUARTER)
    truth = json.loads(_TRUTH.read_text(encoding="utf-8"))
    said = [
        Said(
            Speaker(one["speaker"]),
            one["start_ms"] / 1000,
            one["end_ms"] / 1000,
            one["text"],
            tuple(kind for kind in one["kinds"] if kind in _ON_CLOCKS),
        )
        for one in truth["turns"]
    ]
    cues = decide(said, truth["duration_ms"] / 1000, planned=_QUARTER)
    assert {HELD_MS: CueHeld, CUE_MS: CueShown}.items() <= {
        one.at: type(one) for one in cues
    }.items()
    return stored(sorted([*_demo(session, 0, 640), *cues], key=lambda one: one.at))


def stored(events: Sequence[Event]) -> tuple[StoredEvent, ...]:
    """With their numbers."""
    return tuple(
        StoredEvent(seq, Millis(event.at + 240), 240, event)
        for seq, event in enumerate(events, start=1)
    )


def fill(record: Record) -> None:
    """Keep every session of ``PAST``; ``HEARD`` with its sound."""
    now = datetime.now().astimezone()
    for number, (client, days, at, words, start, end) in enumerate(PAST):
        hour, minute = map(int, at.split(":"))
        day = now - timedelta(days=days)
        began = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
        session = _session(client, began, number)
        store = record.sessions.create(session)
        if words == "demo":
            events = list(_demo(session, start, end))
            if number == HEARD:
                writer = store.open_spool()
                writer.append(_sound(start, end))
                writer.finish()
        else:
            events = [one.event for one in specimen_events()]
            events[0] = SessionStarted(Millis(0), session)
        ended = events[-1].at
        if number == HEARD:
            # It was heard once more already: nothing changes while it is looked at.
            events.append(TranscriptRefined(ended, 2, MODEL))
        if number > HEARD:  # the newest wait for their wrap-up
            events.append(WrapUpFinished(ended))
        store.append_all(events, ended)
        store.finish()
    answer = Answer(NEEDED[Mode.KEEP], Form.SPOKEN, now.date())
    for client in sorted({one[0] for one in PAST} - {NOT_ASKED}):
        note(record, client, answer, now.date())


def _session(client: str, began: datetime, number: int) -> Session:
    name = session_id(began, number)
    return Session(name, began, Layout.STEREO, Mode.KEEP, client, 10, MODEL)


def _sound(start: int, end: int) -> Any:  # noqa: ANN401 - soundfile has no types
    path: Path = resources.demo_session() / "session.flac"
    begin, stop = start * SAMPLE_RATE, end * SAMPLE_RATE
    return soundfile.read(path, start=begin, stop=stop, dtype="float32")[0]


def _demo(session: Session, start_s: int, end_s: int) -> Iterator[Event]:
    """What was said and noticed between two seconds of the demo."""
    truth = json.loads(_TRUTH.read_text(encoding="utf-8"))
    shift, until = start_s * 1000, min(end_s * 1000, truth["duration_ms"])
    yield SessionStarted(Millis(0), session)
    yield RecognitionStarted(Millis(0), MODEL)
    turns = [
        one
        for one in truth["turns"]
        if one["start_ms"] >= shift and one["end_ms"] <= until
    ]
    moments = 0
    for number, turn in enumerate(turns, start=1):
        said = _utterance(number, turn, shift)
        decided = Millis(said.span.end + _DECIDED_MS)
        yield UtteranceHeard(decided, said)
        if turn["id"] == truth["focus"]["turn"]:
            quote = truth["focus"]["text"]
            yield RequestHeard(decided, said.span, (said.id,), quote)
        for kind in turn["kinds"]:
            if kind in _SHOWN:
                moments += 1
                moment = _moment(moments, kind, turn, said)
                yield MomentNoticed(decided, moment)
    if until - shift > _MARK_MS:
        yield MarkPlaced(Millis(_MARK_MS), Mark(Millis(_MARK_MS), ""))
    yield SessionEnded(Millis(until - shift))


def _utterance(number: int, turn: dict[str, Any], shift: int) -> Utterance:
    def span(one: dict[str, Any]) -> Span:
        return Span(Millis(one["start_ms"] - shift), Millis(one["end_ms"] - shift))

    words = tuple(Word(one["text"], span(one), 0.95) for one in turn["words"])
    speaker = Speaker(turn["speaker"])
    return Utterance(UtteranceId(1, number), speaker, span(turn), words, turn["text"])


def _moment(number: int, kind: str, turn: dict[str, Any], said: Utterance) -> Moment:
    timed = kind in ("support", "direction", "on_track")
    form = QuestionForm(turn["form"]) if kind == "direction" and turn["form"] else None
    reason = next(one.reason for one in KINDS if one.id == kind)
    return Moment(
        id=MomentId(1, number),
        kind=kind,
        form=form,
        episode=turn["episode"] if timed else None,
        span=said.span,
        transcript=1,
        utterance_ids=(said.id,),
        quote=said.text,
        confidence=0.93,
        reason=reason,
        detector_version="truth",
    )


def main() -> int:
    """Fill the record, or print its key."""
    folder = Paths.find().record
    opened = open_or_make_vault(folder, None)
    if "--key" in sys.argv:
        sys.stdout.write(f"{opened.vault.recovery_key()}\n")
        return 0
    with Record.open(folder, opened.vault) as record:
        fill(record)
    return 0


if __name__ == "__main__":
    sys.exit(main())
