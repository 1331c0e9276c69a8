"""What was said: words, partials that may change, utterances that never do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sidelight.domain.timeline import Millis, Span

LIVE_TRANSCRIPT: Final = 1
"""Number of the transcript that is made while the sound is heard; refined ones have
greater numbers."""


class Speaker(StrEnum):
    """Who said it. ``UNKNOWN`` is an honest answer when one microphone hears both."""

    COACH = "coach"
    CLIENT = "client"
    UNKNOWN = "unknown"


class Layout(StrEnum):
    """Which channels the session's sound has."""

    STEREO = "stereo"
    """Channel 0 is the coach's microphone, channel 1 the client's side."""

    MONO = "mono"
    """One microphone for everybody."""

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """The speaker of each channel, in channel order."""
        if self is Layout.STEREO:
            return (Speaker.COACH, Speaker.CLIENT)
        return (Speaker.UNKNOWN,)


class Doubt(StrEnum):
    """Why the recogniser's words should be heard before they are trusted."""

    UNSURE = "unsure"
    """Low probability throughout."""

    REPETITIVE = "repetitive"
    """The model looped; the repeats were dropped."""

    STOCK_PHRASE = "stock_phrase"
    """A phrase that models invent over noise."""

    RUSHED = "rushed"
    """More words than the sound can hold."""

    ECHO = "echo"
    """On the coach's channel, but the client's words from the loudspeaker."""

    @property
    def explained(self) -> str:
        """In words, for people; goes on a sentence or stands alone."""
        if self is Doubt.ECHO:
            return "the client's voice in the coach's microphone"
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word.

    Attributes:
        text: As written, with its punctuation, without surrounding spaces.
        span: When it sounds.
        probability: The recogniser's own, 0..1.
    """

    text: str
    span: Span
    probability: float


@dataclass(frozen=True, slots=True)
class Partial:
    """Words so far of an utterance that still goes on. Never stored, never logged.

    Attributes:
        speaker: Whose channel it is.
        start: Where the utterance begins; identifies it together with the speaker.
        words: All words of the latest hypothesis.
        stable: How many leading words are agreed. Within an utterance this prefix only
            grows; the final utterance may still replace it.
        at: Position of the sound when this was computed.
    """

    speaker: Speaker
    start: Millis
    words: tuple[Word, ...]
    stable: int
    at: Millis


@dataclass(frozen=True, slots=True)
class EchoHeard:
    """For some time the client has come through the coach's microphone. Never stored.

    Nothing is wrong with what was recognised; headphones would make it surer. Comes at
    most once a minute.

    Attributes:
        at: Position of the sound when this was noticed.
    """

    at: Millis


@dataclass(frozen=True, slots=True)
class VoicesHeard:
    """Who speaks from here on, until the next of these says otherwise. Never stored.

    What became final of speech that has ended was told before this.

    Attributes:
        at: Position of the sound where it was noticed.
        speaking: The channels with open speech; a pause shorter than what ends an
            utterance does not close it.
    """

    at: Millis
    speaking: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True, order=True)
class UtteranceId:
    """Number ``number`` of transcript version ``transcript``; written ``1:7``."""

    transcript: int
    number: int

    def __str__(self) -> str:
        """The written form used in files and JSON."""
        return f"{self.transcript}:{self.number}"

    @classmethod
    def parse(cls, text: str) -> UtteranceId:
        """Read the written form.

        Raises:
            ValueError: It is not of the form ``1:7``.
        """
        transcript, _, number = text.partition(":")
        return cls(int(transcript), int(number))


@dataclass(frozen=True, slots=True)
class Utterance:
    """One speaker between pauses: stored, immutable.

    Attributes:
        id: Version of the transcript and number within it, in order of decision.
        speaker: Whose words.
        span: From the first to the end of the last word.
        words: The words with their times; empty only where the session kept none.
        text: The words joined, as shown; empty with them.
        doubt: Why it should be heard before being quoted, or ``None``.
    """

    id: UtteranceId
    speaker: Speaker
    span: Span
    words: tuple[Word, ...]
    text: str
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: what a decision about words names, and no number.

    Every version of a transcript numbers anew; sound stays where it is.

    Attributes:
        span: When.
        channel: Whose channel heard it, whoever it is said to be now.
    """

    span: Span
    channel: Speaker
