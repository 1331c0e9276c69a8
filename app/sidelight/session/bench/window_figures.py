"""What is measured of a window: how long it kept people waiting, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

STALL_MS: Final = 50.0
"""Longer, and somebody who drags the window or types into it could feel it."""


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """Of one window, over some time.

    Attributes:
        turns: How often its event loop had something to do.
        worst_ms: The longest time in which it could not have answered.
        p99_ms: 99 of 100 turns were shorter.
        stalls: Turns above ``STALL_MS``.
        cpu: Of its whole process, as a share of one core, 0.. (more than one thread).
        seconds: How long it was watched.
    """

    turns: int
    worst_ms: float
    p99_ms: float
    stalls: int
    cpu: float
    seconds: float

    @classmethod
    def of(
        cls, turns_ms: Sequence[float], *, seconds: float, cpu_s: float
    ) -> WindowFigures:
        """Sum up.

        Args:
            turns_ms: Length of each turn of the event loop.
            seconds: How long it was watched.
            cpu_s: What its process used of a processor meanwhile.
        """
        ordered = sorted(turns_ms) or [0.0]
        return cls(
            turns=len(turns_ms),
            worst_ms=ordered[-1],
            p99_ms=ordered[int(len(ordered) * 0.99)],
            stalls=sum(turn > STALL_MS for turn in turns_ms),
            cpu=cpu_s / seconds if seconds > 0 else 0.0,
            seconds=seconds,
        )
