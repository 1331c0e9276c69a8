"""A model that knows two words, and places turns by the words they hold."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np

from sidelight.partnering.learned.model import PartneringModel, Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sidelight.partnering.learned.encoding import Encoded

SIZE = 384


@dataclass(frozen=True, slots=True)
class _Pieces:
    ids: list[int]
    offsets: list[tuple[int, int]]


class WordsAsPieces:
    """One piece a word."""

    def encode(self, sequence: str, *, add_special_tokens: bool) -> _Pieces:
        del add_special_tokens
        words = list(re.finditer(r"\S+", sequence.lower().replace("?", " ")))
        return _Pieces([_piece(w[0]) for w in words], [w.span() for w in words])


def _piece(word: str) -> int:
    return 200 + zlib.crc32(word.encode()) % 20_000


@dataclass(slots=True)
class WordModel:
    """Knows ``support`` and ``direction``, each by a word.

    Attributes:
        words: What it thinks of a turn with this word: kind and log-odds.
        asked: Every turn that it read.
    """

    labels: tuple[str, ...] = ("support", "direction")
    forms: tuple[str, ...] = ("open", "menu_open", "narrow")
    version: str = "words-1"
    pieces: WordsAsPieces = field(default_factory=WordsAsPieces)
    words: dict[str, tuple[str, float]] = field(default_factory=dict)
    asked: list[Encoded] = field(default_factory=list)

    def read(self, turns: Sequence[Encoded]) -> list[Read]:
        self.asked += turns
        forms = np.array([1, 0, 0], np.float32)
        return [
            Read(self._scores(turn), forms, _place(turn), self._worth(turn))
            for turn in turns
        ]

    def _scores(self, turn: Encoded) -> NDArray[np.float32]:
        found = dict.fromkeys(self.labels, -6.0)
        for word, (kind, score) in self.words.items():
            if _piece(word) in turn.ids[: turn.judged]:
                found[kind] = score
        return np.array(list(found.values()), np.float32)

    def _worth(self, turn: Encoded) -> NDArray[np.float32]:
        worth = np.zeros((len(self.labels), len(turn.places)), np.float32)
        said = list(turn.ids[2 : turn.judged - 1])
        for word, (kind, score) in self.words.items():
            found = [score * (piece == _piece(word)) for piece in said]
            worth[self.labels.index(kind)] += np.array(found, np.float32)
        return worth


def word_model() -> PartneringModel:
    """As the real one's type."""
    return cast("PartneringModel", WordModel())


def _place(turn: Encoded) -> NDArray[np.float32]:
    """A sum of directions, one for each judged word, length 1."""
    place = np.zeros(SIZE, np.float32)
    for piece in turn.ids[1 : turn.judged - 1]:
        rng = np.random.default_rng(piece)
        place += rng.standard_normal(SIZE).astype(np.float32)
    return place / np.float32(np.linalg.norm(place))
