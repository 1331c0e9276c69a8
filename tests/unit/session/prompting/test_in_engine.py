"""The engine's part: a cue is stored, and reaches whoever follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.fakes.engines import SESSION, events_of, messages_until, running_engine
from tests.fakes.recognition import SecondsRecognition, ThreadWorker, opened
from tests.fakes.sources import StepSource

from sidelight.domain.cues import SHOWN_MS, Hold, Occasion
from sidelight.domain.events import CueHeld, CueShown, SessionEnded
from sidelight.domain.story import tell
from sidelight.domain.timeline import to_millis
from sidelight.domain.transcript import VoicesHeard
from sidelight.session.messages import (
    AddMoment,
    End,
    EventStored,
    Follow,
    Message,
    Status,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.audio.block import AudioBlock
    from sidelight.domain.events import Event
    from sidelight.domain.passing import Passing

PLANNED = replace(SESSION, planned_minutes=12)
HALF = 6 * 60


class QuietSeconds(SecondsRecognition):
    """Nobody is in mid-speech between two of its seconds."""

    def feed(self, block: AudioBlock) -> list[Event | Passing]:
        return [*super().feed(block), VoicesHeard(to_millis(block.end), ())]


def quiet_worker() -> ThreadWorker:
    return ThreadWorker(lambda: opened(QuietSeconds(length=10)))


def mute_worker() -> ThreadWorker:
    """Never says who speaks."""
    return ThreadWorker(lambda: opened(SecondsRecognition(length=10)))


def cues_of(messages: list[Message]) -> list[CueShown | CueHeld]:
    return [e for e in events_of(messages) if isinstance(e, CueShown | CueHeld)]


def stores(kind: type[Event]) -> Callable[[Message], bool]:
    return lambda m: isinstance(m, EventStored) and isinstance(m.stored.event, kind)


def test_a_cue_is_stored_and_every_window_shows_the_same(tmp_path: Path) -> None:
    """The coach's words end at 5:59, half time is at 6:00."""
    source = StepSource(block_s=0.5)
    with (
        running_engine(
            tmp_path, source, quiet_worker, session=PLANNED, cues=True
        ) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(HALF + 0.1)
        (shown,) = cues_of(messages_until(client, stores(CueShown)))
        assert shown.cue.occasion is Occasion.HALF_TIME
        story = tell(engine.store.events())
        assert story.cue_on_show(story.position) == shown.cue
        with engine.client() as window:  # one that was started again
            window.send(Follow())
            assert cues_of(messages_until(window, stores(CueShown))) == [shown]
        client.send(End())
        assert cues_of(messages_until(client, stores(SessionEnded))) == []


@pytest.mark.parametrize(
    ("after_s", "answer"),
    [(0.0, "Noted: on track"), (SHOWN_MS / 1000, "Noted: support")],
    ids=["while it stands", "when it is gone"],
)
def test_i_did_that_is_about_the_cue_on_show(
    tmp_path: Path, after_s: float, answer: str
) -> None:
    """Without a cue it is about what waited longest, and of all that is support."""
    source = StepSource(block_s=0.5)
    with (
        running_engine(
            tmp_path, source, quiet_worker, session=PLANNED, cues=True
        ) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(HALF + 0.1)
        (shown,) = cues_of(messages_until(client, stores(CueShown)))
        assert shown.cue.kind == "on_track"
        now = HALF + 0.1 + after_s
        source.go_on_to(now)
        until = lambda m: isinstance(m, Status) and m.position >= now * 1000  # noqa: E731
        messages_until(client, until)
        client.send(AddMoment(None))
        told = messages_until(client, lambda m: isinstance(m, Told))[-1]
        assert isinstance(told, Told)
        assert str(told.text) == answer
        client.send(End())


def test_at_the_end_a_waiting_cue_is_told_before_it(tmp_path: Path) -> None:
    """Half time passed while the recogniser was far behind."""
    source = StepSource(block_s=0.5)
    with (
        running_engine(
            tmp_path, source, mute_worker, session=PLANNED, cues=True
        ) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(HALF + 10)
        until = lambda m: isinstance(m, Status) and m.heard >= HALF * 1000  # noqa: E731
        messages_until(client, until)
        client.send(End())
        events = events_of(messages_until(client, stores(SessionEnded)))
    (held,) = [event for event in events if isinstance(event, CueHeld)]
    assert held.because[0] is Hold.ENDED
    assert events[-2:] == [held, events[-1]]


def test_nobody_who_wants_none_is_given_cues(tmp_path: Path) -> None:
    source = StepSource(block_s=0.5)
    with (
        running_engine(tmp_path, source, quiet_worker, session=PLANNED) as engine,
        engine.client() as client,
    ):
        client.send(Follow())
        source.go_on_to(HALF + 0.1)
        until = lambda m: isinstance(m, Status) and m.heard >= HALF * 1000  # noqa: E731
        messages_until(client, until)
        client.send(End())
        assert cues_of(messages_until(client, stores(SessionEnded))) == []
