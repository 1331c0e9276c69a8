"""Which stretch of the session stands on how many pixels. No Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sidelight.domain.timeline import Millis

FINEST: Final = 4.0
"""Milliseconds a pixel at the closest zoom: single words are wide enough to read."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window onto ``[0, length)`` milliseconds.

    Attributes:
        length: Of the session, in milliseconds, at least 1.
        width: In pixels, at least 1.
        start: Session time at the left edge; may be fractional.
        scale: Milliseconds a pixel.
    """

    length: int
    width: int
    start: float = 0.0
    scale: float = 1.0

    @classmethod
    def fitting(cls, length: int, width: int) -> Viewport:
        """All of the session in this width."""
        length, width = max(1, length), max(1, width)
        return cls(length, width, 0.0, length / width)

    @property
    def fitted(self) -> float:
        """The scale at which all of the session fits."""
        return self.length / self.width

    @property
    def end(self) -> float:
        """Session time at the right edge."""
        return self.start + self.width * self.scale

    def x(self, position: float) -> float:
        """Where this session time stands, in pixels from the left edge."""
        return (position - self.start) / self.scale

    def at(self, x: float) -> Millis:
        """The session time at this pixel, inside the session."""
        return Millis(round(min(max(self.start + x * self.scale, 0), self.length)))

    def resized(self, width: int) -> Viewport:
        """The same left edge; a view that showed everything still does."""
        whole = self.scale >= self.fitted
        if whole:
            return Viewport.fitting(self.length, width)
        return _inside(replace(self, width=max(1, width)))

    def zoomed(self, factor: float, x: float) -> Viewport:
        """Closer (factor > 1) or farther; what is at pixel ``x`` stays there."""
        finest = min(FINEST, self.fitted)
        scale = min(max(self.scale / factor, finest), self.fitted)
        anchor = self.start + x * self.scale
        return _inside(replace(self, scale=scale, start=anchor - x * scale))

    def panned(self, pixels: float) -> Viewport:
        """Moved towards the end by so many pixels."""
        return _inside(replace(self, start=self.start + pixels * self.scale))

    def showing(self, start: float, end: float, margin: float = 0.1) -> Viewport:
        """Moved, only if needed, so that this stretch is inside the edges."""
        room = self.width * self.scale
        inset = room * margin
        if start >= self.start + inset and end <= self.end - inset:
            return self
        return _inside(replace(self, start=(start + end - room) / 2))


def _inside(viewport: Viewport) -> Viewport:
    """Moved so that neither edge looks beyond the session."""
    most = max(0.0, viewport.length - viewport.width * viewport.scale)
    return replace(viewport, start=min(max(viewport.start, 0.0), most))
