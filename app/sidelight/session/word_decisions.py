"""What the coach decides about words: which passages it is about, and what is refused.

An act names a passage as it is shown; what is stored names its sound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, assert_never
from unicodedata import category

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    AboutWords,
    PassagesMerged,
    PassageSplit,
    SpeakerChanged,
    WordsEdited,
)
from sidelight.domain.moments import PROCESS_KINDS, REREAD, Moment, MomentId
from sidelight.domain.rewording import Passage, cut_at
from sidelight.domain.transcript import Speaker, UtteranceId
from sidelight.session.word_acts import (
    LONGEST_WORDS,
    ChangeSpeaker,
    EditWords,
    MergePassages,
    SplitPassage,
    WordAct,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.story import Story
    from sidelight.partnering.learned.lessons import Lesson

_SEE: Final = "See what is shown: sidelight words SESSION list"
_DIVISIBLE_MS: Final = 2
_FOUND_AT_ONCE: Final = 100
"""More kinds than there are: so many numbers each decision has for what it finds."""


class Rereading(Protocol):
    """Reads words once more: ``partnering.learned.teaching.Teacher``.

    Attributes:
        version: Of the model.
    """

    version: str

    def read_again(
        self, story: Story, asked: frozenset[UtteranceId], lessons: Sequence[Lesson]
    ) -> list[Moment]:
        """What these utterances show."""
        ...


def shown_passages(story: Story) -> list[Passage]:
    """The passages of a session in order of time, without what is empty."""
    there = story.passages or tuple(map(Passage.of, story.utterances))
    shown = (one for one in there if one.utterance.text)
    return sorted(shown, key=lambda one: (one.utterance.span.start, one.utterance.id))


def about_words(story: Story, act: WordAct, number: int) -> AboutWords:
    """The decision that an act is.

    Args:
        story: The session as it is shown.
        act: What is asked for.
        number: Of the decision.

    Raises:
        UserError: It does not fit what is shown.
    """
    passages = shown_passages(story)
    at = next(
        (n for n, one in enumerate(passages) if one.utterance.id == act.passage),
        None,
    )
    if at is None:
        raise UserError(f"There is no passage {act.passage} with words.", _SEE)
    one = passages[at]
    match act:
        case EditWords(text=text):
            return _edit(story, one, text, number)
        case MergePassages():
            second = _next(passages, at)
            return PassagesMerged(story.position, number, one.place, second.place)
        case SplitPassage(words=words):
            return _split(story, one, words, number)
        case ChangeSpeaker(speaker=speaker):
            if speaker is one.utterance.speaker:
                raise UserError(
                    f"The words are the {speaker}'s already.",
                    "Name somebody else: coach, client or unknown.",
                )
            return SpeakerChanged(story.position, number, one.place, speaker)
        case _:
            assert_never(act)


def with_found(
    event: SpeakerChanged,
    shown: Story,
    rereading: Rereading,
    lessons: Sequence[Lesson],
    last_episode: int,
) -> SpeakerChanged:
    """The same with what the detector finds in the words; nothing in a client's.

    Args:
        event: Finds nothing yet.
        shown: The session with it.
        rereading: Reads.
        lessons: What it was taught.
        last_episode: The greatest number that an episode has.
    """
    if event.speaker is not Speaker.COACH:
        return event
    asked = frozenset(
        one.utterance.id for one in shown.passages if one.place == event.place
    )
    there = {
        (moment.kind, name) for moment in shown.moments for name in moment.utterance_ids
    }
    first = event.decision * _FOUND_AT_ONCE
    found = [
        replace(
            moment,
            id=MomentId(REREAD, first + n),
            episode=last_episode + 1 if moment.kind in PROCESS_KINDS else None,
        )
        for n, moment in enumerate(rereading.read_again(shown, asked, lessons))
        if not any((moment.kind, name) in there for name in moment.utterance_ids)
    ]
    return replace(event, found=tuple(found))


def _edit(story: Story, one: Passage, text: str, number: int) -> WordsEdited:
    plain = "".join(
        letter
        for letter in text
        if letter.isspace() or category(letter) not in ("Cc", "Cs")
    )
    said = " ".join(plain.split())
    if len(said) > LONGEST_WORDS:
        raise UserError(
            f"This is longer than {LONGEST_WORDS} characters.",
            "Split the passage first, and edit one part after the other.",
        )
    if said == one.utterance.text:
        raise UserError("It says so already.", "Change a word, or leave it.")
    return WordsEdited(story.position, number, one.place, said)


def _next(passages: Sequence[Passage], at: int) -> Passage:
    """The passage with which this one goes on."""
    one = passages[at].utterance
    for other in passages[at + 1 :]:
        said = other.utterance
        if said.speaker is one.speaker:
            return other
        if said.span.start >= one.span.end:
            raise UserError(
                "The next words are somebody else's.",
                "If they are not, change their speaker first.",
            )
    raise UserError("Nothing comes after these words.", "Choose an earlier passage.")


def _split(story: Story, one: Passage, words: int, number: int) -> PassageSplit:
    said = one.utterance
    count = len(said.words)
    if count < 2 or said.span.length < _DIVISIBLE_MS:  # noqa: PLR2004 - one word
        raise UserError("One word cannot be split.", "Choose a longer passage.")
    if not 0 < words < count:
        raise UserError(
            f"Split after word 1 to {count - 1} of these {count}.",
            "Name how many words come first.",
        )
    cut = cut_at(said, words)
    return PassageSplit(story.position, number, one.place, words, count, cut)
