"""Phrases: how words to look for are written down.

A phrase is plain words with a few signs:

========== =========================================================
``word``   that word
``word*``  any word that begins so
``(a|b c)`` one of these
``[a|b c]`` one of these, or nothing
``@name``  one of the phrases of a word class that is handed in
``~``      up to three words in between (also none)
``~~``     up to eight
``_``      exactly one word, whichever
``!(a|b)`` none of these comes next
``^ $``    beginning and end of the sentence
========== =========================================================

Words stand as ``reading.read`` leaves them: lower case, contractions written out,
fillers gone. The gaps are what makes a phrase survive a lost or a wrong word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGN = re.compile(r"~~|!\(|[~^$()\[\]|_]|@\w+|[\w']+\*?")

_SIGNS = {
    "~": r"(?:\S+ ){0,3}?",
    "~~": r"(?:\S+ ){0,8}?",
    "_": r"\S+ ",
    "!(": "(?!",
    "^": r"\A",
    "$": r"\Z",
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
}


def _pattern(phrase: str, classes: Mapping[str, str]) -> str:
    left = _SIGN.sub("", phrase).strip()
    if left:
        raise ValueError(f"no phrase sign: {left!r} in {phrase!r}")
    parts = []
    for sign in _SIGN.findall(phrase):
        if sign in _SIGNS:
            parts.append(_SIGNS[sign])
        elif sign.startswith("@"):
            parts.append(f"(?:{_pattern(classes[sign[1:]], classes)})")
        elif sign.endswith("*"):
            parts.append(re.escape(sign[:-1]) + r"\S* ")
        else:
            parts.append(re.escape(sign) + " ")
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Alternatives, compiled to one expression."""

    _expression: re.Pattern[str]

    @classmethod
    def of(cls, phrases: tuple[str, ...], classes: Mapping[str, str]) -> Phrases:
        """Compile phrases.

        Raises:
            ValueError: A phrase holds a sign that the grammar does not know.
            KeyError: A phrase names an unknown word class.
        """
        both = "|".join(_pattern(phrase, classes) for phrase in phrases)
        return cls(re.compile(rf"(?<!\S)(?:{both})"))

    def find(self, line: str) -> tuple[int, int] | None:
        """Half-open range of words of the first match in ``Sentence.line``."""
        match = self._expression.search(line)
        if match is None:
            return None
        first = line.count(" ", 0, match.start())
        return (first, first + max(1, line.count(" ", match.start(), match.end())))
