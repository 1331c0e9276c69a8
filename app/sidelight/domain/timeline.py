"""Session time: integer positions and half-open spans.

Positions are samples (16 kHz, from the session's first sample) in ``audio`` and
``speech``, and ``Millis`` everywhere else. Floats never carry time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

SAMPLE_RATE = 16_000
"""Samples a second of all aligned sound (what Whisper and Silero expect)."""

SAMPLES_PER_MILLI = SAMPLE_RATE // 1000

Millis = NewType("Millis", int)
"""Milliseconds from the session's first sample."""

Samples = NewType("Samples", int)
"""Samples at ``SAMPLE_RATE`` from the session's first sample."""


def to_millis(samples: int) -> Millis:
    """The millisecond that contains this sample position (rounded down)."""
    return Millis(samples // SAMPLES_PER_MILLI)


def to_samples(millis: int) -> Samples:
    """The first sample of this millisecond."""
    return Samples(millis * SAMPLES_PER_MILLI)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch ``[start, end)`` of session time, in milliseconds."""

    start: Millis
    end: Millis

    def __post_init__(self) -> None:
        if self.start < 0 or self.end < self.start:
            msg = f"not a span: [{self.start}, {self.end})"
            raise ValueError(msg)

    @property
    def length(self) -> Millis:
        """Duration in milliseconds."""
        return Millis(self.end - self.start)

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one millisecond."""
        return self.start < other.end and other.start < self.end

    def touches(self, other: Span) -> bool:
        """Whether they overlap, or the other contains this one, which is empty."""
        return self.overlaps(other) or other.contains(self.start)

    def contains(self, position: int) -> bool:
        """Whether the position lies inside (the end does not)."""
        return self.start <= position < self.end

    def overlap(self, other: Span) -> Millis:
        """How many milliseconds the two share."""
        return Millis(max(0, min(self.end, other.end) - max(self.start, other.start)))

    def hull(self, other: Span) -> Span:
        """The shortest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class GapCause(StrEnum):
    """Why sound is missing."""

    DEVICE_LOST = "device_lost"
    OVERFLOW = "overflow"
    SLEEP = "sleep"
    ENGINE_RESTARTED = "engine_restarted"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Gap:
    """Lost or deliberately unrecorded sound: silence stands in its place."""

    span: Span
    cause: GapCause
