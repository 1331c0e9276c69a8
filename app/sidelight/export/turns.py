"""Who said what, one after the other, with what stands between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.export.missing import around, between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker until the other speaks, or until something stands between.

    Attributes:
        speaker: Who.
        utterances: At least one, in order of time.
    """

    speaker: Speaker
    utterances: tuple[Utterance, ...]

    @property
    def start(self) -> Millis:
        """When it begins."""
        return self.utterances[0].span.start


@dataclass(frozen=True, slots=True)
class Interlude:
    """A pause, lost sound, or something off the record, in words and brackets."""

    text: str


def turns(story: Story, within: Span | None = None) -> Iterator[Turn | Interlude]:
    """The whole transcript in order of time.

    Where nobody knows who spoke, each utterance is a turn: it may be the other's.

    Args:
        story: The session.
        within: What it was cut to.
    """
    turn: Turn | None = None
    end = within.start if within else Millis(0)
    for utterance in in_order(story):
        start = utterance.span.start
        interludes: list[str] = []
        if start > end:
            stretch = Span(end, start)
            interludes = (between if turn else around)(story, stretch)
        same = turn is not None and utterance.speaker is turn.speaker
        if turn is not None and same and not interludes and turn.speaker in _KNOWN:
            turn = replace(turn, utterances=(*turn.utterances, utterance))
        else:
            if turn is not None:
                yield turn
            yield from map(Interlude, interludes)
            turn = Turn(utterance.speaker, (utterance,))
        end = Millis(max(end, utterance.span.end))
    if turn is not None:
        yield turn
    last = min(story.position, within.end) if within else story.position
    if last > end:
        yield from map(Interlude, around(story, Span(end, last)))


def in_order(story: Story) -> tuple[Utterance, ...]:
    """The utterances in order of time."""
    return tuple(sorted(story.utterances, key=lambda u: (u.span.start, u.id)))


_KNOWN = frozenset({Speaker.COACH, Speaker.CLIENT})
