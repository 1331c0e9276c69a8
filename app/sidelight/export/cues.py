"""Subtitle cues from utterances: short enough to read, in order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sidelight.domain.transcript import Speaker, Utterance, Word

LONGEST_CHARACTERS: Final = 84
"""Two lines of 42 characters, the usual limit for subtitles."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle."""

    span: Span
    speaker: Speaker
    text: str


def cues(utterances: Iterable[Utterance]) -> Iterator[Cue]:
    """Every utterance as one or more cues, ordered by start."""
    for utterance in sorted(utterances, key=lambda u: (u.span.start, u.id)):
        for words in _pieces(utterance.words):
            span = Span(words[0].span.start, words[-1].span.end)
            # An empty line, or an arrow, would end the subtitle.
            text = " ".join(" ".join(w.text for w in words).split())
            yield Cue(span, utterance.speaker, text.replace("-->", "->"))


def _pieces(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Cut after a sentence where one ends, else where the limit is reached."""
    piece: list[Word] = []
    length = 0
    for word in words:
        if piece and length + len(word.text) + 1 > LONGEST_CHARACTERS:
            yield piece
            piece, length = [], 0
        piece.append(word)
        length += len(word.text) + 1
        if word.text.endswith((".", "?", "!")) and length > LONGEST_CHARACTERS // 2:
            yield piece
            piece, length = [], 0
    if piece:
        yield piece
