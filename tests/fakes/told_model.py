"""A model that is told what to make of a turn, and the word pieces to ask it with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sidelight.domain.moments import Form
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.model import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.partnering.learned.encoding import Encoded

SURELY, SURELY_NOT = 6.0, -6.0


@dataclass(frozen=True, slots=True)
class Pieces:
    """Some ids, and where they stand."""

    ids: list[int]
    offsets: list[tuple[int, int]]


@dataclass
class WholeWords:
    """Every word is a piece; remembers which."""

    words: dict[str, int] = field(default_factory=dict)

    def encode(self, sequence: str, *, add_special_tokens: bool) -> Pieces:
        assert not add_special_tokens
        first = 1_000
        found = list(re.finditer(r"\S+", sequence.lower()))
        ids = [
            self.words.setdefault(word[0], first + len(self.words)) for word in found
        ]
        return Pieces(ids, [word.span() for word in found])


class ToldModel:
    """Shows a kind wherever the judged part holds its word.

    Args:
        told: Word, kind, log-odds.
        form: Of every hand-over.
    """

    version = "told-1"

    def __init__(self, *told: tuple[str, str, float], form: Form = Form.OPEN) -> None:
        self.labels = tuple(kind.id for kind in KINDS if not kind.needs_sound)
        self.forms = tuple(form.value for form in Form)
        self.pieces = WholeWords()
        self.asked: list[Encoded] = []
        self._told = told
        self._form = form

    def read(self, turns: Sequence[Encoded]) -> list[Read]:
        self.asked += turns
        return [self._one(turn) for turn in turns]

    def words(self, turn: Encoded) -> list[str]:
        """The judged words."""
        names = {number: word for word, number in self.pieces.words.items()}
        return [names[n] for n in turn.ids[: turn.judged] if n in names]

    def _one(self, turn: Encoded) -> Read:
        scores = np.full(len(self.labels), SURELY_NOT, np.float32)
        judged = self.words(turn)
        worth = np.zeros((len(self.labels), len(turn.places)), np.float32)
        for word, kind, log_odds in self._told:
            if word in judged:
                label = self.labels.index(kind)
                scores[label] = log_odds
                worth[label] += log_odds * np.array([one == word for one in judged])
        forms = np.array([form == self._form for form in self.forms], np.float32)
        place = np.zeros(384, np.float32)
        place[0] = 1
        return Read(scores, forms, place, worth)
