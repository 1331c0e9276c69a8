"""What this coach has taught: nearest examples, at once, without training.

A lesson is a turn of the coach's with a kind it is, or is not. It moves the log-odds of
turns that lie close to it, and of no others. How far it reaches is settled when it is
taught: never to any of the turns that the model was trained to leave alone, so that
teaching cannot make the detector cry wolf. Taking a lesson back takes its effect back.

A kind that the model was not trained on is found by its own examples in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Span

REACH: Final = 0.80
"""Cosine from which a turn is close to a lesson. Chosen on the development talk: of
pairs of turns that say the same differently a third are closer, of others few."""

REACH_AGAINST: Final = 0.92
"""The same for what a turn is not. A removal is about this wording; what is close
enough to be learned from would take others along. Measured on the development talk:
from 0.80 one wrong removal silenced three to five right findings beside its own, from
0.92 at most one (``docs/decisions/0011-learning-from-the-coach.md``)."""

STRENGTH: Final = 4.0
"""Log-odds that the very turn of a lesson gains or loses; none at the edge of reach."""

MOST: Final = 4.0
"""All lessons together move a turn by no more."""

DENIED: Final = -4.0
"""Log-odds that the model must give at least: what it is sure is nothing stays so."""

UNKNOWN_KIND: Final = -3.0
"""Log-odds of a kind the model does not know, before any example speaks for it."""

_EXAMPLE: Final = 8.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """One turn that was taught.

    Attributes:
        kind: Kind id.
        place: Where the turn lies: float32, shape (384,), length 1.
        positive: Whether it is of the kind.
    """

    kind: str
    place: NDArray[np.float32]
    positive: bool = True


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson with what it comes from.

    Attributes:
        span: Everything that its place rests on: the turn, and the turns before it.
        words: The turn's.
        model: Version of the model whose place it is.
        lesson: Kind, place and sign.
    """

    span: Span
    words: str
    model: str
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class _Taught:
    places: NDArray[np.float32]
    reaches: NDArray[np.float32]
    signs: NDArray[np.float32]


class Lessons:
    """All of them, ready to judge by. Never changes: teaching makes another."""

    def __init__(
        self,
        taught: Iterable[Lesson] = (),
        examples: Iterable[Lesson] = (),
        quiet: NDArray[np.float32] | None = None,
    ) -> None:
        """Settle how far each reaches.

        Args:
            taught: By the coach.
            examples: Of kinds that the model was not trained on.
            quiet: Places of turns that are of no kind at all, float32, shape (n, 384).
        """
        self._quiet = quiet if quiet is not None else np.zeros((0, 1), np.float32)
        self._taught = self._by_kind(taught)
        self._examples = self._by_kind(examples)

    def judge(
        self, kind: str, model: float | None, place: NDArray[np.float32]
    ) -> float:
        """The log-odds of a kind.

        Args:
            kind: Kind id.
            model: The model's log-odds; ``None``: it does not know the kind.
            place: Where the turn lies.
        """
        if model is None:
            shown = self._examples.get(kind)
            near = _pull(shown, place) * _EXAMPLE if shown is not None else 0.0
            model = UNKNOWN_KIND + near
        taught = self._taught.get(kind)
        if taught is None:
            return model
        moved = float(np.clip(_pull(taught, place) * STRENGTH, -MOST, MOST))
        if moved > 0 and model < DENIED:
            return model
        return model + moved

    def _by_kind(self, lessons: Iterable[Lesson]) -> dict[str, _Taught]:
        kinds: dict[str, list[Lesson]] = {}
        for lesson in lessons:
            kinds.setdefault(lesson.kind, []).append(lesson)
        return {kind: self._settled(some) for kind, some in kinds.items()}

    def _settled(self, lessons: Sequence[Lesson]) -> _Taught:
        places = np.stack([lesson.place for lesson in lessons])
        reaches = np.full(len(lessons), REACH, np.float32)
        for at, lesson in enumerate(lessons):
            if not lesson.positive:
                reaches[at] = REACH_AGAINST
            elif len(self._quiet):
                closest = float((self._quiet @ lesson.place).max())
                reaches[at] = min(0.999, max(REACH, closest))
        signs = np.array([1.0 if one.positive else -1.0 for one in lessons], np.float32)
        return _Taught(places, reaches, signs)


def _pull(taught: _Taught, place: NDArray[np.float32]) -> float:
    """-1..1: towards the closest lesson for it, away from the closest against it."""
    near = (taught.places @ place - taught.reaches) / (1.0 - taught.reaches)
    near = np.maximum(near, 0.0) * taught.signs
    return float(near.max(initial=0.0) + near.min(initial=0.0))
