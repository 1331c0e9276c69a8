"""What the engine keeps, hides, forgets and goes on with; all but the sound is real."""

import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fakes.engines import (
    SESSION,
    RunningEngine,
    events_of,
    follow_until,
    messages_until,
    running_engine,
)
from tests.fakes.recognition import SecondsRecognition, ThreadWorker, opened
from tests.fakes.sources import StepSource

from sidelight.audio.block import AudioBlock
from sidelight.domain.events import (
    GapFound,
    OffRecord,
    RecognitionStarted,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    UtteranceHeard,
)
from sidelight.domain.session import Mode
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Gap,
    GapCause,
    Millis,
    Samples,
    Span,
)
from sidelight.domain.transcript import Layout
from sidelight.session.client import ControlClient
from sidelight.session.coach_desk import NOTHING_LEFT
from sidelight.session.continuing import Anchor
from sidelight.session.messages import (
    AskStatus,
    End,
    EventStored,
    Follow,
    GoOffRecord,
    Health,
    Message,
    Pause,
    PlaceMark,
    Resume,
    StartOver,
    Status,
    Told,
    Undo,
)
from sidelight.session.unheard import PassingTime


class Clock:
    """Steady, and can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self.ahead


def said(messages: list[Message]) -> list[str]:
    return [
        one.utterance.text
        for one in events_of(messages)
        if isinstance(one, UtteranceHeard)
    ]


def until_said(client: ControlClient, text: str) -> list[Message]:
    return messages_until(
        client, lambda m: isinstance(m, EventStored) and said([m]) == [text]
    )


def until_status(
    client: ControlClient, holds: Callable[[Status], bool]
) -> list[Message]:
    return messages_until(client, lambda m: isinstance(m, Status) and holds(m))


def as_a_kill_leaves_it(folder: Path) -> Path:
    """A copy of the record in the middle of its session: nothing was put in order."""
    image = folder.with_name(f"{folder.name}-killed")
    shutil.copytree(folder, image, ignore=shutil.ignore_patterns("control.*"))
    return image


def stored_texts(engine: RunningEngine) -> list[str]:
    return [
        one.event.utterance.text
        for one in engine.store.events()
        if isinstance(one.event, UtteranceHeard)
    ]


def test_off_the_record_is_gone_at_once_and_back_after_undo(tmp_path: Path) -> None:
    source = StepSource()
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(Follow())
        source.go_on_to(5)
        until_said(client, "second 5")
        client.send(GoOffRecord(1500))
        messages_until(client, lambda m: isinstance(m, StartOver))
        hidden = until_status(client, lambda status: status.undoable)
        assert stored_texts(engine) == ["second 1", "second 2", "second 3"]
        client.send(Undo())
        again = messages_until(client, lambda m: isinstance(m, StartOver))
        back = until_said(client, "second 5")
        assert stored_texts(engine) == [f"second {n}" for n in range(1, 6)]
        assert "second 5" not in said(hidden)
        assert said(again + back)[-5:] == [f"second {n}" for n in range(1, 6)]


def test_off_the_record_is_destroyed_after_ten_seconds(tmp_path: Path) -> None:
    source, clock = StepSource(), Clock()
    with (
        running_engine(tmp_path, source, now=clock) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(5)
        until_said(client, "second 5")
        client.send(GoOffRecord(1500))
        until_status(client, lambda status: status.undoable)
        source.go_on_to(12)  # the writer must be past the key of what is erased
        clock.ahead = 11.0
        seen = messages_until(
            client,
            lambda m: (
                isinstance(m, EventStored) and isinstance(m.stored.event, OffRecord)
            ),
        )
        off = events_of(seen)[-1]
        assert isinstance(off, OffRecord)
        assert off.span.start == 3000  # the utterance that was touched goes whole
        client.send(Undo())
        messages_until(client, lambda m: m == Told(NOTHING_LEFT))
        source.go_on_to(14)
        until_said(client, "second 14")
        client.send(End())
        messages_until(
            client,
            lambda m: (
                isinstance(m, EventStored) and isinstance(m.stored.event, SessionEnded)
            ),
        )
        texts = stored_texts(engine)
        assert "second 4" not in texts
        assert "second 5" not in texts
        assert texts[-1] == "second 14"
        reader = engine.store.read_spool()
        erased = reader.read(Samples(3 * SAMPLE_RATE), 2 * SAMPLE_RATE)
        kept = reader.read(Samples(2 * SAMPLE_RATE), SAMPLE_RATE)
        reader.close()
        assert not erased.any()
        assert kept.any()


def test_a_fresh_recogniser_hears_nothing_of_what_is_hidden(tmp_path: Path) -> None:
    heard: list[AudioBlock] = []
    source = StepSource()
    with (
        running_engine(
            tmp_path,
            source,
            lambda: ThreadWorker(lambda: opened(SecondsRecognition(heard.append))),
        ) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(4)
        until_said(client, "second 4")
        client.send(GoOffRecord(1500))
        until_status(client, lambda status: status.undoable)
        messages_until(
            client,
            lambda m: (
                isinstance(m, EventStored)
                and isinstance(m.stored.event, RecognitionStarted)
            ),
        )
        heard.clear()
        source.go_on_to(6)
        until_said(client, "second 6")
    for block in heard:
        hidden = block.samples[
            max(0, 2_500 * 16 - block.start) : 4_000 * 16 - block.start
        ]
        if block.start < 4_000 * 16 and len(hidden):
            assert not hidden.any()


def test_a_pause_is_silence_and_the_clocks_stop(tmp_path: Path) -> None:
    source = StepSource()
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(Follow())
        source.go_on_to(2)
        until_said(client, "second 2")
        client.send(Pause())
        until_status(client, lambda status: status.paused)
        source.go_on_to(4)
        until_said(client, "second 4")
        client.send(Resume())
        until_status(client, lambda status: not status.paused)
        source.go_on_to(6)
        until_said(client, "second 6")
        client.send(End())
        events = events_of(follow_until(client, SessionEnded))
        reader = engine.store.read_spool()
        sound = reader.read(Samples(0), 6 * SAMPLE_RATE)
        reader.close()
    pause = Span(Millis(2000), Millis(4000))
    assert SessionPaused(pause.start) in events
    assert SessionResumed(pause.end) in events
    assert GapFound(pause.end, Gap(pause, GapCause.PAUSED)) in events
    assert not sound[2 * SAMPLE_RATE : 4 * SAMPLE_RATE].any()
    assert sound[: 2 * SAMPLE_RATE].any(axis=1).all()
    assert sound[4 * SAMPLE_RATE :].any(axis=1).all()


def test_a_session_goes_on_where_its_engine_died(tmp_path: Path) -> None:
    first = StepSource(opened_at=100.0)
    with running_engine(tmp_path, first) as engine, engine.client() as client:
        client.send(Follow())
        first.go_on_to(3)
        until_said(client, "second 3")
        status = until_status(client, lambda status: status.position == 3000)[-1]
        assert isinstance(status, Status)
        assert status.clock_s == pytest.approx(103.0)
        left = as_a_kill_leaves_it(tmp_path)
    anchor = Anchor(status.session, status.position, status.clock_s)
    second = StepSource(opened_at=105.0)  # two seconds later
    with (
        running_engine(left, second, anchor=anchor) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        second.go_on_to(3)
        seen = until_said(client, "second 8")
        client.send(End())
        events = events_of(follow_until(client, SessionEnded))
        reader = engine.store.read_spool()
        away = reader.read(Samples(3 * SAMPLE_RATE), 2 * SAMPLE_RATE)
        reader.close()
    gap = Gap(Span(Millis(3000), Millis(5000)), GapCause.ENGINE_RESTARTED)
    assert GapFound(gap.span.end, gap) in events
    assert [type(event) for event in events].count(SessionStarted) == 1
    assert events[-1] == SessionEnded(Millis(8000))
    assert said(seen)[:3] == ["second 1", "second 2", "second 3"]
    assert not away.any()


def test_a_pause_outlives_the_engine(tmp_path: Path) -> None:
    first = StepSource()
    with running_engine(tmp_path, first) as engine, engine.client() as client:
        client.send(Follow())
        first.go_on_to(1)
        until_said(client, "second 1")
        client.send(Pause())
        until_status(client, lambda status: status.paused)
        first.go_on_to(2)
        follow_until(client, SessionPaused)
        left = as_a_kill_leaves_it(tmp_path)
    second = StepSource()
    with (
        running_engine(
            left, second, anchor=Anchor(SESSION.id, Millis(2000), None)
        ) as engine,
        engine.client() as client,
    ):
        client.send(AskStatus())
        assert until_status(client, lambda status: status.paused)


def test_what_was_not_recognised_in_time_is_recognised_later(tmp_path: Path) -> None:
    source = StepSource()
    stuck = threading.Event()

    def stand_still(block: AudioBlock) -> None:
        if block.end > 2.5 * SAMPLE_RATE:
            stuck.wait()

    with (
        running_engine(
            tmp_path,
            source,
            lambda: ThreadWorker(lambda: opened(SecondsRecognition(stand_still))),
        ) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(6)
        until_status(client, lambda status: status.position == 6000)
        client.send(End())
        free = threading.Timer(0.2, stuck.set)
        free.start()
        engine.quit()
        free.join()
        events = [stored.event for stored in engine.store.events()]
    assert not any(isinstance(event, SessionEnded) for event in events)
    with running_engine(tmp_path, None) as engine, engine.client() as client:
        events = events_of(follow_until(client, SessionEnded))
        assert events[-1] == SessionEnded(Millis(6000), recovered=True)
        assert stored_texts(engine) == [f"second {n}" for n in range(1, 7)]


def test_live_only_leaves_kinds_and_times_and_no_word(tmp_path: Path) -> None:
    source = StepSource()
    session = replace(SESSION, mode=Mode.LIVE_ONLY)
    with (
        running_engine(tmp_path, source, session=session) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(3)
        until_said(client, "second 3")
        client.send(PlaceMark("my own note"))
        client.send(End())
        messages_until(client, lambda m: isinstance(m, StartOver))
        left = messages_until(
            client,
            lambda m: (
                isinstance(m, EventStored) and isinstance(m.stored.event, SessionEnded)
            ),
        )
        assert said(left) == ["", "", ""]
        assert stored_texts(engine) == ["", "", ""]
        with engine.client() as late:
            assert said(follow_until(late, SessionEnded)) == ["", "", ""]
        assert not list(tmp_path.rglob("*.spool"))


def test_live_only_goes_on_after_its_engine_died_without_what_was_said(
    tmp_path: Path,
) -> None:
    session = replace(SESSION, mode=Mode.LIVE_ONLY)
    first = StepSource(opened_at=100.0)
    with (
        running_engine(tmp_path, first, session=session) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        first.go_on_to(3)
        until_said(client, "second 3")
        left = as_a_kill_leaves_it(tmp_path)
    second = StepSource(opened_at=104.0)
    anchor = Anchor(SESSION.id, Millis(3000), 103.0)
    with (
        running_engine(left, second, session=session, anchor=anchor) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        second.go_on_to(2)
        seen = until_said(client, "second 6")
        assert said(seen) == ["", "", "", "second 4", "second 5", "second 6"]


def test_no_listening_has_time_and_notes_only(tmp_path: Path) -> None:
    session = replace(SESSION, mode=Mode.NO_LISTENING, layout=Layout.MONO)
    with (
        running_engine(
            tmp_path, PassingTime(time.monotonic), _no_worker, session=session
        ) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        until_status(client, lambda status: status.position >= 500)
        client.send(PlaceMark("a thought"))
        client.send(End())
        events = events_of(follow_until(client, SessionEnded))
        assert {type(event).__name__ for event in events} == {
            "SessionStarted",
            "MarkPlaced",
            "SessionEnded",
        }
        assert events[-1].at >= 500
        assert not list(tmp_path.rglob("*.spool"))


def _no_worker() -> ThreadWorker:
    raise AssertionError


def test_what_is_only_recorded_is_recognised_later(tmp_path: Path) -> None:
    source = StepSource()
    with (
        running_engine(tmp_path, source, _no_worker, recognises=False) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(4)
        until_status(
            client,
            lambda status: status.position == 4000 and status.health is Health.LATER,
        )
        client.send(End())
        until_status(client, lambda status: status.health is Health.ENDED)
        stored = [type(one.event) for one in engine.store.events()]
        assert stored == [SessionStarted]
    with running_engine(tmp_path, None) as engine, engine.client() as client:
        events = events_of(follow_until(client, SessionEnded))
    assert events[-1] == SessionEnded(Millis(4000), recovered=True)
    assert [e.utterance.text for e in events if isinstance(e, UtteranceHeard)] == [
        f"second {n}" for n in range(1, 5)
    ]
