"""The trial's process: what it tells of sound, and that it lets the microphone go."""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.portaudio import FakeInput, FakeSound, FakeStream

from sidelight.audio.block import AudioBlock
from sidelight.audio.live import LiveSource
from sidelight.audio.source import Source
from sidelight.audio.system import SoundSystem
from sidelight.domain.errors import UserError
from sidelight.domain.events import MomentWithdrawn, WithdrawalCause
from sidelight.domain.moments import MomentId
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Layout
from sidelight.session.firstrun import listening
from sidelight.session.firstrun.listening import AT_ONCE, TOO_SLOW, Alone, listen
from sidelight.session.firstrun.messages import (
    EndTrial,
    TakeBack,
    TrialBegan,
    TrialFailed,
    TrialHeard,
    TrialLevel,
    TrialOver,
)
from sidelight.ui.specimen_first_run import ASKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.domain.directives import Directive
    from sidelight.domain.events import Event
    from sidelight.domain.known import Known
    from sidelight.domain.passing import Passing


@dataclass
class Told:
    """A pipeline that finds a moment in the first second, and notes its sound."""

    position: Samples = Samples(0)  # noqa: RUF009 - an integer
    heard: list[AudioBlock] = field(default_factory=list)
    hold: threading.Event | None = None

    def resume(self, position: Samples, known: Known) -> None:
        raise NotImplementedError

    def feed(self, block: AudioBlock) -> list[Event | Passing]:
        if self.hold is not None:
            self.hold.wait()
        assert block.start == self.position
        first = self.position == 0
        self.position = block.end
        self.heard.append(block)
        return list(ASKED.events) if first else []

    def direct(self, directive: Directive) -> list[Event | Passing]:
        del directive
        return []


class Seconds(Source):
    """So many seconds of one channel or two, at once."""

    def __init__(self, count: int, layout: Layout = Layout.STEREO) -> None:
        self.name = "seconds"
        self.layout = layout
        self.opened_at = None
        self._count = count

    def blocks(self) -> Iterator[AudioBlock]:
        channels = len(self.layout.speakers)
        for at in range(self._count):
            sound = np.full((SAMPLE_RATE, channels), 0.5, np.float32)
            yield AudioBlock(Samples(at * SAMPLE_RATE), sound)

    def stop(self) -> None:
        """It ends by itself."""


def run(
    source: Callable[[], Source],
    told: Told,
    *,
    live: bool,
    ask: tuple[object, ...] = (),
) -> list[object]:
    """Everything it told, by the kinds in which they came first."""
    mine, theirs = multiprocessing.Pipe()
    news: list[object] = []
    with mine, theirs:
        worker = threading.Thread(
            target=listen,
            args=(theirs, source, lambda: told, lambda: 0.0),
            kwargs={"live": live},
        )
        worker.start()
        waiting = list(ask)
        while worker.is_alive() or mine.poll():
            if mine.poll(0.05):
                news.append(mine.recv())
                if waiting and isinstance(news[-1], TrialHeard) and news[-1].events:
                    mine.send(waiting.pop(0))
        worker.join()
    return news


def test_a_file_is_heard_whole_however_slow_and_then_it_is_over() -> None:
    told = Told()
    news = run(lambda: Seconds(60), told, live=False)
    assert news[0] == TrialBegan(demo=True)
    assert news[-1] == TrialOver()
    assert told.position == 60 * SAMPLE_RATE
    assert max(len(block.samples) for block in told.heard) <= AT_ONCE


def test_a_microphone_is_the_coach_on_a_call_whose_client_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(listening, "TURN_S", 0.01)

    def begin(stream: FakeStream) -> None:
        stream.deliver(np.full((SAMPLE_RATE, 1), 0.5, np.float32))

    sound = FakeSound([FakeInput("desk", rate=SAMPLE_RATE)], started=begin)
    system = SoundSystem(sound)
    told = Told()
    news = run(
        lambda: Alone(LiveSource(system, system.microphone(None))),
        told,
        live=True,
        ask=(TakeBack(), EndTrial()),
    )
    assert news[0] == TrialBegan(demo=False)
    levels = [one.dbfs for one in news if isinstance(one, TrialLevel)]
    assert max(levels) == pytest.approx(-6.02, abs=0.01)
    first, second = (one for one in news if isinstance(one, TrialHeard))
    assert first.events == ASKED.events
    (gone,) = second.events
    assert isinstance(gone, MomentWithdrawn)
    assert gone.moment_id == MomentId(1, 1)
    assert gone.cause is WithdrawalCause.UNDONE
    heard = np.concatenate([block.samples for block in told.heard])
    assert heard[:, 0].any()
    assert not heard[:, 1].any()
    assert sound.running == [], "the microphone was let go"


def test_a_computer_that_does_not_keep_up_is_told_so() -> None:
    hold = threading.Event()

    class Endless(Seconds):
        def blocks(self) -> Iterator[AudioBlock]:
            try:
                yield from super().blocks()
            finally:
                hold.set()

    news = run(lambda: Endless(40), Told(hold=hold), live=True)
    assert news[-1] == TrialFailed(TOO_SLOW.message, TOO_SLOW.remedy)


def test_a_microphone_that_cannot_be_opened_is_told_before_a_model_is_loaded() -> None:
    def refused() -> Source:
        raise UserError("It is refused.", "Allow it.")

    assert run(refused, Told(), live=True) == [
        TrialFailed("It is refused.", "Allow it.")
    ]
