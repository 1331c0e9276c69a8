"""The engine inline: real record, spool and socket, a worker in a thread."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from tests.fakes.engines import (
    SESSION,
    events_of,
    follow_until,
    messages_until,
    running_engine,
)
from tests.fakes.recognition import (
    SecondsRecognition,
    ThreadWorker,
    WorkerKilled,
    opened,
)
from tests.fakes.sources import NoiseSource, StepSource
from tests.guards.logs import ExpectedLogs

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import PartialsOff, PartialsOn
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    DirectiveGiven,
    Event,
    GapFound,
    InterruptionCause,
    MarkPlaced,
    RecognitionInterrupted,
    RecognitionStarted,
    SessionEnded,
    SessionStarted,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import BY_KEY, MomentId
from sidelight.domain.story import tell
from sidelight.domain.timeline import Gap, GapCause, Millis, Samples, Span
from sidelight.record.spool import as_kept
from sidelight.session.adapting import LagLimits
from sidelight.session.capture import LEVELS_INTERVAL_S
from sidelight.session.messages import (
    AddMoment,
    End,
    EventStored,
    FaultTold,
    Follow,
    Health,
    Hide,
    HideAsked,
    Levels,
    Message,
    PartialHeard,
    PlaceMark,
    Request,
    Status,
    Told,
    Undo,
)
from sidelight.session.supervisor import WorkerLimits
from sidelight.session.worker import Opened
from sidelight.speech.short_windows import Compared


def _said(events: list[Event]) -> list[str]:
    return [e.utterance.text for e in events if isinstance(e, UtteranceHeard)]


class HungWorker(ThreadWorker):
    """A worker that may wait for ``given_up`` wherever it likes.

    Args:
        open_recognition: See ``ThreadWorker``.
        given_up: Set when it is ended.
    """

    def __init__(
        self, open_recognition: Callable[[], Opened], given_up: threading.Event
    ) -> None:
        self._given_up = given_up
        super().__init__(open_recognition)

    def end(self) -> None:
        self._given_up.set()
        super().end()


def _is(kind: type[Event]) -> Callable[[Message], bool]:
    return lambda m: isinstance(m, EventStored) and isinstance(m.stored.event, kind)


def _has_ended(message: Message) -> bool:
    return isinstance(message, Status) and message.health is Health.ENDED


def test_a_session_goes_from_its_first_sample_to_its_last_event(tmp_path: Path) -> None:
    source = NoiseSource(5.05)
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        messages = follow_until(client, SessionEnded)
        events = events_of(messages)
        assert events[0] == SessionStarted(Millis(0), SESSION)
        assert events[1] == RecognitionStarted(Millis(0), "seconds")
        assert _said(events) == [f"second {n}" for n in range(1, 7)]
        assert events[-1] == SessionEnded(Millis(5050))
        assert [m.stored.seq for m in messages if isinstance(m, EventStored)] == list(
            range(1, len(events) + 1)
        )
        assert events_of([EventStored(s) for s in engine.store.events()]) == events
        # A long tail of events goes out in rounds: the status may be there already.
        ended = [m for m in messages if _has_ended(m)] or messages_until(
            client, _has_ended
        )
        assert ended[-1].position == 5050  # type: ignore[union-attr]


def test_every_sample_is_in_the_spool(tmp_path: Path) -> None:
    source = NoiseSource(3.21)
    with running_engine(tmp_path, source) as engine:
        with engine.client() as client:
            follow_until(client, SessionEnded)
        reader = engine.store.read_spool()
        assert reader.finished
        kept = reader.read(Samples(0), len(source.samples) + 1)
        reader.close()
    np.testing.assert_array_equal(kept, as_kept(source.samples))


def test_partials_and_levels_reach_a_follower_and_are_not_stored(
    tmp_path: Path,
) -> None:
    source = NoiseSource(2, hold_at=0.5)
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        # Levels are measured at most each 50 ms: a fast machine has them all before.
        seen = follow_until(client, RecognitionStarted)
        # And a fast one may have the rest within 50 ms after those: let them pass.
        threading.Event().wait(2 * LEVELS_INTERVAL_S)
        source.release()
        seen += messages_until(client, _is(SessionEnded))
        kinds = {type(message) for message in seen}
        assert {PartialHeard, Levels, EventStored} <= kinds


def test_lost_sound_is_a_stored_gap(tmp_path: Path) -> None:
    gap = Gap(Span(Millis(20), Millis(60)), GapCause.OVERFLOW)
    with (
        running_engine(tmp_path, NoiseSource(1, gap=gap)) as engine,
        engine.client() as client,
    ):
        events = events_of(follow_until(client, SessionEnded))
    assert GapFound(Millis(60), gap) in events


def test_a_dead_worker_is_replaced_and_nothing_is_lost_or_doubled(
    tmp_path: Path, expect_log: ExpectedLogs
) -> None:
    expect_log("WARNING .*supervisor: worker lost")
    lives = count()

    def open_recognition() -> Opened:
        life = next(lives)

        def die_at_3s(block: AudioBlock) -> None:
            if life == 0 and block.end > 3.5 * 16_000:
                raise WorkerKilled

        return opened(SecondsRecognition(die_at_3s))

    with (
        running_engine(
            tmp_path, NoiseSource(8), lambda: ThreadWorker(open_recognition)
        ) as engine,
        engine.client() as client,
    ):
        events = events_of(follow_until(client, SessionEnded))
    assert _said(events) == [f"second {n}" for n in range(1, 9)]
    lost = [e for e in events if isinstance(e, RecognitionInterrupted)]
    assert [e.cause for e in lost] == [InterruptionCause.WORKER_DIED]
    begun = [e.at for e in events if isinstance(e, RecognitionStarted)]
    assert begun[0] == 0
    assert begun[1] <= lost[0].at


def test_a_hung_worker_is_replaced(tmp_path: Path, expect_log: ExpectedLogs) -> None:
    expect_log("WARNING .*supervisor: worker lost .worker_hung")
    lives, given_up = count(), threading.Event()

    def open_recognition() -> Opened:
        life = next(lives)

        def hang(_: AudioBlock) -> None:
            if life == 0:
                given_up.wait()

        return opened(SecondsRecognition(hang))

    with (
        running_engine(
            tmp_path,
            NoiseSource(3),
            lambda: HungWorker(open_recognition, given_up),
            WorkerLimits(answer_s=0.2),
        ) as engine,
        engine.client() as client,
    ):
        events = events_of(follow_until(client, SessionEnded))
    assert _said(events) == ["second 1", "second 2", "second 3"]
    lost = [e.cause for e in events if isinstance(e, RecognitionInterrupted)]
    assert lost == [InterruptionCause.WORKER_HUNG]


def test_a_model_that_cannot_be_used_is_said_once_and_recording_goes_on(
    tmp_path: Path, expect_log: ExpectedLogs
) -> None:
    expect_log("WARNING .*supervisor: worker lost .model_failed")

    def open_recognition() -> Opened:
        raise UserError("The model is broken.", "Import it again.")

    source = NoiseSource(4, hold_at=0.5)
    with running_engine(
        tmp_path, source, lambda: ThreadWorker(open_recognition)
    ) as engine:
        with engine.client() as client:
            client.send(Follow())
            seen = messages_until(
                client,
                lambda m: isinstance(m, Status) and m.health is Health.NO_RECOGNITION,
            )
            source.release()
            seen += messages_until(client, _is(SessionEnded))
        events = events_of(seen)
    faults = [m for m in seen if isinstance(m, FaultTold)]
    assert faults == [FaultTold("The model is broken.", "Import it again.")]
    assert RecognitionInterrupted(Millis(0), InterruptionCause.MODEL_FAILED) in events
    assert events[-1] == SessionEnded(Millis(4000))


def test_when_the_source_fails_what_came_before_is_kept(tmp_path: Path) -> None:
    fault = UserError("The microphone is gone.", "Plug it in again.")
    with running_engine(tmp_path, NoiseSource(2, fault=fault)) as engine:
        with engine.client() as client:
            events = events_of(follow_until(client, SessionEnded))
        reader = engine.store.read_spool()
        assert reader.length == 32_000
        reader.close()
    assert _said(events) == ["second 1", "second 2"]


def test_sound_that_can_wait_begins_when_the_recogniser_is_ready(
    tmp_path: Path,
) -> None:
    def open_slowly() -> Opened:
        time.sleep(0.5)
        return opened(SecondsRecognition())

    with (
        running_engine(
            tmp_path,
            NoiseSource(2),
            lambda: ThreadWorker(open_slowly),
            sound_waits=True,
        ) as engine,
        engine.client() as client,
    ):
        stored = [
            m.stored
            for m in follow_until(client, SessionEnded)
            if isinstance(m, EventStored)
        ]
    started = [s for s in stored if isinstance(s.event, RecognitionStarted)]
    assert [s.committed_at for s in started] == [0]
    assert len(_said([s.event for s in stored])) == 2


def test_quit_leaves_at_once_and_the_session_can_go_on(tmp_path: Path) -> None:
    source = NoiseSource(30, hold_at=2.5)
    with running_engine(tmp_path, source) as engine:
        with engine.client() as client:
            follow_until(client, UtteranceHeard)
        engine.quit()
        events = [stored.event for stored in engine.store.events()]
        reader = engine.store.read_spool()
        assert reader.finished
        reader.close()
        assert list(tmp_path.glob("control.*")) == []
    # What was not recognised yet is recognised at the next start.
    assert not any(isinstance(event, SessionEnded) for event in events)


def test_quit_before_the_sound_began_leaves_an_empty_session(tmp_path: Path) -> None:
    given_up = threading.Event()

    def never_open() -> Opened:
        given_up.wait()
        return opened(SecondsRecognition())

    with running_engine(
        tmp_path,
        NoiseSource(2),
        lambda: HungWorker(never_open, given_up),
        sound_waits=True,
    ) as engine:
        engine.quit()
        events = [stored.event for stored in engine.store.events()]
    assert events == [SessionStarted(Millis(0), SESSION), SessionEnded(Millis(0))]


def test_end_stops_the_sound_and_recognises_the_rest(tmp_path: Path) -> None:
    source = NoiseSource(30, hold_at=2.5)
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(End())
        events = events_of(follow_until(client, SessionEnded))
        assert isinstance(events[-1], SessionEnded)
        heard = -(-events[-1].at // 1000)
        assert _said(events) == [f"second {n}" for n in range(1, heard + 1)]


def test_a_bookmark_is_stored(tmp_path: Path) -> None:
    source = NoiseSource(30, hold_at=2.0)
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(PlaceMark("look here"))
        mark = events_of(follow_until(client, MarkPlaced))[-1]
        assert isinstance(mark, MarkPlaced)
        assert mark.mark.note == "look here"


def test_the_command_to_hide_reaches_the_windows(tmp_path: Path) -> None:
    source = NoiseSource(30, hold_at=1.0)
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(Hide())
        messages_until(client, lambda m: m == HideAsked())


def test_the_coach_adds_a_moment_and_takes_both_back(tmp_path: Path) -> None:
    source = StepSource()
    with running_engine(tmp_path, source) as engine, engine.client() as client:
        client.send(Follow())
        source.go_on_to(3)
        messages_until(client, lambda m: _said(events_of([m])) == ["second 3"])

        def ask(request: Request, answer: str) -> None:
            client.send(request)
            messages_until(
                client, lambda m: isinstance(m, Told) and str(m.text) == answer
            )

        ask(PlaceMark("look here"), "Bookmark set")
        ask(AddMoment("on_track"), "Noted: on track")
        ask(AddMoment("on_track"), "Already noted")
        ask(Undo(), "Undone: I did that")
        ask(Undo(), "Bookmark removed")
        ask(Undo(), "Nothing left to undo")
        story = tell(engine.store.events())
        source.stop()
    assert not story.marks
    assert not story.moments
    ((moment, cause),) = story.withdrawn
    assert cause is WithdrawalCause.UNDONE
    assert moment.quote == "second 3"
    assert moment.id == MomentId(BY_KEY, 1)


def test_a_slow_recogniser_loses_its_partials_and_gets_them_back(
    tmp_path: Path,
) -> None:
    recognition = SecondsRecognition(
        lambda block: time.sleep(0.3 if block.start < 1.5 * 16_000 else 0)
    )
    source = NoiseSource(6, hold_at=5)
    limits = WorkerLimits(lag=LagLimits(behind_s=0.1, caught_up_s=0.05, calm_s=0.1))
    with (
        running_engine(
            tmp_path,
            source,
            lambda: ThreadWorker(lambda: opened(recognition)),
            limits,
        ) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        seen = messages_until(
            client,
            lambda m: (
                isinstance(m, EventStored)
                and isinstance(m.stored.event, DirectiveGiven)
                and isinstance(m.stored.event.directive, PartialsOn)
            ),
        )
        source.release()
        given = [
            type(event.directive)
            for event in events_of(seen)
            if isinstance(event, DirectiveGiven)
        ]
    assert given == [PartialsOff, PartialsOn]
    assert [type(order) for order in recognition.directives][:2] == given


@pytest.mark.parametrize("seconds", [0.05, 1.0])
def test_delays_are_wall_clock_and_never_negative(
    tmp_path: Path, seconds: float
) -> None:
    with (
        running_engine(tmp_path, NoiseSource(seconds)) as engine,
        engine.client() as client,
    ):
        seen = follow_until(client, SessionEnded)
    stored = [m.stored for m in seen if isinstance(m, EventStored)]
    assert all(0 <= one.delay_ms < 20_000 for one in stored)
    assert all(one.committed_at >= one.event.at for one in stored)


def test_what_a_recogniser_measures_of_its_model_is_passed_on(tmp_path: Path) -> None:
    found = Compared("seconds", words=7, different=0)
    told = threading.Event()
    sound = StepSource()

    def measuring() -> Opened:
        return replace(opened(SecondsRecognition()), spare=lambda: found)

    def remember(compared: Compared) -> None:
        assert compared == found
        told.set()

    with running_engine(
        tmp_path, sound, lambda: ThreadWorker(measuring), compared=remember
    ):
        heard = 0.0
        while not told.wait(0.1):
            heard += 0.1  # as live sound comes: in small pieces
            sound.go_on_to(heard)
        sound.stop()
