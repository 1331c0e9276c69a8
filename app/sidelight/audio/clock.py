"""The clock of capture, which runs in sleep, and the notice that there was a sleep."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

SLEPT_S: Final = 1.0
"""Two clocks read one after the other never differ this much by themselves."""


def capture_clock() -> float:
    """Seconds on a clock that never jumps, runs in sleep, and is every process's.

    Source: Linux ``clock_gettime(2)``; macOS's manual, where ``CLOCK_MONOTONIC`` counts
    sleep and Python's own monotonic clock does not; on Windows the performance counter
    counts it, and is finer than the 16 ms of the monotonic clock. Only Linux was tried.
    """
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    if sys.platform == "win32":
        return time.perf_counter()
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def awake_clock() -> float:
    """Seconds on a clock that stands still in sleep, where the system has one.

    Source: as above; Windows' ``QueryUnbiasedInterruptTime``, which does not count
    sleep. Only Linux was tried.
    """
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - this system only

        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value / 1e7  # ticks of 100 ns
    return time.monotonic()


class SleepWatch:
    """Whether the computer slept: one clock went on, the other stood still.

    Args:
        capture: Runs in sleep.
        awake: Does not.
    """

    def __init__(
        self,
        capture: Callable[[], float] = capture_clock,
        awake: Callable[[], float] = awake_clock,
    ) -> None:
        self._capture = capture
        self._awake = awake
        self._apart = self._capture() - self._awake()

    def slept_s(self) -> float:
        """How long it slept since the last call; 0 when it did not."""
        apart = self._capture() - self._awake()
        slept = apart - self._apart
        self._apart = apart
        return slept if slept > SLEPT_S else 0.0
