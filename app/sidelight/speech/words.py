"""Recognised words in other clocks: of the pass, of the session, in milliseconds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.timeline import Millis, Samples, Span, to_millis
from sidelight.domain.transcript import Word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.speech.recognizer import RecognizedWord


def shifted(words: Iterable[RecognizedWord], by: Samples) -> tuple[RecognizedWord, ...]:
    """The words of a pass whose first sample lies at ``by``, in session samples."""
    return tuple(
        replace(word, start=Samples(word.start + by), end=Samples(word.end + by))
        for word in words
    )


def placed(words: Iterable[RecognizedWord]) -> tuple[Word, ...]:
    """Words in session samples as the domain has them, none before the one before."""
    result: list[Word] = []
    earliest = Millis(0)
    for word in words:
        start = max(earliest, to_millis(word.start))
        span = Span(start, max(start, to_millis(word.end)))
        result.append(Word(word.text, span, word.probability))
        earliest = start
    return tuple(result)
