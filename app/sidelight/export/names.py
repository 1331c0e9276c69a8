"""Names in what leaves, as a list to check: a help, no promise.

A name is a word with a capital letter where a sentence does not begin, or one that a
sentence begins with and that is written small nowhere. What the recogniser wrote small
is not found; nor are names in writing without capital letters (Arabic, Hebrew, …).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[.!?\u2026:\n]")
_ENDS: Final = frozenset(".!?…:\n")
_JOINED: Final = frozenset({"d", "ll", "m", "re", "s", "t", "ve"})
_APOSTROPHE: Final = "\u2019"
_POSSESSIVE: Final = re.compile(r"['\u2019]s$")


@dataclass(frozen=True, slots=True)
class NameFound:
    """Something that looks like a name.

    Attributes:
        name: As it is written; neighbours are one name ("Mira Lindqvist").
        times: How often.
    """

    name: str
    times: int


def names_found(texts: Iterable[str]) -> tuple[NameFound, ...]:
    """What looks like a name in these texts, the most frequent first.

    Args:
        texts: Everything that leaves and that somebody said or wrote.
    """
    sentences = [s for text in texts for s in _sentences(text)]
    common = _common()
    small = {word for s in sentences for word in s if word[0].islower()}
    inside = {word for s in sentences for word in s[1:]}
    found: Counter[str] = Counter()
    for sentence in sentences:
        run: list[str] = []
        for place, word in enumerate([*sentence, ""]):
            plain = word.lower().replace(_APOSTROPHE, "'")
            # "He'd" is a "he"; "O'Hara" is no "o".
            large = word[:1].isupper() and common.isdisjoint({plain, _stem(plain)})
            # What begins a sentence is large anyway.
            begins = place == 0 and word not in inside
            known = not begins or not (plain in small or plain.endswith("ing"))
            if large and known:
                run.append(word)
            elif run:
                found[" ".join(run)] += 1
                run = []
    order = sorted(found.items(), key=lambda one: (-one[1], one[0].casefold()))
    return tuple(NameFound(name, times) for name, times in order)


def is_common(word: str) -> bool:
    """Whether it is a word that is no name, such as the "and" between two."""
    return word.lower().replace(_APOSTROPHE, "'") in _common()


def listed(text: str) -> str:
    """A name as it is listed, from a text: "Mira's, Ola" is "Mira Ola"."""
    return " ".join(word for sentence in _sentences(text) for word in sentence)


def _sentences(text: str) -> list[list[str]]:
    """Words between full stops, without possessive endings."""
    tokens = _TOKEN.findall(f".{text}")
    sentences: list[list[str]] = []
    for before, token in pairwise(tokens):
        if token in _ENDS:
            continue
        if before in _ENDS:
            sentences.append([])
        sentences[-1].append(_POSSESSIVE.sub("", token))
    return sentences


def _stem(plain: str) -> str:
    """Without what is joined to it by an apostrophe."""
    stem, _, joined = plain.partition("'")
    return stem if joined in _JOINED else plain


def _common() -> frozenset[str]:
    """Words that are no names, in small letters."""
    lines = (Path(__file__).parent / "data" / "no-names.txt").read_text("utf-8")
    words = (line.split() for line in lines.splitlines() if not line.startswith("#"))
    return frozenset(word for line in words for word in line)
