"""A language that nobody speaks: it shows what is not translated and what has no room.

Every letter keeps its shape and wears an accent, every vowel stands twice, and brackets
show where a text begins and ends: a third longer than English, as German and Finnish
are. Source of the idea and of the code ``qps``: Microsoft's pseudo-locales.
"""

from __future__ import annotations

import re
from typing import Final

PSEUDO: Final = "qps"

_ACCENTED: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒğħîĵķļɱñöþɋřšŧüṽŵẋýžÅƁÇĐÉƑĞĦÎĴĶĻṀÑÖÞɊŘŠŦÜṼŴẊÝŽ",
)
_NAME: Final = re.compile(r"(\{[^}]*\})")
_VOWEL: Final = re.compile(r"([aeiou])")


def disguise(text: str) -> str:
    """The text as that language has it; names of values stay as they are."""
    parts = _NAME.split(text)
    return f"[{''.join(map(_disguise, parts))}]"


def disguised(text: str) -> bool:
    """Whether every word of this text came through ``disguise``."""
    return not re.search(r"[a-zA-Z]{2}", text)


def _disguise(part: str) -> str:
    if part.startswith("{"):
        return part
    return _VOWEL.sub(r"\1\1", part).translate(_ACCENTED)
