"""What a session that has ended shows: statements, each with its evidence.

A statement says what happened and asks; it carries no number that could be a score, and
nothing is said without a place in the session where it can be looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.wording import NOTHING

if TYPE_CHECKING:
    from datetime import date

    from sidelight.domain.moments import MomentId
    from sidelight.domain.notes import ChosenMoment
    from sidelight.domain.timeline import Millis, Span
    from sidelight.domain.transcript import UtteranceId
    from sidelight.domain.wording import Wording


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place in the session.

    Attributes:
        span: Its sound.
        utterance_ids: What was said there, in order; without words, nothing.
        quote: The words, or ``""``.
        moment: The moment that stands there, or ``None``.
        told: The time that is told of that moment, or ``None``: where the sound begins.
    """

    span: Span
    utterance_ids: tuple[UtteranceId, ...] = ()
    quote: str = ""
    moment: MomentId | None = None
    told: Millis | None = None

    @property
    def at(self) -> Millis:
        """The time that is told of it."""
        return self.span.start if self.told is None else self.told


@dataclass(frozen=True, slots=True)
class Statement:
    """What happened, as an observation with a question.

    Attributes:
        text: A sentence, without a verdict.
        evidence: Where it can be seen and heard; at least one place.
        question: An open question for the coach, or ``NOTHING``.
    """

    text: Wording
    evidence: tuple[Evidence, ...]
    question: Wording = NOTHING


@dataclass(frozen=True, slots=True)
class Topic:
    """Statements about one matter.

    Attributes:
        title: What it is about.
        statements: At least one; in order of time where they have one.
    """

    title: Wording
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Lens:
    """What listening of one kind would notice here; never which level this is.

    Attributes:
        level: Its short name.
        about: How such listening goes, in our own words.
        as_of: When these words were written.
        looks: What it would notice in this session; what it finds nothing of is not
            there.
    """

    level: str
    about: Wording
    as_of: date
    looks: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that a session shows.

    Attributes:
        three: At most three moments to look at first, each with its place.
        longest: About the longest stretch without partnering, or ``None``.
        topics: The rest, in the order in which it is read.
        lenses: One a level.
    """

    three: tuple[tuple[ChosenMoment, Evidence], ...]
    longest: Statement | None
    topics: tuple[Topic, ...]
    lenses: tuple[Lens, ...]
