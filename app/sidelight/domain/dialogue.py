"""How two people talked with each other: measured from a session that has ended.

For the review alone. Nothing here is a score: each value says what happened and when.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low
from typing import TYPE_CHECKING

from sidelight.domain.timeline import Millis

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Speaker, UtteranceId


@dataclass(frozen=True, slots=True)
class TalkTime:
    """The time that was listened to, in four parts that add up to it.

    Attributes:
        coach: Only the coach's voice.
        client: Only the client's voice.
        both: Both at once.
        silence: Nobody's.
    """

    coach: Millis
    client: Millis
    both: Millis
    silence: Millis

    @property
    def listened(self) -> Millis:
        """All of it: the session without gaps, pauses and what went off the record."""
        return Millis(self.coach + self.client + self.both + self.silence)


@dataclass(frozen=True, slots=True)
class Pause:
    """Nobody spoke for a while.

    Attributes:
        span: From the last word before it to the first after it.
        before: Who had spoken.
        after: Who spoke then; the same person for a pause within a turn.
    """

    span: Span
    before: Speaker
    after: Speaker


@dataclass(frozen=True, slots=True)
class Reply:
    """The turn passed from one to the other.

    Attributes:
        speaker: Who took it.
        at: Where the new turn begins.
        latency: From the end of the turn before, in milliseconds; negative where the
            two overlap.
    """

    speaker: Speaker
    at: Millis
    latency: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Both spoke at once.

    Attributes:
        span: As long as both did.
        starter: Who came in.
    """

    span: Span
    starter: Speaker


@dataclass(frozen=True, slots=True)
class Interruption:
    """Somebody began while the other was in mid-flow.

    Attributes:
        speaker: Who began.
        span: What was said then, from its first to its last word.
        overlap: How long the other went on, in milliseconds from ``span.start``.
        went_on: Whether the other talked past its end and kept the turn.
        utterance_ids: The utterance that was going on, and the one that came in.
        quote: The words of the one that came in.
    """

    speaker: Speaker
    span: Span
    overlap: Millis
    went_on: bool
    utterance_ids: tuple[UtteranceId, UtteranceId]
    quote: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the coach.

    Attributes:
        span: The utterance it stands in.
        quote: Its words.
        open: Whether it asks for more than yes, no or one of several.
    """

    span: Span
    quote: str
    open: bool


@dataclass(frozen=True, slots=True)
class Fork:
    """A place where the conversation could have gone several ways.

    Attributes:
        span: What decided it, or handed it over.
        chooser: Who chose; ``None`` where that stayed open.
        quote: The words it rests on.
        reason: What happened, for the coach to read.
    """

    span: Span
    chooser: Speaker | None
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doorway:
    """Between settling what the session is for and exploring it.

    Attributes:
        span: From the end of the agreement to the move, or to the coach's first
            question of exploring.
        move: The process moment that stands there, or ``None``.
        quote: The move's words, or that question.
    """

    span: Span
    move: Moment | None
    quote: str


class Stage(StrEnum):
    """What a part of a session is about."""

    AGREEMENT = "agreement"
    EXPLORING = "exploring"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the session.

    Attributes:
        stage: What it is about.
        span: From when to when.
        reason: What it rests on, short and plain, for the coach to read.
    """

    stage: Stage
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Everything that is measured; spans are in order and inside the session.

    Attributes:
        talk: Who spoke how long.
        pauses: Half a second and more, within turns and between them.
        replies: Every time the turn passed.
        overlaps: Both at once.
        interruptions: Of both people.
        questions: The coach's.
        forks: Who chose where to go.
        doorway: After the agreement; ``None`` where no agreement was heard, or the
            session ended before exploring began.
    """

    talk: TalkTime
    pauses: tuple[Pause, ...]
    replies: tuple[Reply, ...]
    overlaps: tuple[Overlap, ...]
    interruptions: tuple[Interruption, ...]
    questions: tuple[Question, ...]
    forks: tuple[Fork, ...]
    doorway: Doorway | None

    def latency(self, speaker: Speaker) -> int | None:
        """Half of this speaker's replies came at most so late, in milliseconds."""
        mine = [one.latency for one in self.replies if one.speaker is speaker]
        return median_low(mine) if mine else None

    def interrupted_by(self, speaker: Speaker) -> tuple[Interruption, ...]:
        """This speaker's interruptions."""
        return tuple(one for one in self.interruptions if one.speaker is speaker)
