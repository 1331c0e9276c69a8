"""Words that show somebody is still thinking, and words that leave them to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidelight.partnering.grammar import Phrases
from sidelight.partnering.reading import read, word_set

if TYPE_CHECKING:
    from sidelight.partnering.reading import Sentence

_HESITATES: Final = re.compile(
    r"(?:\b(?:u+h+m*|u+m+|e+r+m*|h+m+|m+)\W*|…|\.\.\.)\s*$", re.IGNORECASE
)
"""A sound of looking for words at the very end, or words that trail off; ``reading``
leaves the former out."""

_OPEN_ENDED: Final = word_set("a an the and but or because if my your our their")
"""No sentence ends with one of these, whatever stop the recogniser set."""

_MOSTLY_OPEN: Final = word_set("to of that which who with from about so his is was")
"""A sentence may end with one of these ("I never thought of that."): with a stop."""

_THINKS: Final = Phrases.of(
    (
        "let me (think|see)",
        "(i am|i have to|i need to|i would have to) (think|thinking) $",
        "(give me|i need) [a|one] (second|moment|minute)",
        "(wait|hang on|hold on) $",
        "(how|what) (do|can|should) i (say|put|call) (this|it|that)",
        "what is the word",
        "i do not know $",
        "i (wonder|guess) $",
    ),
    {},
)

_LEAVES: Final = Phrases.of(
    (
        "take (your|all the|as much|as long) ~ (time|need|like|want)",
        "no (rush|hurry)",
        "(there is|we have) ~ time",
        "^ i am (here|listening|with you) $",
        "i will (be quiet|wait)",
        "^ (stay|sit) (with|in) (that|it|this)",
        "^ (breathe|take a breath)",
        "when [ever] you are ready",
    ),
    {},
)


def still_thinks(text: str) -> bool:
    """Whether these words end in the middle of a thought."""
    sentences = read(text)
    if _HESITATES.search(text):
        return True
    return bool(sentences) and _breaks_off(
        sentences[-1], stopped=text.rstrip().endswith((".", "?", "!"))
    )


def leaves_silence(text: str) -> bool:
    """Whether these words ask for nothing ("take your time")."""
    sentences = read(text)
    return not sentences or _LEAVES.find(sentences[-1].line) is not None


def _breaks_off(last: Sentence, *, stopped: bool) -> bool:
    word = last.words[-1]
    lacks_more = word in _OPEN_ENDED or (not stopped and word in _MOSTLY_OPEN)
    return lacks_more or _THINKS.find(last.line) is not None
