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
    punctuation. Words that stand for others share their time; words that were put in
    share that of the word before them, or of the first.

    Args:
        old: In order.
        text: What was said.
        within: Where, for a text that stands for no word.
    """
    new = text.split()
    if not old:
        return _spread(new, within)
    before, after = [_key(word.text) for word in old], [_key(word) for word in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    words: list[Word] = []
    leading: list[str] = []
    for tag, first, end, start, stop in matcher.get_opcodes():
        said, was = new[start:stop], old[first:end]
        if tag == "equal":
            words += map(_kept, said, was)
        elif tag == "insert" and words:
            last = words.pop()
            words += _spread([last.text, *said], last.span)
        elif tag == "insert":
            leading = said
        elif said:
            time = Span(was[0].span.start, max(was[0].span.start, was[-1].span.end))
            words += _spread(said, time)
    if leading and words:
        words[:1] = _spread([*leading, words[0].text], words[0].span)
    return words


def _kept(said: str, was: Word) -> Word:
    return Word(said, was.span, was.probability)


def spoken(words: Sequence[Word], span: Span) -> str:
    """Those of the words that sound in a span."""
    return " ".join(word.text for word in words if span.contains(middle(word)))


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
