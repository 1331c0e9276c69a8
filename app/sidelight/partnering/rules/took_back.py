"""Whether a turn goes on to answer or replace the question it had handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.partnering.rules.grammar import Phrases
from sidelight.partnering.rules.lexicon import CLASSES

if TYPE_CHECKING:
    from sidelight.partnering.reading import Sentence

_OWN_CHOICE: Final = Phrases.of(
    (
        (
            "^ ~ lets ~ (start|go|look|take|begin|talk|do|focus|stay|explore|turn|come|"
            "move|pick|say|with|return|work)"
        ),
        "i am (thinking|going to (start|suggest|say|pick|go)|guessing|inclined)",
        "i think (we|it|the|your|that|you (should|need|want|have)|there is)",
        (
            "(i would|i will|i want to) (say|go|start|begin|pick|suggest|like [us] to|"
            "choose|come back|ask)"
        ),
        "(we will|we should|we are going to|we had better|why do not we) ~",
        "(probably|presumably|i guess|i suppose) ~ (the|your|with|that|it|we)",
        "(no|well|actually) (do not answer|never mind|forget|scrap)",
        "(never mind|forget that|scrap that|do not answer)",
        "(tell me|say more) ~ (about|what|how|why)",
        "it is (the|your) ~ (that|i think|is not it)",
        "how about (we|your|the|him|her|with) ~",
    ),
    CLASSES,
)

_ELSEWHERE: Final = Phrases.of(
    (
        "(did|was|were|had|has|have|does|is|will|would) (he|she|they|him|her|them)",
        "(he|she|they) (said|did|was|were|say|do|think|want|react*|respond*)",
        "(what|why|how|when|who) (did|was|were|had) ~",
        "(your|the) ~ (@relation|@life)",
        "(have you|did you) ~",
    ),
    CLASSES,
)

_STILL_OPEN: Final = Phrases.of(
    (
        (
            "(would|do|does|is|what do|how does|how is) (you|that|"
            "it) ~ (want|like|think|"
            "work|fit|suit|sound|feel|reckon|ok|prefer)"
        ),
        "or (something|somewhere|not|elsewhere|anything|what|is there|would|do|shall)",
        "up to you|your (call|choice)|you (choose|decide|pick)",
        "(which|where|what) (one|way|of|would|do|shall|feels|is|next|first)",
        (
            "^ ~ (there is|you mentioned|we (could|can|might)|i (heard|hear)|so there|"
            "no rush|take your)"
        ),
        "^ ~ (ok|yeah|right|yes|sound|hm) $",
    ),
    CLASSES,
)


def taken_back(asked_in: int, sentences: tuple[Sentence, ...]) -> int | None:
    """The later sentence that answers or replaces the question, if there is one.

    Args:
        asked_in: Index of the sentence that hands over.
        sentences: The turn's.
    """
    later = range(asked_in + 1, len(sentences))
    if any(_STILL_OPEN.find(sentences[number].line) for number in later):
        return None
    for number in later:
        sentence = sentences[number]
        if _OWN_CHOICE.find(sentence.line):
            return number
        if sentence.asked and _ELSEWHERE.find(sentence.line):
            return number
    return None
