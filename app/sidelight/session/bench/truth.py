"""What was really said, word by word: the ground that every figure stands on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class TrueWord:
    """One word that was said.

    Attributes:
        speaker: Who said it.
        text: As written, with its punctuation.
        span: When it sounded.
        turn: Number of its turn.
        asks: It is the last word of a coach's turn that ends with a question.
    """

    speaker: Speaker
    text: str
    span: Span
    turn: int
    asks: bool = False


@dataclass(frozen=True, slots=True)
class WordTruth:
    """The truth of one sound.

    Attributes:
        words: In order of time.
        moments: Kind and turn of each hand-over, in order.
    """

    words: tuple[TrueWord, ...]
    moments: tuple[tuple[str, Span], ...] = ()

    @classmethod
    def read(cls, path: Path) -> WordTruth:
        """Read a truth file of the form of the demo's ``truth.json``.

        It needs ``turns``, each with ``speaker``, ``text``, ``start_ms``, ``end_ms``
        and ``words`` (``text``, ``start_ms``, ``end_ms``); ``expected_moments`` is
        optional.

        Raises:
            UserError: The file is missing, damaged, or has no times for its words.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            words = [
                word
                for number, turn in enumerate(data["turns"])
                for word in _words(turn, number)
            ]
            moments = tuple(
                (str(moment["kind"]), _span(moment))
                for moment in data.get("expected_moments", ())
                if moment["kind"] in PROCESS_KINDS
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(
                f"The truth file {path.name} is missing or damaged.",
                "It needs the form of the demo's truth.json, with times for each word.",
            ) from error
        if not words:
            raise UserError(
                f"The truth file {path.name} holds no words.",
                "Without words there is nothing to measure.",
            )
        return cls(_ordered(words), moments)

    def before(self, end: Millis) -> WordTruth:
        """What is said until ``end``."""
        return WordTruth(
            tuple(word for word in self.words if word.span.end <= end),
            tuple(moment for moment in self.moments if moment[1].end <= end),
        )

    def of(self, speaker: Speaker) -> tuple[TrueWord, ...]:
        """One channel's words; ``UNKNOWN``: one microphone hears everybody."""
        if speaker is Speaker.UNKNOWN:
            return self.words
        return tuple(word for word in self.words if word.speaker is speaker)


def _ordered(words: Iterable[TrueWord]) -> tuple[TrueWord, ...]:
    return tuple(sorted(words, key=lambda word: word.span))


def _words(turn: dict[str, object], number: int) -> list[TrueWord]:
    speaker = Speaker(str(turn["speaker"]))
    said = turn["words"]
    if not isinstance(said, list):
        msg = "words are no list"
        raise TypeError(msg)
    asks = speaker is Speaker.COACH and str(turn["text"]).rstrip().endswith("?")
    return [
        TrueWord(
            speaker,
            str(word["text"]),
            _span(word),
            number,
            asks=asks and at == len(said) - 1,
        )
        for at, word in enumerate(said)
    ]


def _span(data: dict[str, int]) -> Span:
    return Span(Millis(data["start_ms"]), Millis(data["end_ms"]))
