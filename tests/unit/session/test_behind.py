"""A session that is ended while its recogniser is far behind loses no sentence."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tests.fakes.engines import (
    RunningEngine,
    events_of,
    follow_until,
    messages_until,
    running_engine,
)
from tests.fakes.recognition import SecondsRecognition, ThreadWorker, opened
from tests.fakes.sources import StepSource

from sidelight.domain.events import SessionEnded, UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.session.messages import End, EventStored, Follow, Status

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.audio.block import AudioBlock
    from sidelight.session.client import ControlClient
    from sidelight.session.messages import Message

SECONDS = 35
STUCK_S = 3


class Obstacle:
    """Holds a recogniser up at a second until it is taken away."""

    def __init__(self, second: float) -> None:
        self.gone = threading.Event()
        self._at = second * SAMPLE_RATE

    def __call__(self, block: AudioBlock) -> None:
        if block.end > self._at:
            self.gone.wait()


def stored_texts(engine: RunningEngine) -> list[str]:
    return [
        one.event.utterance.text
        for one in engine.store.events()
        if isinstance(one.event, UtteranceHeard)
    ]


def fall_behind(client: ControlClient, source: StepSource) -> None:
    client.send(Follow())
    source.go_on_to(SECONDS)
    messages_until(
        client, lambda m: isinstance(m, Status) and m.position == SECONDS * 1000
    )


def has_said(text: str, message: Message) -> bool:
    return (
        isinstance(message, EventStored)
        and isinstance(message.stored.event, UtteranceHeard)
        and message.stored.event.utterance.text == text
    )


ALL = [f"second {number}" for number in range(1, SECONDS + 1)]


def test_the_last_sentence_is_there_when_the_end_comes_thirty_seconds_behind(
    tmp_path: Path,
) -> None:
    source, obstacle = StepSource(), Obstacle(STUCK_S)
    with (
        running_engine(
            tmp_path,
            source,
            lambda: ThreadWorker(lambda: opened(SecondsRecognition(obstacle))),
        ) as engine,
        engine.client() as client,
    ):
        fall_behind(client, source)
        assert len(stored_texts(engine)) <= STUCK_S
        client.send(End())
        obstacle.gone.set()
        events = events_of(follow_until(client, SessionEnded))
        assert events[-1].at == SECONDS * 1000
        assert stored_texts(engine) == ALL


def test_leaving_while_the_rest_is_recognised_goes_on_at_the_next_start(
    tmp_path: Path,
) -> None:
    source, first, second = StepSource(), Obstacle(STUCK_S), Obstacle(SECONDS - 10)

    def hear(block: AudioBlock) -> None:
        first(block)
        second(block)

    with (
        running_engine(
            tmp_path,
            source,
            lambda: ThreadWorker(lambda: opened(SecondsRecognition(hear))),
        ) as engine,
        engine.client() as client,
    ):
        fall_behind(client, source)
        client.send(End())
        first.gone.set()
        messages_until(client, lambda m: has_said("second 20", m))
        free = threading.Timer(0.3, second.gone.set)
        free.start()
        engine.quit()
        free.join()
        left = [one.event for one in engine.store.events()]
        assert not any(isinstance(event, SessionEnded) for event in left)
        assert stored_texts(engine) == ALL[: len(stored_texts(engine))]
        assert len(stored_texts(engine)) < SECONDS
    with running_engine(tmp_path, None) as engine, engine.client() as client:
        events = events_of(follow_until(client, SessionEnded))
        assert events[-1].at == SECONDS * 1000
        assert stored_texts(engine) == ALL
