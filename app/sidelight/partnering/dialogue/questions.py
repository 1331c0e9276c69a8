"""The coach's questions, open and closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sidelight.domain.dialogue import Question
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidelight.domain.transcript import Utterance
    from sidelight.partnering.reading import Sentence

_ASKS_FOR_MORE: Final = re.compile(
    r"(?<!\S)(?:"
    r"(?:what|which|who|whose|whom|why) "
    r"|(?:how|where|when) (?!i |you |we |he |she |it |they |the |my |your |that )"
    r"|(?:can|could|would|will) you (?:tell|say|describe|explain|talk|share|help) "
    r"|(?:tell me|say) (?:a )?(?:bit |little )?(?:more|about) "
    r")"
)
"""Opens a question that yes or no does not answer; "could you tell me" asks what "tell
me" asks."""

_ASKS_WHETHER: Final = re.compile(
    r"(?<!\S)(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|shall|"
    r"should|may|might|am) (?:not )?"
    r"(?:i|you|we|he|she|it|they|this|that|there|these|those|the|a|any|your|my|our|"
    r"his|her|their) "
)

_TAG: Final = re.compile(r"(?<!\S)(?:ok|right|all right|yeah|yes|no|please) \Z")
"""What makes a statement sound like a question, and hands nothing over."""

_STOPS: Final = ".?!…;:"


def questions(utterances: Iterable[Utterance]) -> Iterator[Question]:
    """Each question of the coach, in order of time; a tag ("okay?") is none."""
    mine = (
        said
        for said in utterances
        if said.speaker is Speaker.COACH and said.doubt is not Doubt.ECHO
    )
    for utterance in sorted(mine, key=lambda said: (said.span, said.id)):
        yield from _in(utterance)


def _in(utterance: Utterance) -> Iterator[Question]:
    # ``read`` parts long sentences where a clause opens; here they are whole again.
    goes_on = False
    for sentence in read(utterance.text):
        is_open = _is_open(sentence)
        start, end = sentence.place
        quote = utterance.text[start:end].strip()
        if is_open is not None and not (goes_on and not is_open):
            yield Question(utterance.span, quote, is_open)
        goes_on = is_open is True and quote[-1] not in _STOPS


def _is_open(sentence: Sentence) -> bool | None:
    """Whether it asks for more than yes, no or one of several; ``None``: no question.

    The opening that comes first decides: "is that what you want" is closed.
    """
    if not sentence.asked:
        return None
    more = _ASKS_FOR_MORE.search(sentence.line)
    whether = _ASKS_WHETHER.search(sentence.line)
    if more is not None and (whether is None or more.start() <= whether.start()):
        return True
    if whether is None and _TAG.search(sentence.line):
        return None
    return False
