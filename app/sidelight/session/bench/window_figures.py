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
        beats: How often its event loop was asked whether it answers.
        worst_ms: The longest that it took to.
        p99_ms: 99 of 100 times it took less.
        stalls: How often it took longer than ``STALL_MS``.
        seconds: How long it was asked.
        cpu: Of its whole process before, as a share of one core, 0.. (it has threads).
    """

    beats: int
    worst_ms: float
    p99_ms: float
    stalls: int
    seconds: float
    cpu: float

    @classmethod
    def of(
        cls, late_ms: Sequence[float], *, seconds: float, cpu: float
    ) -> WindowFigures:
        """Sum up.

        Args:
            late_ms: How late each answer was.
            seconds: How long it was asked.
            cpu: See the class.
        """
        ordered = sorted(late_ms) or [0.0]
        return cls(
            beats=len(late_ms),
            worst_ms=ordered[-1],
            p99_ms=ordered[int(len(ordered) * 0.99)],
            stalls=sum(late > STALL_MS for late in late_ms),
            seconds=seconds,
            cpu=cpu,
        )
