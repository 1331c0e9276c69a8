"""A turn as the model looks at it: whole, and its newest utterance alone.

The detector and what is taught look through this one module, so that a lesson lies
exactly where the detector will be when it comes past.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.partnering.learned.encoding import BEFORE, Encoded, encode
from sidelight.partnering.replies import is_backchannel

if TYPE_CHECKING:
    from sidelight.domain.timeline import Span
    from sidelight.partnering.context import Context, Turn
    from sidelight.partnering.learned.encoding import WordPieces


def views(pieces: WordPieces, turn: Turn, context: Context) -> list[Encoded]:
    """The whole turn so far; then its newest utterance, the rest around it.

    Args:
        pieces: Splits text.
        turn: So far.
        context: The conversation before it.
    """
    before = [(past.turn.speaker, past.turn.text) for past in context.previous]
    found = [encode(pieces, turn.text, turn.speaker, before, context.turns)]
    *earlier, newest = turn.utterances
    if earlier and not is_backchannel(newest.text):
        said = " ".join(utterance.text for utterance in earlier)
        around = [*before, (turn.speaker, said)]
        found.append(encode(pieces, newest.text, turn.speaker, around, context.turns))
    return found


def looked_at(turn: Turn, context: Context) -> Span:
    """From the first to the last word that the views of a turn may hold."""
    span = turn.span
    for past in context.previous[-len(BEFORE) :]:
        span = span.hull(past.turn.span)
    return span
