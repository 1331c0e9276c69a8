"""Puts a corrected text on the times of the words that it replaces."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Word

if TYPE_CHECKING:
    from collections.abc import Sequence


def middle(word: Word) -> Millis:
    """Where a word sounds: it belongs to the stretch that holds this."""
    return Millis((word.span.start + word.span.end) // 2)


def aligned(old: Sequence[Word], text: str, within: Span) -> list[Word]:
    """The words of a text, on the sound of the ones that they stand for.

    A word that was there keeps its time and its probability, whatever its case and
    punctuation; words between two of those share the time between them.

    Args:
        old: In order.
        text: What was said.
        within: Where, for a text that keeps no word.
    """
    new = text.split()
    before, after = [_key(word.text) for word in old], [_key(word) for word in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    words: list[Word] = []
    for tag, first, end, start, stop in matcher.get_opcodes():
        if tag == "equal":
            words += [
                Word(said, was.span, was.probability)
                for said, was in zip(new[start:stop], old[first:end], strict=True)
            ]
        else:
            words += _spread(new[start:stop], _time(old, first, end, within))
    return words


def spoken(words: Sequence[Word], span: Span) -> str:
    """Those of the words that sound in a span."""
    return " ".join(word.text for word in words if span.contains(middle(word)))


def _time(old: Sequence[Word], first: int, end: int, within: Span) -> Span:
    """When the words from ``first`` to ``end`` sound, or what is between two."""
    if first < end:
        start, stop = old[first].span.start, old[end - 1].span.end
    else:
        start = old[first - 1].span.end if first else within.start
        stop = old[first].span.start if first < len(old) else within.end
        # Inside, so that whatever looks for its words finds these.
        start = Millis(max(within.start, min(start, within.end - 1)))
    return Span(start, Millis(max(start, stop)))


def _spread(texts: Sequence[str], time: Span) -> list[Word]:
    """Words that share a stretch evenly; the coach is sure of them."""

    def edge(number: int) -> Millis:
        return Millis(time.start + time.length * number // len(texts))

    return [
        Word(text, Span(edge(number), edge(number + 1)), 1.0)
        for number, text in enumerate(texts)
    ]


def _key(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold() or word
