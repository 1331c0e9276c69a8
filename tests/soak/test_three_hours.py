"""Three hours of a call in fast time: asleep, drifting, its worker killed each hour.

Aligner, capture, spool, record and control socket are real; the devices, their clocks
and the recogniser are the test's. Time stands still while the recogniser catches up.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING, Final

import numpy as np
import psutil
import pytest
import soundfile
from tests.fakes.devices import FakeDevice, Sound
from tests.fakes.engines import running_engine
from tests.fakes.recognition import (
    SecondsRecognition,
    ThreadWorker,
    WorkerKilled,
    opened,
)

from sidelight import resources
from sidelight.audio.align import Aligner
from sidelight.audio.source import Source
from sidelight.domain.events import (
    GapFound,
    InterruptionCause,
    RecognitionInterrupted,
    UtteranceHeard,
)
from sidelight.domain.timeline import SAMPLE_RATE, GapCause, Samples
from sidelight.domain.transcript import Layout
from sidelight.session.messages import Health, Status
from sidelight.session.supervisor import WorkerLimits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from tests.guards.logs import ExpectedLogs

    from sidelight.audio.block import AudioBlock
    from sidelight.domain.timeline import Gap
    from sidelight.record.spool import SpoolReader

HOUR_S: Final = 3600
SLEEP_S: Final = (5410.0, 5410.0 + 40 * 60)
END_S: Final = 3 * HOUR_S + 40 * 60
RATE: Final = 48_000
TALK_S: Final = 600
BEEP_EVERY_S: Final = 60
BEEP_S: Final = 0.05
QUIET_S: Final = 0.3
DRIFT_PPM: Final = 50.0
STEP_S: Final = 0.1
WARM_S: Final = HOUR_S / 2
SAYS_EVERY_S: Final = 5
"""720 utterances an hour: a lively talk."""
BEHIND_S: Final = 2
AFTER_A_DEATH_S: Final = 40
"""More than the engine keeps in memory: it has to read the spool."""


def beep(rate: int) -> NDArray[np.float32]:
    seconds = np.arange(round(BEEP_S * rate)) / rate
    rising = 0.5 * np.sin(2 * np.pi * (500 + 20_000 * seconds) * seconds)
    return rising.astype(np.float32)


def talk_with_beeps() -> NDArray[np.int16]:
    """Ten minutes of the demo at the devices' rate, a beep in the middle of each.

    Returns:
        Shape (2, n).
    """
    path = resources.demo_session() / "session.flac"
    sound, _ = soundfile.read(path, frames=TALK_S * SAMPLE_RATE, dtype="int16")
    sound = np.repeat(sound.T, RATE // SAMPLE_RATE, axis=1)
    signal = (beep(RATE) * 32767).astype(np.int16)
    quiet = round(QUIET_S * RATE)
    for at in range(BEEP_EVERY_S // 2 * RATE, sound.shape[1], BEEP_EVERY_S * RATE):
        sound[:, at - quiet : at + quiet] = 0
        sound[:, at : at + len(signal)] = signal
    return np.asarray(sound, np.int16)


class FastCall(Source):
    """Two devices whose clocks drift apart, on a clock that runs as fast as it can."""

    name = "fast"
    layout = Layout.STEREO

    def __init__(self) -> None:
        talk = talk_with_beeps()
        self.opened_at = 0.0
        self.heard: int = 0
        self.memory: list[tuple[float, int]] = []
        self.cpu_s = 0.0
        self._now = 0.0
        self._awake = 0.0
        self._moved = threading.Condition()
        self._devices = [
            FakeDevice(
                self._player(channel),
                rate=RATE,
                ppm=ppm,
                chunk_s=STEP_S,
                silent=[SLEEP_S],
            )
            for channel, ppm in zip(talk, (0.0, DRIFT_PPM), strict=True)
        ]

    @staticmethod
    def _player(talk: NDArray[np.int16]) -> Sound:
        def sound(seconds: NDArray[np.float64]) -> NDArray[np.float32]:
            at = np.rint(seconds * RATE).astype(np.int64) % len(talk)
            return talk[at].astype(np.float32) / np.float32(32768)

        return sound

    def clock(self) -> float:
        """Steady; stands still in sleep."""
        return self._awake

    def hear(self, block: AudioBlock) -> None:
        """The recogniser is so far."""
        with self._moved:
            self.heard = block.end
            self._moved.notify()

    def stop(self) -> None:
        """It ends by itself."""

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        began, made = time.thread_time(), 0.0
        aligner = Aligner(RATE, RATE, opened=0.0)
        deliveries = [device.chunks(END_S) for device in self._devices]
        hears = (aligner.hear_coach, aligner.hear_client)
        waiting = [next(chunks, None) for chunks in deliveries]
        while self._now < END_S:
            if self._pass_time():
                aligner.explain(GapCause.SLEEP)
            for channel, chunks in enumerate(deliveries):
                chunk = waiting[channel]
                while chunk is not None and chunk.arrived <= self._now:
                    hears[channel](chunk)
                    making = time.thread_time()
                    chunk = next(chunks, None)
                    made += time.thread_time() - making
                waiting[channel] = chunk
            yield from aligner.pull(self._now)
            self._wait_for_recogniser(aligner.position)
        yield from aligner.finish(END_S)
        self.cpu_s = time.thread_time() - began - made

    def _pass_time(self) -> bool:
        """Whether it slept meanwhile."""
        self._awake += STEP_S
        self._now += STEP_S
        if self._now % 300 < STEP_S:
            self.memory.append((self._now, psutil.Process().memory_info().rss))
        if SLEEP_S[0] <= self._now < SLEEP_S[1]:
            self._now = SLEEP_S[1] + STEP_S
            return True
        return False

    def _wait_for_recogniser(self, position: Samples) -> None:
        since_death = position % (HOUR_S * SAMPLE_RATE) / SAMPLE_RATE
        most = AFTER_A_DEATH_S if since_death < AFTER_A_DEATH_S else BEHIND_S
        with self._moved:
            self._moved.wait_for(lambda: position - self.heard <= most * SAMPLE_RATE)


@pytest.mark.soak
def test_three_hours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expect_log: ExpectedLogs
) -> None:
    expect_log("WARNING .*supervisor: worker lost .worker_died")
    call = FastCall()
    deaths = [hour * HOUR_S * SAMPLE_RATE for hour in (1, 2, 3)]

    def hear(block: AudioBlock) -> None:
        if deaths and block.end > deaths[0]:
            del deaths[0]
            raise WorkerKilled
        call.hear(block)

    began = time.monotonic()
    patience = WorkerLimits(answer_s=HOUR_S, load_s=HOUR_S)
    with running_engine(
        tmp_path,
        call,
        lambda: ThreadWorker(
            lambda: opened(SecondsRecognition(hear, length=SAYS_EVERY_S))
        ),
        patience,
        now=call.clock,
    ) as engine:
        with engine.client() as client:
            health = None
            while health is not Health.ENDED:
                message = client.receive()
                health = message.health if isinstance(message, Status) else health
        engine.quit()
        events = [one.event for one in engine.store.events()]
        reader = engine.store.read_spool()
        errors = beep_errors(reader)
        reader.close()
        sound_size = engine.store.sound_path.stat().st_size
    wall_s = time.monotonic() - began
    gaps = [event.gap for event in events if isinstance(event, GapFound)]
    said = [event for event in events if isinstance(event, UtteranceHeard)]
    lost = [event for event in events if isinstance(event, RecognitionInterrupted)]
    base_size = sum(f.stat().st_size for f in tmp_path.glob("record.db*"))
    awake_h = 3
    slope = growth(call.memory)
    share = call.cpu_s / (awake_h * HOUR_S)
    late = [abs(error) for both in errors[-10:] for error in both]
    worst = [abs(error) for both in errors for error in both]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{END_S} s of session time, {awake_h} h awake, in {wall_s:.0f} s\n"
            f"memory after warm-up: {slope / 1e6:+.2f} MB/h, at the end"
            f" {call.memory[-1][1] / 1e6:.0f} MB\n"
            f"error of times, ms: {max(late):.1f} at the end,"
            f" {max(worst):.1f} at most ({len(errors)} beeps)\n"
            f"files, MB per hour awake: sound {sound_size / awake_h / 1e6:.1f},"
            f" database {base_size / awake_h / 1e6:.1f} ({len(events)} events)\n"
            f"capture, alignment, encryption: {share:.2%} of one core\n"
            f"worker deaths: {len(lost)}, utterances: {len(said)}, gaps: {gaps}\n"
        )
    assert [event.cause for event in lost] == [InterruptionCause.WORKER_DIED] * 3
    assert [event.utterance.id.number for event in said] == list(
        range(1, len(said) + 1)
    )
    assert len(said) == END_S // SAYS_EVERY_S
    assert [gap.cause for gap in gaps] == [GapCause.SLEEP]
    assert abs(gaps[0].span.length - 40 * 60 * 1000) < 1000
    assert len(errors) == 3 * 60
    assert max(late) <= 50
    assert slope < 5e6
    assert share < 0.02


def growth(memory: list[tuple[float, int]]) -> float:
    """Bytes an hour, by a straight line through what follows the warm-up."""
    warm = np.array([one for one in memory if one[0] >= WARM_S])
    return float(np.polyfit(warm[:, 0] / HOUR_S, warm[:, 1], 1)[0])


def beep_errors(reader: SpoolReader) -> list[list[float]]:
    """How far each beep is from its true time, in ms, in both channels."""
    signal = beep(SAMPLE_RATE)
    reach = round(QUIET_S * SAMPLE_RATE)
    found: list[list[float]] = []
    for at_s in range(BEEP_EVERY_S // 2, END_S, BEEP_EVERY_S):
        at = at_s * SAMPLE_RATE
        sound = reader.read(Samples(at - reach), 2 * reach)
        if not sound.any():
            continue
        matches = [np.correlate(sound[:, channel], signal) for channel in (0, 1)]
        found.append(
            [(int(np.argmax(one)) - reach) * 1000 / SAMPLE_RATE for one in matches]
        )
    return found
