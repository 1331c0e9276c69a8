"""The three phases of a session: what it is for, exploring, how to finish.

A fold of what was heard and noticed, without a clock of its own: the same story gives
the same phases, with one microphone too. Each says what it rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.dialogue import Phase, Stage
from sidelight.domain.moments import DIRECTION, PROCESS_KINDS, SUPPORT
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.reading import read

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance, UtteranceId

_AGREEMENT: Final = "agreement"
_CARE: Final = "care"
_CLOSING: Final = "closing"
_REOPENS: Final = (SUPPORT, DIRECTION, _AGREEMENT)
"""After one of these the conversation goes on: what was said about finishing before it
was no closing yet."""

_OPENING: Final = 1 / 3
_ENDING: Final = 1 / 2
"""Shares of the session: an agreement that begins later is a new one in the middle, and
words about finishing before the half do not finish."""


def phases(story: Story) -> tuple[Phase, ...]:
    """In order, next to each other, from the first word to the last.

    Returns:
        At most three, none of them empty; nothing where nobody spoke.
    """
    said = sorted(
        (one for one in story.utterances if one.doubt is not Doubt.ECHO),
        key=lambda one: (one.span, one.id),
    )
    if not said:
        return ()
    first = said[0].span.start
    last = Millis(max(one.span.end for one in said))
    begun, why = _exploring(story, said, Span(first, last))
    closing = _closing(story, Span(first, last))
    found = []
    if begun > first:
        found.append(Phase(Stage.AGREEMENT, Span(first, begun), _AGREED))
    end = max(begun, closing if closing is not None else last)
    if end > begun:
        found.append(Phase(Stage.EXPLORING, Span(begun, Millis(end)), why))
    if closing is not None and last > end:
        found.append(Phase(Stage.CLOSING, Span(Millis(end), last), _FINISHING))
    return tuple(found)


_AGREED: Final = "what this session is for is being settled"
_HANDED_OVER: Final = "after the agreement the next step was handed over"
_ASKED: Final = "after the agreement the first question explores"
_NOT_HEARD: Final = "no agreement was noticed before it"
_FINISHING: Final = "from here on it is about how to finish"

REASONS: Final = (_AGREED, _HANDED_OVER, _ASKED, _NOT_HEARD, _FINISHING)
"""Every reason that a phase gives, for those who translate them."""


def _exploring(story: Story, said: list[Utterance], whole: Span) -> tuple[Millis, str]:
    """Where it begins, and why there.

    As with the doorway: the agreement goes on while more is agreed, and ends with the
    first hand-over, or with the first question of the coach that neither agrees nor
    cares for something.
    """
    kinds: dict[UtteranceId, set[str]] = {}
    for moment in story.moments:
        for begins in moment.utterance_ids[:1]:
            kinds.setdefault(begins, set()).add(moment.kind)
    latest = whole.start + whole.length * _OPENING
    agreed = False
    for one in said:
        here = kinds.get(one.id, set())
        if _AGREEMENT in here:
            agreed = agreed or one.span.start <= latest
        elif not agreed:
            continue
        elif here.intersection(PROCESS_KINDS):
            return one.span.start, _HANDED_OVER
        elif _CARE not in here and one.speaker is Speaker.COACH and _asks(one):
            return one.span.start, _ASKED
    return (whole.end, "") if agreed else (whole.start, _NOT_HEARD)


def _closing(story: Story, whole: Span) -> Millis | None:
    earliest = whole.start + whole.length * _ENDING
    again = max(
        (one.span.start for one in story.moments if one.kind in _REOPENS), default=-1
    )
    starts = [
        one.span.start
        for one in story.moments
        if one.kind == _CLOSING and one.span.start >= max(earliest, again)
    ]
    return min(starts, default=None)


def _asks(said: Utterance) -> bool:
    return any(sentence.asked for sentence in read(said.text))
