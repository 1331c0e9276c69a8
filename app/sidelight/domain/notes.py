"""The two documents after a session: the client's note and the coach's own reflection.

They never mix. Every line of the client note is a quote with its sound, *unchecked*
until the coach accepts it; what is not accepted never leaves the program.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.transcript import Speaker

if TYPE_CHECKING:
    from datetime import datetime

    from sidelight.domain.cues import Hold
    from sidelight.domain.dialogue import Dialogue
    from sidelight.domain.moments import Form, Moment
    from sidelight.domain.timeline import Millis, Span
    from sidelight.domain.transcript import Doubt, UtteranceId
    from sidelight.domain.wording import Wording


class Section(StrEnum):
    """Where a line stands, in the order in which it is read.

    First the client note's; ``OWN`` are parts that the coach added to it, told apart by
    their headings. Then the reflection note's, which a client note never has.
    """

    FOCUS = "focus"
    OUTCOME = "outcome"
    INSIGHTS = "insights"
    COMMITMENTS = "commitments"
    OWN = "own"
    KEEP = "keep"
    FORK = "fork"
    PRACTISE = "practise"
    NOTICED = "noticed"
    WORDS = "words"

    @property
    def private(self) -> bool:
        """Whether it belongs to the reflection note."""
        return self in _PRIVATE


_PRIVATE: Final = (
    Section.KEEP,
    Section.FORK,
    Section.PRACTISE,
    Section.NOTICED,
    Section.WORDS,
)


@dataclass(frozen=True, slots=True)
class NotePart:
    """A part of a client note as its coach wants it.

    Attributes:
        section: What is drafted into it; ``OWN``: nothing, only the coach writes there.
        title: Its heading; those of ``OWN`` parts differ from each other.
    """

    section: Section
    title: str


STANDARD_PARTS: Final = (
    NotePart(Section.FOCUS, "What you wanted from this session"),
    NotePart(Section.OUTCOME, "Where you arrived"),
    NotePart(Section.INSIGHTS, "What you saw"),
    NotePart(Section.COMMITMENTS, "What you said you will do"),
)


class Standing(StrEnum):
    """What the coach has said of a drafted line."""

    UNCHECKED = "unchecked"
    ACCEPTED = "accepted"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One line of a note: somebody's own words, and where they can be heard.

    Attributes:
        section: Where it stands.
        quote: The words as recognised.
        speaker: Who said them.
        span: Their sound.
        utterance_ids: The utterances they come from.
        doubt: Why they should be heard first, or ``None``.
        heard: The coach has listened to the sound, so that the words may be quoted
            although the recogniser doubted them.
        standing: What the coach has said of it.
    """

    section: Section
    quote: str
    speaker: Speaker
    span: Span
    utterance_ids: tuple[UtteranceId, ...]
    doubt: Doubt | None = None
    heard: bool = False
    standing: Standing = Standing.UNCHECKED

    @property
    def may_leave(self) -> bool:
        """Whether it is accepted, and nothing that nobody has heard."""
        return self.standing is Standing.ACCEPTED and (self.doubt is None or self.heard)


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line of a note in the coach's words: no quote, accepted by being written.

    Attributes:
        section: Where it stands.
        text: The words.
        heading: Of the part, where the coach added it; else ``""``.
        span: The sound of the quotation that it stands in place of, or ``None``.
    """

    section: Section
    text: str
    heading: str = ""
    span: Span | None = None

    def in_part(self, part: NotePart) -> bool:
        """Whether it stands there."""
        same = self.section is part.section
        return same and (part.section is not Section.OWN or self.heading == part.title)


@dataclass(frozen=True, slots=True)
class ClientNote:
    """What the client may be given.

    Attributes:
        started_at: When the session was.
        client: First name, or ``""``.
        minutes: Length, rounded, at least 1.
        lines: Drafted lines in the order of their sections, then of time.
        accepted_by_demo: The demo accepted its own lines; the note says so.
        own: Lines that the coach wrote, in order of writing.
        parts: What it consists of, in the order in which it is read. Every line has its
            part.
    """

    started_at: datetime
    client: str
    minutes: int
    lines: tuple[DraftLine, ...]
    accepted_by_demo: bool = False
    own: tuple[OwnLine, ...] = ()
    parts: tuple[NotePart, ...] = STANDARD_PARTS

    def accepted(self, section: Section) -> tuple[DraftLine, ...]:
        """The lines of this section that may leave the program."""
        return tuple(
            line for line in self.lines if line.section is section and line.may_leave
        )

    def accept_all_for_demo(self) -> ClientNote:
        """The note as the demo exports it: everything accepted, and marked so."""
        lines = tuple(replace(x, standing=Standing.ACCEPTED) for x in self.lines)
        return replace(self, lines=lines, accepted_by_demo=True)


class Choice(StrEnum):
    """Why a moment is one of the three that are shown first."""

    KEEP = "keep"
    FORK = "fork"
    PRACTISE = "practise"
    """A stretch without a question about how to go on, to look at."""


@dataclass(frozen=True, slots=True)
class ChosenMoment:
    """One of the three moments shown first, with an observation and a question.

    Attributes:
        choice: To keep, a fork, or a stretch to look at.
        span: The sound it rests on.
        quote: The words it rests on; ``""`` where it is about a stretch of time.
        speaker: Whose words they are.
        observation: What happened, without judgement.
        question: An open question for the coach.
        moment: The moment, where there is one.
        answer: The client's next words, where they are the evidence; else ``""``.
        as_heard: The words are as the recogniser heard them live: nobody has gone over
            them since.
    """

    choice: Choice
    span: Span
    quote: str
    speaker: Speaker
    observation: Wording
    question: Wording
    moment: Moment | None = None
    answer: str = ""
    as_heard: bool = False

    @property
    def at(self) -> Millis:
        """The time that is told of it: where its mark stands, or the words begin."""
        return self.span.start if self.moment is None else self.moment.at

    @property
    def words(self) -> tuple[tuple[Speaker, str], ...]:
        """What was said, each with who said it; nothing where no words are known."""
        said = ((self.speaker, self.quote), (Speaker.CLIENT, self.answer))
        return tuple((speaker, words) for speaker, words in said if words)


@dataclass(frozen=True, slots=True)
class KindSummary:
    """When one process kind happened.

    Attributes:
        kind: Its id.
        moments: In order of time.
        forms: How each ``direction`` handed over, in the same order.
    """

    kind: str
    moments: tuple[Moment, ...]
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class CueSummary:
    """What became of the cues.

    Attributes:
        shown: How many appeared.
        held: How many did not, by what held them back most; the most frequent first.
    """

    shown: int
    held: tuple[tuple[Hold, int], ...]


@dataclass(frozen=True, slots=True)
class ReflectionNote:
    """What the coach keeps for themselves.

    Attributes:
        started_at: When the session was.
        client: First name, or ``""``.
        minutes: Length, rounded, at least 1.
        three: At most three moments to look at first.
        kinds: The process kinds, in their order; a kind that did not happen has none.
        longest: The longest active stretch without partnering, or ``None``.
        forks: Narrow or taken-back hand-overs, and choices made for the client.
        others: Everything else that was noticed, in order of time.
        own_words: Words the client repeated, in their order of first use.
        check: Quoted moments whose words the recogniser doubted.
        dialogue: How the two talked with each other; ``None`` where one microphone
            heard both.
        cues: What became of the cues; ``None`` where none was due.
        own: The coach's own note; ``""``: none.
        unchecked: So many drafted lines are left out because nobody accepted them.
    """

    started_at: datetime
    client: str
    minutes: int
    three: tuple[ChosenMoment, ...]
    kinds: tuple[KindSummary, ...]
    longest: Span | None
    forks: tuple[Moment, ...]
    others: tuple[Moment, ...]
    own_words: tuple[str, ...]
    check: tuple[Moment, ...]
    dialogue: Dialogue | None
    cues: CueSummary | None = None
    own: str = ""
    unchecked: int = 0
