"""An hour with a recogniser five times slower than speech: only its pace is lost.

The clock is the test's: it runs as fast as it can while the recogniser is at work, and
never while the engine decides what to do next.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.engines import running_engine
from tests.fakes.recognition import SecondsRecognition, ThreadWorker, opened

from sidelight.audio.block import AudioBlock
from sidelight.audio.source import Source
from sidelight.domain.directives import PartialsOff, TranscribeLater, UseModel
from sidelight.domain.events import DirectiveGiven, UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Layout
from sidelight.session.messages import Health, Status
from sidelight.session.sound import TAIL_SECONDS
from sidelight.session.supervisor import WorkerLimits
from sidelight.session.worker import MOST_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.domain.directives import Directive
    from sidelight.domain.events import Event
    from sidelight.domain.passing import Passing
    from sidelight.domain.timeline import Gap

SECONDS = 3600
SLOWER = 5.0
STEP = SAMPLE_RATE // 10


class Clock:
    """Time that a source moves on, step by step, while somebody is at work."""

    def __init__(self) -> None:
        self.now = 0.0
        self.free = False
        self._until = 0.0
        self._change = threading.Condition()

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float) -> None:
        """Take so long."""
        with self._change:
            self._until = self.now + seconds
            self._change.notify_all()
            self._change.wait_for(lambda: self.free or self.now >= self._until)

    def pass_time(self, seconds: float) -> None:
        """Go on, once somebody is at work or nobody ever will be."""
        with self._change:
            self._change.wait_for(lambda: self.free or self.now < self._until)
            self.now += seconds
            self._change.notify_all()

    def let_go(self) -> None:
        """From now on nobody's work takes time."""
        with self._change:
            self.free = True
            self._change.notify_all()


class SteadyVoice(Source):
    """Noise as it comes from a microphone."""

    name = "steady"
    layout = Layout.STEREO

    def __init__(self, clock: Clock) -> None:
        self.opened_at = 0.0
        self.delivered = 0
        self._clock = clock

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        noise = np.random.default_rng(5).normal(0, 0.05, (STEP, 2)).astype(np.float32)
        for start in range(0, SECONDS * SAMPLE_RATE, STEP):
            # The recogniser needs something to begin with.
            if start >= SAMPLE_RATE:
                self._clock.pass_time(STEP / SAMPLE_RATE)
            yield AudioBlock(Samples(start), noise)
            self.delivered += len(noise)
        self._clock.let_go()

    def stop(self) -> None:
        """It ends by itself."""


class SlowRecognition(SecondsRecognition):
    """Takes five seconds for each."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(self._take_time)
        self.longest = 0
        self._clock = clock

    def _take_time(self, block: AudioBlock) -> None:
        self.longest = max(self.longest, len(block.samples))
        self._clock.work(SLOWER * len(block.samples) / SAMPLE_RATE)

    def direct(self, directive: Directive) -> list[Event | Passing]:
        if isinstance(directive, TranscribeLater):
            self._clock.let_go()
        return super().direct(directive)


@pytest.mark.soak
def test_an_hour_with_a_slow_recogniser(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    source, recognition = SteadyVoice(clock), SlowRecognition(clock)
    # It is at work for ten simulated seconds, which pass in no time.
    limits = WorkerLimits(answer_s=SECONDS, load_s=SECONDS, lighter=("lighter",))
    healths: list[Health] = []
    held: list[int] = []
    with (
        running_engine(
            tmp_path,
            source,
            lambda: ThreadWorker(lambda: opened(recognition)),
            limits,
            now=clock,
        ) as engine,
        engine.client() as client,
    ):
        while healths[-1:] != [Health.ENDED]:
            message = client.receive()
            if isinstance(message, Status) and healths[-1:] != [message.health]:
                healths.append(message.health)
            with engine.engine._sound._change:
                tail = engine.engine._sound._tail
                held.append(tail[-1].end - tail[0].start if tail else 0)
        engine.quit()
        events = [one.event for one in engine.store.events()]
        reader = engine.store.read_spool()
        recorded = reader.length
        reader.close()
    given = [one.directive for one in events if isinstance(one, DirectiveGiven)]
    said = [one.utterance.text for one in events if isinstance(one, UtteranceHeard)]
    with capsys.disabled():
        places = ", ".join(f"{type(one).__name__} at {one.at} ms" for one in given)
        sys.stdout.write(
            f"\nrecorded / delivered: {recorded} / {source.delivered}"
            f" = {recorded / source.delivered:.6f}\n"
            f"directives: {places}\nstates: {[one.value for one in healths]}\n"
            f"sound in memory, s: {max(held) / SAMPLE_RATE:.1f} at most;"
            f" given at once, s: {recognition.longest / SAMPLE_RATE:.1f} at most\n"
            f"said: {len(said)} of {SECONDS}\n"
        )
    assert recorded == source.delivered == SECONDS * SAMPLE_RATE
    assert [type(one) for one in given][:3] == [PartialsOff, UseModel, TranscribeLater]
    assert Health.BEHIND in healths
    assert Health.LATER in healths
    assert recognition.longest <= MOST_AT_ONCE
    assert max(held) <= (TAIL_SECONDS + 1) * SAMPLE_RATE
    assert said == [f"second {number}" for number in range(1, SECONDS + 1)]
