"""Findings in the conversation, and the coach's own bookmarks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import UtteranceId

SUPPORT: Final = "support"
DIRECTION: Final = "direction"
ON_TRACK: Final = "on_track"
PROCESS_KINDS: Final = (SUPPORT, DIRECTION, ON_TRACK)
"""The kinds the sidebar keeps time for; every other kind id is open (a file in
``partnering/kinds``), so kinds are plain strings here."""

TOOK_BACK: Final = "took_back"

BY_KEY: Final = -1
"""In place of a transcript version in the id of a moment that the coach added while the
session ran: the recogniser numbers its own meanwhile, and neither waits for the other.
"""


class Form(StrEnum):
    """How a ``direction`` hands over the choice."""

    OPEN = "open"
    MENU_OPEN = "menu_open"
    NARROW = "narrow"


class Origin(StrEnum):
    """Who found a moment."""

    DETECTOR = "detector"
    COACH = "coach"


ADDED: Final = -2
"""In place of a transcript version in the id of a moment that the coach added
afterwards: it is of none of them, and no recogniser ever gives its number."""

REREAD: Final = -3
"""In place of a transcript version in the id of a moment that was found when the coach
said that words are theirs, and they were read once more."""


@dataclass(frozen=True, slots=True, order=True)
class MomentId:
    """Number ``number`` of transcript version ``transcript``; written ``m1:3``."""

    transcript: int
    number: int

    def __str__(self) -> str:
        """The written form used in files and JSON."""
        return f"m{self.transcript}:{self.number}"

    @classmethod
    def parse(cls, text: str) -> MomentId:
        """Read the written form; the ``m`` may be missing.

        Raises:
            ValueError: It is not of the form ``m1:3``.
        """
        transcript, _, number = text.removeprefix("m").partition(":")
        return cls(int(transcript), int(number))


@dataclass(frozen=True, slots=True)
class Moment:
    """One finding, with its evidence.

    Attributes:
        id: Unique within the session.
        kind: A kind id of ``partnering/kinds``.
        form: Only with a ``direction`` that is not hollow.
        episode: Number of the hand-over within the session; negotiation and repeats
            share one. ``None`` for kinds without a clock, and for hollow marks.
        span: The sound it rests on; the clock counts from ``span.end``.
        transcript: The transcript version it was found in.
        utterance_ids: The utterances it rests on, in order; empty when the coach
            pressed the key and nothing was recognised.
        quote: The words it rests on, as recognised.
        confidence: 0..1; 1.0 from the coach.
        reason: Short and plain, for the coach to read.
        detector_version: Which detector said so, or ``""`` from the coach.
        origin: Detector or coach.
        hollow: It counts for nothing: nobody could tell who spoke, and the words alone
            do not decide it. For the review.
    """

    id: MomentId
    kind: str
    form: Form | None
    episode: int | None
    span: Span
    transcript: int
    utterance_ids: tuple[UtteranceId, ...]
    quote: str
    confidence: float
    reason: str
    detector_version: str
    origin: Origin = Origin.DETECTOR
    hollow: bool = False

    @property
    def at(self) -> Millis:
        """The one time that is told of it, and where its mark stands.

        Of a process kind the hand-over, from which the clock counts; of every other
        kind where its words begin.
        """
        return self.span.end if self.kind in PROCESS_KINDS else self.span.start


@dataclass(frozen=True, slots=True)
class MomentArmed:
    """Stable words reach a process kind's threshold. Never stored, never shown.

    The final fires it, or does not; until then it only tells what the coach may mean by
    "I did that". It holds no words.

    Attributes:
        kind: A process kind.
        at: End of the words it rests on.
    """

    kind: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Mark:
    """The coach's bookmark ("Bookmark" on screen); never a moment."""

    at: Millis
    note: str = ""
