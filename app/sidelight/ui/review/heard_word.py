"""Where the word that sounds now stands in a row of the transcript. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.ui.review.utf16 import units

if TYPE_CHECKING:
    from sidelight.domain.transcript import Utterance, Word


def place_of(said: Utterance, word: Word) -> tuple[int, int] | None:
    """Where a word stands in its utterance's text; ``None``: it was edited since.

    In UTF-16 units, as Qt counts.
    """
    at = 0
    for one in said.words:
        begin = said.text.find(one.text, at)
        if begin < 0:
            return None
        at = begin + len(one.text)
        if one is word or one == word:
            before = units(said.text[:begin])
            return before, before + units(one.text)
    return None
