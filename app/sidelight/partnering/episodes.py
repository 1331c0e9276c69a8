"""Which hand-over a process moment belongs to.

Negotiating the answer, repeating the question, or offering possibilities after "I don't
know" are one episode (the clocks count from its last hand-over); once the client has
answered and the conversation moved on, the next hand-over is a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.replies import is_unsure

if TYPE_CHECKING:
    from sidelight.partnering.context import Context, Turn

NEGOTIATION_TURNS: Final = 2
"""The reply and the next move: further apart, it is a new hand-over."""

CLEAR_ANSWER_WORDS: Final = 25
"""A reply this long has gone into the matter, so the hand-over was accepted."""


@dataclass(slots=True)
class Episodes:
    """Numbers the session's hand-overs from 1 on."""

    _number: int = 0
    _at_turn: int = 0
    _kinds: frozenset[str] = frozenset()

    def place(self, kinds: frozenset[str], turn: Turn, context: Context) -> int:
        """The episode of a hand-over of these process kinds in this turn."""
        here = context.turns
        again = self._number > 0 and (
            here == self._at_turn
            or (
                here - self._at_turn <= NEGOTIATION_TURNS
                and self._negotiates(kinds, turn, context)
            )
        )
        if not again:
            self._number += 1
        self._at_turn = here
        self._kinds = kinds
        return self._number

    def resume(self, last: int) -> None:
        """Give no number again that was given, up to ``last``."""
        self._number = max(self._number, last)

    def _negotiates(self, kinds: frozenset[str], turn: Turn, context: Context) -> bool:
        if turn.speaker is Speaker.UNKNOWN:
            reply = context.previous[-1] if context.previous else None
        else:
            reply = context.last(Speaker.CLIENT)
        if reply is None:
            return True
        text = reply.turn.text
        if is_unsure(text):
            return True
        return bool(kinds & self._kinds) and len(text.split()) <= CLEAR_ANSWER_WORDS
