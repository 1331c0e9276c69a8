"""What every format has to know about the signs that people's words are made of."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_LEFT_TO_RIGHT: Final = "L"

_LONGEST: Final = 36
"""A word with more letters may not fit on a line; the longest in an English dictionary
has 45, and people do not say it."""

_BREAK_EVERY: Final = 12
_EMBED, _EMBEDDED, _MARK = "\u202b", "\u202c", "\u200e"
_MAY_BREAK: Final = "\u200b"
_LONG_WORD: Final = re.compile(rf"\S{{{_LONGEST + 1},}}")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def is_right_to_left(text: str) -> bool:
    """Whether its first letter with a direction goes from right to left.

    Source: Unicode Annex 9, rules P2 and P3, without isolates.
    """
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in _RIGHT_TO_LEFT:
            return True
        if direction == _LEFT_TO_RIGHT:
            return False
    return False


def embedded(text: str) -> str:
    """Words that stand behind or before others on a line of ours.

    Where they go from right to left, signs that nobody sees keep their full stop and
    their Latin names with them, and what follows ("1 minute") where it belongs.

    Source: Unicode Annex 9; the older embedding instead of isolates, because Word and
    what shows subtitles have known it for longer.
    """
    if not is_right_to_left(text):
        return text
    return f"{_EMBED}{text}{_EMBEDDED}{_MARK}"


def breakable(text: str) -> str:
    """The text with invisible places to break in words longer than a line."""
    return _LONG_WORD.sub(_with_breaks, text)


def printable(text: str) -> str:
    """The text without what no document may contain: control characters."""
    return _CONTROL.sub("", text)


def _with_breaks(match: re.Match[str]) -> str:
    word = match[0]
    pieces: list[str] = []
    for at in range(0, len(word), _BREAK_EVERY):
        piece = word[at : at + _BREAK_EVERY]
        # A sign that belongs to the one before it stays with it.
        if pieces and (unicodedata.combining(piece[0]) or piece[0] in "\u200d\ufe0f"):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return _MAY_BREAK.join(pieces)
