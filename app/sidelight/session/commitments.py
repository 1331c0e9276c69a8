"""Which of a client's sentences is a promise: something they will do, as settled.

A "will" alone is none: people say it of what they fear, of what they would say to
somebody, and in stories. It counts where something around it settles it: the coach had
asked what happens next, or the sentence names a day. Phrases, not a model: each can be
read, and a line that is left out is added in seconds, while a wrong one costs trust.
What they find in written sessions stands in ``docs/benchmarks.md``.
"""

from __future__ import annotations

import re
from typing import Final

from sidelight.partnering.grammar import Phrases
from sidelight.partnering.reading import read

_CLASSES: Final = {
    "day": "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mondays|tuesdays"
    "|wednesdays|thursdays|fridays|saturdays|sundays|today|tonight|tomorrow|this night"
    "|(this|next) (week|month|weekend|morning|afternoon|evening|time)"
    "|in the (morning|afternoon|evening)",
    "will": "i will|i am going to",
    "do": "call|ring|text|write|send|go|ask|tell|talk|start|take|bring|put|read|meet",
    "they": "he|she|they|you",
    "say": "say|says|said|think|thinks|thought|tell|tells|told|go|goes|be|know",
}
_WILL: Final = Phrases.of(("@will",), _CLASSES)
_DAY: Final = Phrases.of(("@day",), _CLASSES)
_IN_THE_DIARY: Final = Phrases.of(("i @do", "i am (calling|ringing)"), _CLASSES)
"""What is on somebody's calendar is said in the present: with a day, and when asked."""

_NO_DEED: Final = Phrases.of(
    (
        "@will (not be|never|always|be|feel|see|think|remember|believe|love|want to)",
        "@will (end up|panic|miss|forget|cry|look like|lose|sound|die|stop)",
        "@will (admit|mention|try to|need to)",
        "@will say !(it)",
        "@will have (to|a|an|some|another|one)",
        "@will tell you !(on|how|next|about|after|when|tomorrow)",
        "@will [not] give you",
        "i am going to be (the|a|an|so|in|late|you|me|her|him)",
    ),
    _CLASSES,
)
"""What they fear, feel, or say in passing; courtesies to the coach."""

_NOT_THEIRS_NOW: Final = Phrases.of(
    (
        "^ [and|so|but|then|because] (that|if|when|whenever|unless|what|where|how|why)",
        "(otherwise|because|unless|whether|what if|even if|and if|but if|not until)",
        "(i|we) (would|could|can|should) ~ @will",
        "i (would|could) say",
        "i (thought|said|told|was going)",
        "@they [would|could|will] @say ~~ @will",
        "then one day",
    ),
    _CLASSES,
)
"""A condition, a reason, a thought of then, or what somebody else might hear."""

_HEDGES: Final = re.compile(
    r"\b(maybe|perhaps|might|probably|i'm afraid|no,? i won't|strike that)\b"
)
"""On the words as they were said: reading levels some of them away."""

_ASKS: Final = Phrases.of(
    (
        # What happens next.
        "what (will|are|would|do) you ~ (do|try|need to do|commit)",
        "(anything|something) you want to do",
        "(are you|so you are) going to",
        "what (is|are) (the|your) [actual|next|first|action] (plan|step|steps|action*)",
        "(next|first|action) steps",
        "between now and",
        # When, and by when.
        "when (is|are|will|would|do|does) (you|this|it|that|the|he|she|they)",
        "(by when|is it this|this coming|until (then|next|@day))",
        # What helps, and what stands in the way.
        "what (will|would|could|might|can) ~ (remind|keep|help|stop|get in|stand in)",
        "who (can|could|will|is|else|would)",
        "from whom",
        "(how|what) ~ (hold|keep) (yourself|you|track)",
        "(accountable|keep [you] [on] track)",
        # What comes back, and what goes with them.
        "(how|when) ~ (know|hear|tell me|let me know|keep)",
        "(let me know|like to hear|check in with you|tell me how)",
        "what ~~ (take*|taking|leaving|carry|walking out|driving home|hold on)",
        "(key takeaway*|off with)",
        "how (confident|committed|likely)",
    ),
    _CLASSES,
)
_ACKNOWLEDGES: Final = 6
"""A coach's turn of at most so many words that asks nothing leaves the floor as it is:
what was asked before it stands."""


def asks_what_next(text: str) -> bool:
    """Whether these words of the coach ask what the client will do, when or how."""
    return any(_ASKS.find(sentence.line) for sentence in read(text))


def only_acknowledges(text: str) -> bool:
    """Whether these words of the coach leave standing what was asked before."""
    asked = any(sentence.asked for sentence in read(text))
    return not asked and len(text.split()) <= _ACKNOWLEDGES


def is_promise(text: str, *, asked: bool) -> bool:
    """Whether this says what the speaker will do, as settled.

    Args:
        text: One sentence, as it was heard.
        asked: The coach had asked what happens next.
    """
    if _HEDGES.search(text.lower().replace("\u2019", "'")):
        return False
    lines = [sentence.line for sentence in read(text)]
    return any(_promises(line, asked=asked) for line in lines)


def _promises(line: str, *, asked: bool) -> bool:
    if _NO_DEED.find(line) or _NOT_THEIRS_NOW.find(line):
        return False
    dated = _DAY.find(line) is not None
    if _WILL.find(line):
        return dated or asked
    return dated and asked and _IN_THE_DIARY.find(line) is not None
