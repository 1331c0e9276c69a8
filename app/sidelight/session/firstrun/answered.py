"""Whoever tries the program alone gets an answer, so that each question is a turn.

Without one, what is asked next would belong to the turn before, and an everyday
question after "Where would you like to start?" would take that one back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.events import MomentNoticed
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import (
    LIVE_TRANSCRIPT,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.events import MomentWithdrawn, RequestHeard
    from sidelight.domain.known import Known
    from sidelight.domain.moments import MomentArmed
    from sidelight.domain.transcript import Partial
    from sidelight.session.pipeline import Hearing

_ANSWER: Final = "Let me think about that for a moment."
"""Nobody hears or sees it. It chooses nothing, so nothing follows from it."""


class Answered:
    """Tells a listener a client's turn after each hand-over.

    Args:
        listener: Who is told.
    """

    def __init__(self, listener: Hearing) -> None:
        self._listener = listener
        self._answers = 0

    def hear(
        self, utterance: Utterance, at: Millis
    ) -> Sequence[MomentNoticed | MomentWithdrawn | RequestHeard]:
        """See ``Hearing``; what follows from the answer is nobody's business."""
        found = self._listener.hear(utterance, at)
        if any(isinstance(event, MomentNoticed) for event in found):
            self._listener.hear(self._answer(utterance.span.end), at)
        return found

    def foresee(self, partial: Partial) -> Sequence[MomentArmed]:
        """See ``Hearing``."""
        return self._listener.foresee(partial)

    def resume(self, known: Known) -> None:
        """See ``Hearing``."""
        self._listener.resume(known)

    def _answer(self, at: Millis) -> Utterance:
        self._answers += 1
        span = Span(at, Millis(at + 1))
        texts = _ANSWER.split()
        return Utterance(
            # Below every number that is given.
            id=UtteranceId(LIVE_TRANSCRIPT, -self._answers),
            speaker=Speaker.CLIENT,
            span=span,
            words=tuple(Word(text, span, 1.0) for text in texts),
            text=_ANSWER,
            doubt=None,
        )
