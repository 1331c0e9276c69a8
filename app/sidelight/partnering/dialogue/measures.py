"""What can be counted on the floor: talk, pauses, replies, overlaps."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sidelight.domain.dialogue import Overlap, Pause, Reply, TalkTime
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.partnering.dialogue.floor import PAUSE_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.partnering.dialogue.floor import Floor, Stretch


def talk_time(floor: Floor) -> TalkTime:
    """Who spoke how long; sounds of listening are talk as well."""
    session = Span(Millis(0), floor.position)
    missing = sum(gone.overlap(session) for gone in floor.breaks)
    coach = sum(_length(one) for one in floor.stretches if _is(one, Speaker.COACH))
    client = sum(_length(one) for one in floor.stretches if _is(one, Speaker.CLIENT))
    both = sum(one.span.length for one in overlaps(floor))
    silence = floor.position - missing - (coach + client - both)
    return TalkTime(
        Millis(coach - both), Millis(client - both), Millis(both), Millis(silence)
    )


def pauses(floor: Floor) -> Iterator[Pause]:
    """Half a second and more without anybody's turn going on.

    A sound of listening does not end a pause; a break does, and then nobody knows how
    long it was.
    """
    spoken: Stretch | None = None
    for stretch in floor.talk:
        if spoken is not None and stretch.span.start - spoken.span.end >= PAUSE_MS:
            span = Span(spoken.span.end, stretch.span.start)
            if floor.knows(span):
                yield Pause(span, spoken.speaker, stretch.speaker)
        if spoken is None or stretch.span.end > spoken.span.end:
            spoken = stretch


def replies(floor: Floor) -> Iterator[Reply]:
    """How soon each turn followed the other's."""
    for before, after in pairwise(floor.turns):
        start, end = before.span.end, after.span.start
        between = Span(min(start, end), max(start, end))
        if before.speaker is not after.speaker and floor.knows(between):
            yield Reply(after.speaker, after.span.start, end - start)


def overlaps(floor: Floor) -> Iterator[Overlap]:
    """Every time both spoke at once; who came in second is the starter."""
    coach = [one for one in floor.stretches if _is(one, Speaker.COACH)]
    client = [one for one in floor.stretches if _is(one, Speaker.CLIENT)]
    mine, theirs = iter(coach), iter(client)
    one, other = next(mine, None), next(theirs, None)
    while one is not None and other is not None:
        if one.span.overlaps(other.span):
            start = max(one.span.start, other.span.start)
            end = min(one.span.end, other.span.end)
            second = one if one.span.start >= other.span.start else other
            yield Overlap(Span(start, end), second.speaker)
        if one.span.end <= other.span.end:
            one = next(mine, None)
        else:
            other = next(theirs, None)


def _is(stretch: Stretch, speaker: Speaker) -> bool:
    return stretch.speaker is speaker


def _length(stretch: Stretch) -> int:
    return stretch.span.length
