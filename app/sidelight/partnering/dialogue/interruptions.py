"""Who begins while the other is in mid-flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.dialogue import Interruption
from sidelight.domain.timeline import Millis, Span
from sidelight.partnering.dialogue.floor import BRIEF_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.transcript import Speaker, Utterance
    from sidelight.partnering.dialogue.floor import Floor, Stretch

LEAST_OVERLAP_MS: Final = 500
"""The other must go on for so long. People foresee the end of a turn and start a little
before it (Sacks, Schegloff and Jefferson 1974; Levinson and Torreira 2015): a short
overlap is good timing, and half a second is what the times of words can tell apart."""

IN_FLOW_MS: Final = 1_000
"""The other must have been speaking for so long: two who begin together interrupt
nobody."""

FRESH_MS: Final = 1_000
"""Who spoke within the last second is going on with a turn, and has been cut in on if
anything."""


def interruptions(floor: Floor) -> Iterator[Interruption]:
    """All of them, of both people, in order.

    Sounds of listening are none, nor is what the recogniser doubts. Something brief
    that the other talks right past counts as listening too, whatever its words.
    """
    newest: dict[Speaker, Stretch] = {}
    for stretch in floor.talk:
        own = newest.get(stretch.speaker)
        # One speaker's stretches lie apart, so only the other's newest can go on here.
        others = (newest[one] for one in newest if one is not stretch.speaker)
        going = next(others, None)
        newest[stretch.speaker] = stretch
        if going is None or not _in_flow(going, stretch.span.start):
            continue
        if _goes_on_itself(floor, stretch, own) or stretch.doubted or going.doubted:
            continue
        went_on = going.span.end > stretch.span.end
        if went_on and stretch.span.length < BRIEF_MS:
            continue
        yield Interruption(
            stretch.speaker,
            stretch.span,
            Millis(going.span.end - stretch.span.start),
            went_on,
            (_at(going, stretch.span.start).id, stretch.utterances[0].id),
            stretch.utterances[0].text,
        )


def _in_flow(going: Stretch, start: Millis) -> bool:
    """Whether this is well under way at ``start``, and does not end there."""
    return (
        going.span.start <= start - IN_FLOW_MS
        and going.span.end >= start + LEAST_OVERLAP_MS
    )


def _goes_on_itself(floor: Floor, stretch: Stretch, own: Stretch | None) -> bool:
    """Whether it may be the rest of the same person's turn."""
    lately = Span(Millis(max(0, stretch.span.start - FRESH_MS)), stretch.span.start)
    return not floor.knows(lately) or (own is not None and own.span.end > lately.start)


def _at(stretch: Stretch, position: Millis) -> Utterance:
    """The utterance that is going on there, or the last that had begun."""
    begun = [one for one in stretch.utterances if one.span.start <= position]
    return begun[-1] if begun else stretch.utterances[0]
