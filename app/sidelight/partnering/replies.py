"""What short replies mean: listening along, or not knowing."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.grammar import Phrases
from sidelight.partnering.reading import read, word_set

_BACKCHANNEL = word_set(
    "mm mmm mhm mhmm uh huh hmm hm right yeah yes yep ok sure ah oh wow i see got "
    "it of course go on totally absolutely exactly no"
)

_BACKCHANNEL_WORDS: Final = 3

_UNSURE: Final = Phrases.of(
    (
        "(do not|did not) [even] know !(what|how|who|why|if|whether|where|when|that) _",
        "(do not|did not) [even] know $",
        (
            "(do not|did not) [even] know ~ (where|what|which) ~ "
            "(start|begin|first|next|choose|pick|take|want)"
        ),
        "not sure",
        "no idea",
        "you (tell|choose|decide|pick) [me]",
        "what do you (think|mean|suggest)",
        "hard to say",
        "^ (we might|could do|either|both)",
        "(any|all) of (it|them)",
        "i suppose",
        "good question",
        "have to think",
        "(it|that) depends",
    ),
    {},
)


def is_backchannel(text: str) -> bool:
    """Whether these few words only say "I am listening" (no words at all do too)."""
    words = [word for sentence in read(text) for word in sentence.words]
    return len(words) <= _BACKCHANNEL_WORDS and all(w in _BACKCHANNEL for w in words)


def is_unsure(text: str) -> bool:
    """Whether the reply leaves the choice open ("I don't know, you tell me")."""
    return any(_UNSURE.find(sentence.line) for sentence in read(text))
