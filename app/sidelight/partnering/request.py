"""The client's request: what is wanted from this session, in the client's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.grammar import Phrases
from sidelight.partnering.reading import Sentence, read

if TYPE_CHECKING:
    from sidelight.partnering.context import Context, Turn

OPENING_TURNS: Final = 24
"""Turns in which the session's agreement is usually settled."""

_WANT: Final = Phrases.of(
    (
        (
            "i (would|want|need|wanted|hope|am|was|guess) ~ (like|love|to|some|a|need|"
            "want|hoping|looking|something|be able)"
        ),
        "(what i (want|would|need)|my (goal|aim|hope|wish|question) ~) ~~",
        (
            "(help me|if i could|if we could|it would be (good|great|"
            "nice|lovely|useful)|"
            "some clarity|be able to|figure out|work out|make sense of|get clear|"
            "(talk|think|work) (about|through|on)|decide|know (what|how|whether|if)|"
            "feel (less|more|ready|clear*|better|like))"
        ),
    ),
    {},
)

_TODAY: Final = Phrases.of(
    (
        (
            "(today|this session|this hour|our session|this conversation|our time|"
            "by the end|at the end of this|out of this|from this|leave with|walk away|"
            "come away|walk out|leave here|with you|in here)"
        ),
    ),
    {},
)

_NOT: Final = Phrases.of(
    (
        "i (do|did|would) not (want|need|like)",
        "i (wanted|needed) ~ (him|her|them|it) ",
        "(want|need|like) (him|her|them|my|everyone|people|the) ~ to",
        "(he|she|they) (want*|need*|would|said)",
    ),
    {},
)


class Clarity(IntEnum):
    """How surely a sentence says what the client wants from the session."""

    ANSWERED = 1
    """A wish, right after the coach asked."""

    NAMED = 2
    """A wish that names the session itself."""


@dataclass(slots=True)
class Requests:
    """Follows the client's request; the newest of the clearest counts."""

    _best: Clarity | None = None

    def hear(self, turn: Turn, context: Context) -> tuple[int, int] | None:
        """The range of characters of a new request in this turn, if it holds one."""
        if turn.speaker is Speaker.COACH:
            return None
        asked = _was_asked(turn, context)
        if not asked and context.turns >= OPENING_TURNS:
            return None
        for sentence in read(turn.text):
            clarity = _clarity(sentence, asked=asked)
            if clarity is None or (self._best is not None and clarity < self._best):
                continue
            self._best = clarity
            wish = _WANT.find(sentence.line)
            first = wish[0] if wish is not None else 0
            return (sentence.places[first][0], sentence.place[1])
        return None


def _was_asked(turn: Turn, context: Context) -> bool:
    if turn.speaker is Speaker.UNKNOWN:
        before = context.previous[-1] if context.previous else None
    else:
        before = context.last(Speaker.COACH)
    return before is not None and "agreement" in before.labels


def _clarity(sentence: Sentence, *, asked: bool) -> Clarity | None:
    if sentence.asked or _NOT.find(sentence.line) or not _WANT.find(sentence.line):
        return None
    if _TODAY.find(sentence.line):
        return Clarity.NAMED
    return Clarity.ANSWERED if asked else None
