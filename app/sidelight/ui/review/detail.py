"""Bars at every level of detail: from far away, what nearly touches is one bar.

A level holds the bars of one lane for one fineness; each coarser one is made of the
one before, once, when it is first looked at. So however many utterances a session has,
about as many bars are drawn as there are pixels. No Qt.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidelight.domain.timeline import Span
    from sidelight.ui.review.viewport import Viewport


@dataclass(frozen=True, slots=True)
class _Level:
    """Bars in order; none begins before the one before it has ended."""

    starts: Sequence[int]
    ends: Sequence[int]


class Bars:
    """The bars of one lane.

    Args:
        spans: In order of their start; they may overlap.
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        everything = _Level([s.start for s in spans], [s.end for s in spans])
        self._levels = [_merged(everything, 0)]

    def seen(self, viewport: Viewport) -> Iterator[tuple[float, float]]:
        """Left and right of every bar in view, in pixels of the plot.

        What is less than a pixel apart is one bar.
        """
        level = self._level(viewport.scale)
        start, scale = viewport.start, viewport.scale
        first = bisect_left(level.ends, start)
        last = bisect_right(level.starts, viewport.end)
        if first >= last:
            return
        left, right = level.starts[first], level.ends[first]
        for at in range(first + 1, last):
            begin = level.starts[at]
            if begin - right >= scale:
                yield (left - start) / scale, (right - start) / scale
                left = begin
            right = level.ends[at]
        yield (left - start) / scale, (right - start) / scale

    def _level(self, scale: float) -> _Level:
        """The coarsest whose joined gaps are all below a pixel."""
        number = max(0, int(scale).bit_length() - 1) if scale >= 1 else 0
        while len(self._levels) <= number:
            self._levels.append(_merged(self._levels[-1], 1 << len(self._levels)))
        return self._levels[number]


def _merged(level: _Level, gap: int) -> _Level:
    """The level in which bars less than ``gap`` milliseconds apart are one."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in zip(level.starts, level.ends, strict=True):
        if ends and start - ends[-1] < max(gap, 1):
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return _Level(starts, ends)
