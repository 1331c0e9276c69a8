"""Text as a small recogniser writes it: lost marks, wrong words, cut edges.

Imitated from how small Whisper models err on conversation: short unstressed words go
first, words become others that sound alike, a question mark is lost more often than
kept, the first or last word of a turn is cut off, and now and then the last word of
the turn before comes again. Many sessions come without capitals and marks at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

_ALIKE: Final = (
    "where were wear we're|there their they're|your you're you|its it's is|to too two"
    "|know no now|right write rite|hear here|which witch|then than and|of have off"
    "|want won't what|for four fore|would wood what|by buy bye|our are hour|will we'll"
    "|we're we are|whether weather|through threw true|been bin being|some sum|one won"
    "|so sew saw|sense since cents|peace piece|week weak|way weigh|meet meat|not knot"
    "|track truck tract|session station section|start stop started|push bush|thread "
    "threat bread|steer stare|pick peak|next necks text|close clothes|stay steak|lead "
    "led let|choose shoes|helpful help full|listen lesson|use you's|time times|what's "
    "watts was|do to you|is it's as|in and on|a the of|and an in|I'd I I'll|can can't "
    "could|could can would|did do|got get|this the that|that the it|if it|with what"
)
_UNSTRESSED: Final = frozenset(
    (
        *("a", "an", "the", "to", "of", "in", "on", "at", "for", "and", "or", "but"),
        *("so", "is", "are", "was", "be", "do", "does", "did", "you", "we", "i", "it"),
        *("that", "this", "um", "uh", "well", "just", "have", "has", "would", "could"),
        *("can", "shall", "will", "your", "our", "me", "if"),
    )
)
_INSERTED: Final = ("and", "the", "so", "you", "um", "a", "like", "to", "of", "I")
_SHORTENED: Final = {
    "going": "gonna",
    "want": "wanna",
    "because": "'cause",
    "them": "'em",
    "let's": "lets",
    "have": "'ve",
    "kind": "kinda",
}
_MARKS: Final = re.compile(r"[.,;:!?\u2026\u2013\u2014\"]+")


def _sound(word: str) -> str:
    """A rough key: words with the same one are easily taken for each other."""
    key = re.sub(r"[^a-z]", "", word.lower())
    for pattern, sound in (
        ("^kn|^gn|^wr", "n"), ("ph", "f"), ("gh", ""), ("ck|c(?![eiy])|q", "k"),
        ("c(?=[eiy])|z", "s"), ("x", "ks"), ("sch|sh|ch|j|dge", "S"), ("th|d", "t"),
        ("b", "p"), ("v", "f"), ("g", "k"), ("(.)\\1", "\\1"), ("[hw]", ""),
    ):  # fmt: skip
        key = re.sub(pattern, sound, key)
    return key[:1] + re.sub(r"[aeiouy]+", "", key[1:])


class Misheard:
    """Words that sound alike, from a vocabulary."""

    def __init__(self, texts: Iterable[str]) -> None:
        words = {w for text in texts for w in re.findall(r"[a-z']{3,}", text.lower())}
        self._groups: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            self._groups[_sound(word)].append(word)
        self._pairs: dict[str, list[str]] = defaultdict(list)
        for group in _ALIKE.split("|"):
            members = group.split()
            for word in members:
                self._pairs[word.lower()] += [w for w in members if w != word]

    def other(self, word: str, rng: random.Random) -> str:
        """Another word for this one, or the same where nothing sounds like it."""
        plain = word.lower().strip("'")
        choice = self._pairs.get(plain) or [
            w for w in self._groups.get(_sound(plain), []) if w != plain
        ]
        return rng.choice(choice) if choice else word


class Recogniser:
    """One session's way of erring.

    Args:
        misheard: What sounds alike.
        rng: Seeded.
    """

    def __init__(self, misheard: Misheard, rng: random.Random) -> None:
        self._misheard = misheard
        self._rng = rng
        self._bare = rng.random() < 0.45
        self._wrong = rng.choice((0.02, 0.05, 0.08, 0.11))
        self._last = ""

    def write(self, text: str) -> str:
        """The text as it comes out; may be empty."""
        rng, wrong = self._rng, self._wrong
        words: list[str] = []
        for word in text.split():
            bare = _MARKS.sub("", word)
            mark = word[len(word.rstrip(".,;:!?\u2026")) :]
            drop = wrong * (1.2 if bare.lower() in _UNSTRESSED else 0.25)
            if not bare or rng.random() < drop:
                continue
            if rng.random() < wrong * 0.6:
                bare = self._misheard.other(bare, rng)
            elif rng.random() < 0.1:
                bare = _SHORTENED.get(bare.lower(), bare)
            if rng.random() < wrong * 0.2:
                words.append(rng.choice(_INSERTED))
            words.append(bare + self._marked(mark))
        words = self._edges(words, wrong)
        if text.split():
            self._last = _MARKS.sub("", text.rsplit(maxsplit=1)[-1])
        line = " ".join(words)
        return _MARKS.sub("", line).lower() if self._bare else line

    def _marked(self, mark: str) -> str:
        rng = self._rng
        if "?" in mark:
            return "?" if rng.random() < 0.4 else rng.choice((".", "", ""))
        return mark if rng.random() < 0.7 else ""

    def _edges(self, words: list[str], wrong: float) -> list[str]:
        rng = self._rng
        if len(words) > 3 and rng.random() < wrong * 1.5:
            words = words[rng.choice((1, 1, 2)) :]
        if len(words) > 4 and rng.random() < wrong:
            words = words[:-1]
        if self._last and rng.random() < wrong * 1.5:
            words = [self._last, *words]
        return words
