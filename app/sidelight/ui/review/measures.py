"""What the timeline computes from a story: ticks, the curve, the silences. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.ui.absences import absences

if TYPE_CHECKING:
    from sidelight.domain.clocks import Clocks
    from sidelight.domain.story import Story
    from sidelight.ui.review.viewport import Viewport

SILENCE_MS: Final = 4_000
"""A shared silence of this length is drawn; shorter ones are the rhythm of talk."""

_STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
_TICK_PX: Final = 72


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """How long since partnering, at a position."""

    at: Millis
    since: Millis


def tick_step(viewport: Viewport, room: float = _TICK_PX) -> int:
    """Milliseconds between axis labels, so that they are at least ``room`` apart."""
    wanted = viewport.scale * room
    return next((s * 1000 for s in _STEPS_S if s * 1000 >= wanted), _STEPS_S[-1] * 1000)


def ticks(viewport: Viewport, step: int) -> list[Millis]:
    """Positions of the axis labels in view."""
    first = ceil(viewport.start / step) * step
    last = int(min(viewport.end, viewport.length))
    return [Millis(at) for at in range(first, last + 1, step)]


def since_curve(clocks: Clocks, length: Millis) -> list[CurvePoint]:
    """How long since partnering over the whole session, as a polyline.

    Before the first moment it counts from the start. It stands still in pauses.
    """
    resets = sorted(moment.span.end for moment in clocks.moments)
    resets = [at for at in resets if at <= length]
    points = [CurvePoint(Millis(0), Millis(0))]
    begin = Millis(0)
    for end in (*resets, length):
        bends = (edge for p in clocks.pauses for edge in (p.start, p.end))
        points += [
            CurvePoint(at, clocks.active(Span(begin, at)))
            for at in (*sorted(b for b in bends if begin < b < end), end)
        ]
        if end in resets:
            points.append(CurvePoint(end, Millis(0)))
        begin = end
    return points


def silences(story: Story, length: Millis, least: int = SILENCE_MS) -> list[Span]:
    """Where nobody spoke for a while, pauses and lost sound left out.

    Args:
        story: The session.
        length: Where it ended.
        least: How long a silence is at least, in milliseconds.
    """
    found: list[Span] = []
    covered = Millis(0)
    taken = [absence.span for absence in absences(story)]
    spans = sorted([*(said.span for said in story.utterances), *taken])
    for span in (*spans, Span(length, length)):
        if span.start - covered >= least:
            found.append(Span(covered, span.start))
        covered = max(covered, span.end)
    return found


def overlaps(story: Story) -> list[Span]:
    """Where coach and client spoke at once, in order.

    Of utterances, which end with a pause: it costs next to nothing, and to see where
    talk lay over talk it is enough. An echo is nobody's talk.
    """
    coach = _spans(story, Speaker.COACH)
    client = _spans(story, Speaker.CLIENT)
    found = []
    mine, theirs = 0, 0
    while mine < len(coach) and theirs < len(client):
        one, other = coach[mine], client[theirs]
        if one.overlaps(other):
            found.append(Span(max(one.start, other.start), min(one.end, other.end)))
        if one.end <= other.end:
            mine += 1
        else:
            theirs += 1
    return found


def _spans(story: Story, speaker: Speaker) -> list[Span]:
    return sorted(
        said.span
        for said in story.utterances
        if said.speaker is speaker and said.doubt is not Doubt.ECHO
    )
