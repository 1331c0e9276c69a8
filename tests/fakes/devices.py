"""Sound devices under the test's control: their clock, jitter, holes and rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sidelight.audio.align import Aligner
from sidelight.audio.block import AudioBlock
from sidelight.audio.chunk import Chunk

if TYPE_CHECKING:
    from sidelight.domain.timeline import Gap

Sound = Callable[[NDArray[np.float64]], NDArray[np.float32]]
"""The sound at given seconds of true time."""


def tone(frequency: float, amplitude: float = 0.5) -> Sound:
    return lambda seconds: (amplitude * np.sin(2 * np.pi * frequency * seconds)).astype(
        np.float32
    )


def beeps(times: list[float], length: float = 0.01) -> Sound:
    """1 kHz from each time on; silence otherwise."""
    starts = np.array(times)

    def sound(seconds: NDArray[np.float64]) -> NDArray[np.float32]:
        latest = np.searchsorted(starts, seconds, "right") - 1
        since = seconds - starts[np.maximum(latest, 0)]
        sounding = (latest >= 0) & (since < length)
        wave = 0.5 * np.sin(2 * np.pi * 1000 * since) * sounding
        return np.asarray(wave, np.float32)

    return sound


@dataclass
class FakeDevice:
    """Delivers the sound of true time as a device with its own clock would.

    Attributes:
        sound: What there is to hear.
        rate: Samples a second, as the device says.
        ppm: How much faster its clock runs.
        starts: True time of its first sample.
        chunk_s: Length of its deliveries.
        jitter_s: Mean of the exponential delay of each delivery.
        stalls: Deliveries that are due in ``[a, b)`` come at ``b``, all at once.
        silent: Stretches of true time in which nothing is delivered and nothing kept.
    """

    sound: Sound
    rate: int = 16_000
    ppm: float = 0.0
    starts: float = 0.0
    chunk_s: float = 0.02
    jitter_s: float = 0.0
    stalls: list[tuple[float, float]] = field(default_factory=list)
    silent: list[tuple[float, float]] = field(default_factory=list)
    seed: int = 1

    def chunks(self, until: float) -> Iterator[Chunk]:
        """All deliveries up to a true time, in order."""
        random = np.random.default_rng(self.seed)
        true_rate = self.rate * (1 + self.ppm * 1e-6)
        size = round(self.chunk_s * self.rate)
        arrived = 0.0
        for first in range(0, int((until - self.starts) * true_rate) - size + 1, size):
            end = self.starts + (first + size) / true_rate
            late = random.exponential(self.jitter_s) if self.jitter_s else 0.0
            if any(a < end <= b for a, b in self.silent):
                continue
            waits = (b for a, b in self.stalls if a <= end < b)
            arrived = max(arrived, end + late, *waits, 0.0)
            seconds = self.starts + np.arange(first, first + size) / true_rate
            yield Chunk(self.sound(seconds), arrived)


@dataclass
class Aligned:
    """What an aligner made of devices.

    Attributes:
        samples: float32, shape (n, channels).
        gaps: In the order they were told.
        lags: After each pull, how far the position was behind the true time.
    """

    samples: NDArray[np.float32]
    gaps: list[Gap]
    lags: list[float]


def aligned(
    coach: FakeDevice,
    client: FakeDevice | None,
    until: float,
    *,
    every: float = 0.05,
    cut: Callable[[Chunk], list[Chunk]] = lambda chunk: [chunk],
) -> Aligned:
    """Run devices into an aligner that is pulled regularly."""
    aligner = Aligner(coach.rate, client.rate if client else None, opened=0.0)
    deliveries = [(aligner.hear_coach, coach.chunks(until))]
    if client is not None:
        deliveries.append((aligner.hear_client, client.chunks(until)))
    waiting = [next(chunks, None) for _, chunks in deliveries]
    result = Aligned(np.zeros((0, len(deliveries)), np.float32), [], [])
    blocks: list[NDArray[np.float32]] = []
    position = 0

    def take(items: Iterator[AudioBlock | Gap]) -> None:
        nonlocal position
        for item in items:
            if isinstance(item, AudioBlock):
                assert item.start == position, "blocks follow on"
                position = item.end
                blocks.append(item.samples)
            else:
                result.gaps.append(item)

    for step in range(1, round(until / every) + 1):
        now = step * every
        for channel, (hear, chunks) in enumerate(deliveries):
            while (chunk := waiting[channel]) is not None and chunk.arrived <= now:
                for piece in cut(chunk):
                    hear(piece)
                waiting[channel] = next(chunks, None)
        take(aligner.pull(now))
        result.lags.append(now - aligner.position / 16_000)
    take(aligner.finish(until))
    result.samples = np.concatenate(blocks)
    return result


def delay_ms(
    first: NDArray[np.float32], second: NDArray[np.float32], frequency: float
) -> NDArray[np.float64]:
    """How much later a tone is in ``second``, for each 0.1 s.

    Followed from one 0.1 s to the next, so only the first is known within half a period
    and a slow drift of many periods is seen as such.
    """
    length = min(len(first), len(second)) // 1_600 * 1_600
    turn = np.exp(-2j * np.pi * frequency * np.arange(length) / 16_000)
    phases = [
        (sound[:length] * turn).reshape(-1, 1_600).sum(axis=1)
        for sound in (first, second)
    ]
    angles = np.unwrap(np.angle(phases[0] * np.conj(phases[1])))
    return np.asarray(angles / (2 * np.pi * frequency) * 1_000)


def between_ms(samples: NDArray[np.float32], frequency: float) -> NDArray[np.float64]:
    """How much later a tone is in the second channel than in the first."""
    return delay_ms(samples[:, 0], samples[:, 1], frequency)


def onsets(sound: NDArray[np.float32], threshold: float = 0.1) -> list[float]:
    """When something loud begins after at least 50 ms of quiet, in seconds."""
    loud = np.flatnonzero(np.abs(sound) > threshold)
    if not len(loud):
        return []
    first = np.concatenate(([True], np.diff(loud) > 800))
    return [float(at) / 16_000 for at in loud[first]]
