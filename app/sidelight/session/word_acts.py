"""What a coach does to words: small frozen values, for pipe and socket alike.

They name passages as they are shown. What they hold of words is the coach's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, assert_never

from sidelight.domain.errors import WireError
from sidelight.domain.transcript import Speaker, UtteranceId

LONGEST_WORDS: Final = 10_000
"""Characters; a request has to fit into one message of the control socket."""


@dataclass(frozen=True, slots=True)
class EditWords:
    """This was said.

    Attributes:
        passage: As it is shown.
        text: What was said; ``""``: nothing.
    """

    passage: UtteranceId
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MergePassages:
    """This passage goes on with the next one of the same person."""

    passage: UtteranceId


@dataclass(frozen=True, slots=True)
class SplitPassage:
    """This passage is two.

    Attributes:
        passage: As it is shown.
        words: How many of its words come first.
    """

    passage: UtteranceId
    words: int


@dataclass(frozen=True, slots=True)
class ChangeSpeaker:
    """Somebody else said this.

    Attributes:
        passage: As it is shown.
        speaker: Who.
    """

    passage: UtteranceId
    speaker: Speaker


WordAct = EditWords | MergePassages | SplitPassage | ChangeSpeaker


def word_act_to_dict(act: WordAct) -> dict[str, Any]:
    """As JSON-ready data."""
    about = str(act.passage)
    match act:
        case EditWords(text=text):
            return {"act": "edit", "passage": about, "text": text}
        case MergePassages():
            return {"act": "merge", "passage": about}
        case SplitPassage(words=words):
            return {"act": "split", "passage": about, "words": words}
        case ChangeSpeaker(speaker=speaker):
            return {"act": "speaker", "passage": about, "speaker": speaker.value}
        case _:
            assert_never(act)


def word_act_from_dict(data: dict[str, Any]) -> WordAct:
    """The act of ``word_act_to_dict``.

    Raises:
        WireError: It is none that this version knows.
    """
    try:
        match data:
            case {"act": "edit", "passage": str(about), "text": str(text)}:
                return EditWords(UtteranceId.parse(about), text)
            case {"act": "merge", "passage": str(about)}:
                return MergePassages(UtteranceId.parse(about))
            case {"act": "split", "passage": str(about), "words": int(words)}:
                return SplitPassage(UtteranceId.parse(about), words)
            case {"act": "speaker", "passage": str(about), "speaker": str(speaker)}:
                return ChangeSpeaker(UtteranceId.parse(about), Speaker(speaker))
            case _:
                pass
    except ValueError:
        pass
    raise WireError("no act of this version")
