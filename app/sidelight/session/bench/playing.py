"""Sound that plays for a system, and the moment at which each of its words is there.

On the virtual clock time is ``now = max(now, sound) + cost``: a system waits for sound
that has not been heard yet, and while it computes, sound goes on. The cost of a call is
the CPU time of this process, times a factor, so that other work on the machine does not
show; the wall clock is there to check that. In file time nothing costs anything: the
figures are those of the policy alone, and the same in every run.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, to_millis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.session.pipeline import Item

GRAIN: Final = Samples(SAMPLE_RATE // 20)
"""Sound arrives in steps of 50 ms, as the live capture looks for it."""


class TimeKind(StrEnum):
    """What a second is."""

    VIRTUAL = "virtual"
    """Sound and CPU time; repeatable as far as CPU time is."""

    FILE = "file"
    """Sound alone; exactly repeatable."""

    WALL = "wall"
    """As on the wall: it takes as long as the sound."""


class System(Protocol):
    """Something that turns sound into words as it comes.

    Attributes:
        name: For tables and programs.
        least: It waits until so much new sound is there.
        most: It takes no more than so much at once.
    """

    name: str
    least: Samples
    most: Samples

    def hear(self, samples: NDArray[np.float32], now: float) -> Iterator[Item]:
        """Take in the sound that follows.

        Args:
            samples: float32, shape (n, channels), 16 kHz.
            now: Seconds on the clock when it begins.

        Yields:
            What it has to say, each as soon as it would be shown.
        """
        ...

    def finish(self, now: float) -> Iterator[Item]:
        """No more sound comes."""
        ...


class Clock(Protocol):
    """One of ``TimeKind``."""

    @property
    def now(self) -> float:
        """Seconds since the first sample."""
        ...

    def wait_until(self, second: float) -> None:
        """Until then, unless it has passed."""
        ...

    def spent(self, cpu_s: float) -> None:
        """So much CPU time was just used."""
        ...


class VirtualClock:
    """Moves only when it is told to.

    Args:
        factor: How much slower than this machine; 0: everything is free.
    """

    def __init__(self, factor: float) -> None:
        self.now = 0.0
        self._factor = factor

    def wait_until(self, second: float) -> None:
        """See ``Clock``."""
        self.now = max(self.now, second)

    def spent(self, cpu_s: float) -> None:
        """See ``Clock``."""
        self.now += cpu_s * self._factor


class WallClock:
    """The machine's own."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def now(self) -> float:
        """See ``Clock``."""
        return time.monotonic() - self._began

    def wait_until(self, second: float) -> None:
        """See ``Clock``."""
        time.sleep(max(0.0, second - self.now))

    def spent(self, cpu_s: float) -> None:
        """It has passed already."""


def open_clock(kind: TimeKind, factor: float) -> Clock:
    """A clock at 0.

    Args:
        kind: Which.
        factor: How much slower than this machine, on the virtual clock.
    """
    match kind:
        case TimeKind.WALL:
            return WallClock()
        case TimeKind.FILE:
            return VirtualClock(0.0)
        case TimeKind.VIRTUAL:
            return VirtualClock(factor)


@dataclass(frozen=True, slots=True)
class Told:
    """Something a system said.

    Attributes:
        item: What.
        at: When it was there, on the clock.
    """

    item: Item
    at: Millis


@dataclass(frozen=True, slots=True)
class Played:
    """A whole sound through a system.

    Attributes:
        told: In order.
        length: Of the sound.
        cpu_s: CPU time, as measured: without any factor.
        longest_lag_s: The oldest that sound ever was before it was taken.
    """

    told: tuple[Told, ...]
    length: Millis
    cpu_s: float
    longest_lag_s: float


def play(
    system: System,
    sound: NDArray[np.float32],
    clock: Clock,
    cpu: Callable[[], float] = time.process_time,
) -> Played:
    """Let a system hear a sound as it arrives.

    Args:
        system: Fresh.
        sound: float32, shape (n, channels), 16 kHz.
        clock: At 0.
        cpu: CPU seconds used so far.
    """
    end = Samples(len(sound))
    position = Samples(0)
    told: list[Told] = []
    began = cpu()
    longest = 0.0

    def note(items: Iterator[Item]) -> None:
        before = cpu()
        for item in items:
            after = cpu()
            clock.spent(after - before)
            before = after
            told.append(Told(item, _millis(clock.now)))
        clock.spent(cpu() - before)

    while position < end:
        wanted = min(end, Samples(-(-(position + system.least) // GRAIN) * GRAIN))
        clock.wait_until(wanted / SAMPLE_RATE)
        longest = max(longest, clock.now - position / SAMPLE_RATE)
        # Wall time may fall a hair short of what was waited for.
        arrived = max(wanted, int(clock.now * SAMPLE_RATE) // GRAIN * GRAIN)
        until = Samples(min(end, arrived, position + system.most))
        note(system.hear(sound[position:until], clock.now))
        position = until
    note(system.finish(clock.now))
    return Played(tuple(told), to_millis(end), cpu() - began, longest)


def _millis(seconds: float) -> Millis:
    return Millis(round(seconds * 1000))
