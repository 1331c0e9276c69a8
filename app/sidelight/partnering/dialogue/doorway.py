"""Between settling what a session is for and exploring it: was there a hand-over?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.dialogue import Doorway
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.timeline import Span
from sidelight.partnering.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.partnering.dialogue.told import Told

_AGREEMENT: Final = "agreement"
_CARE: Final = "care"


def doorway(turns: Sequence[Told]) -> Doorway | None:
    """The first one of the session.

    It opens with the first agreement, is still open while more is agreed, and closes
    with the first hand-over, or with the first question of the coach that neither
    agrees nor cares for something: that one explores.

    Returns:
        ``None`` where nothing was agreed, or nothing explored.
    """
    agreed: Span | None = None
    for here in turns:
        if not here.by_coach:
            continue
        settled, move = here.moment(_AGREEMENT), here.moment(*PROCESS_KINDS)
        if settled is not None:
            agreed = settled.span
        if agreed is None:
            continue
        if move is not None:
            return Doorway(_from(agreed, move.span), move, move.quote)
        if settled is None and here.moment(_CARE) is None and _asks(here):
            return Doorway(_from(agreed, here.turn.span), None, here.turn.text)
    return None


def _from(agreed: Span, then: Span) -> Span:
    return Span(min(agreed.end, then.end), then.end)


def _asks(here: Told) -> bool:
    return any(sentence.asked for sentence in read(here.turn.text))
