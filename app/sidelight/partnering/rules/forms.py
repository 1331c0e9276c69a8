"""How a ``direction`` hands over the choice: open, a menu left open, or narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import Form
from sidelight.partnering.rules.grammar import Phrases
from sidelight.partnering.rules.lexicon import CLASSES

if TYPE_CHECKING:
    from sidelight.partnering.reading import Sentence

_OPTIONS: Final = Phrases.of(
    (
        (
            "or (do|shall|would|should|is|are|we|the|your|that|something|somewhere|go|"
            "stay|what|how|back|to|with|leave|turn|park|come|another|neither|none|"
            "anything|elsewhere|move|carry|look|in|on|you|more|start|"
            "right|left|her|him|"
            "them|a|it|maybe|whether|not|about|this|there|here|whatever|if)"
        ),
        "^ ~ (shall|should|do|would) (we|you) ~~ or _",
        "(two|both|three) (roads|paths|threads|ways|doors|directions|options)",
        "(there is|there are) !(~ minutes) ~~ (there is|there are|and|or)",
        "(one|first) is ~~ (other|another|second)",
    ),
    CLASSES,
)

_WAY_OUT: Final = Phrases.of(
    (
        (
            "(something|somewhere|anything|someone|anywhere|"
            "whatever) ~ (else|different|"
            "other|i|we|you|new|entirely)"
        ),
        (
            "or (neither|none|nowhere|elsewhere|somewhere|something|anything|whatever|"
            "wherever|what|not)"
        ),
        "(none|neither) of",
        "or is there ~",
        "(missed|left out|not (named|heard|mentioned)|am missing|forgotten)",
        "(another|other) (way|option|thread|place|direction)",
    ),
    CLASSES,
)

_PROPOSAL: Final = Phrases.of(
    (
        "^ ~ (shall|should|will|could|can|may) (we|i)",
        "^ ~ (would|do|are) you @want (to|us to) ~",
        "^ ~ (want|fancy|happy|up for) ~",
        "^ ~ (is|would|might|will) (it|this|that) ~",
        "^ ~ are you",
    ),
    CLASSES,
)

_OPEN_SOUNDING: Final = Phrases.of(
    ("^ ~ (how about|what if|how would it be)", "we (could|can|might)|exercise"),
    CLASSES,
)
"""One proposal, though it opens like a question with any answer."""

_WIDE: Final = Phrases.of(
    (
        "^ ~ (what|where|which|how|who) ~~",
        "(wherever|whatever|whichever|anywhere)",
    ),
    CLASSES,
)


def form_of(sentence: Sentence, turn: tuple[Sentence, ...]) -> Form:
    """The form of the hand-over in this sentence of the turn."""
    lines = [other.line for other in turn]
    options = any(_OPTIONS.find(line) for line in lines if line != sentence.line)
    own_options = _OPTIONS.find(sentence.line) is not None
    way_out = any(_WAY_OUT.find(line) for line in lines)
    if (own_options or options) and way_out:
        return Form.MENU_OPEN
    if own_options:
        return Form.NARROW
    if _OPEN_SOUNDING.find(sentence.line):
        return Form.NARROW
    wide = _WIDE.find(sentence.line) is not None
    if _PROPOSAL.find(sentence.line) and not wide:
        return Form.NARROW
    if options and sum(_OPTIONS.find(line) is not None for line in lines) > 0:
        return Form.NARROW
    return Form.OPEN
