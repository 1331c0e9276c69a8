"""Which stretches are played when others are left out."""

from __future__ import annotations

from sidelight.domain.timeline import Span


def runs_of(span: Span, skips: tuple[Span, ...]) -> tuple[Span, ...]:
    """What is left of a stretch without others, in order.

    Args:
        span: The stretch.
        skips: In order, apart from each other.
    """
    found = []
    start = span.start
    for skip in skips:
        if skip.end <= start or skip.start >= span.end:
            continue
        if skip.start > start:
            found.append(Span(start, skip.start))
        start = skip.end
    if start < span.end:
        found.append(Span(start, span.end))
    return tuple(found)
