"""Training examples from the written talk: a turn, its surroundings, its labels."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from noise import Misheard, Recogniser
from talk import FORMS, LABELS, PROCESS

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.encoding import Encoded, WordPieces, encode
from sidelight.partnering.replies import is_backchannel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talk import Block, Turn

ARGUABLE: Final = 0.65
"""What an arguable label is trained towards."""

NOISY: Final = 0.55
"""Share of the blocks that are read as a recogniser writes them."""

KNOWN: Final = 0.72
"""Share of the blocks whose speakers are known."""

ALONE: Final = 0.1
"""Share of the turns that are read without what was before. Not of everyday talk: there
the same words mean something else because of what was before."""


_ONLY: Final = {
    "partnering": frozenset(
        (*PROCESS, "agreement", "observation_invite", "engagement", "closing")
    )
}
"""Labels that a block was labelled with, where its header says ``only=…``."""


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to learn.

    Attributes:
        encoded: What the model reads.
        targets: Of each of ``LABELS``, 0..1.
        known: Of each of ``LABELS``, 1 where the target is known, else 0.
        form: Index into ``FORMS``, or -1.
    """

    encoded: Encoded
    targets: tuple[float, ...]
    known: tuple[float, ...]
    form: int


@dataclass(frozen=True, slots=True)
class View:
    """A turn as the program may come to judge it.

    Attributes:
        coach: Whose it is.
        text: What is judged.
        before: The turns before: whether the coach's, and the text; newest last.
        labels: With how sure each is.
        form: See ``Turn.form``.
        only: The labels that were looked for; ``None``: all.
    """

    coach: bool
    text: str
    before: tuple[tuple[bool, str], ...]
    labels: dict[str, float]
    form: str | None
    only: frozenset[str] | None = None


def _labels(turn: Turn) -> dict[str, float]:
    return {label: ARGUABLE if label in turn.arguable else 1.0 for label in turn.labels}


def _joined(first: dict[str, float], second: dict[str, float]) -> dict[str, float]:
    """Of a turn that went on: what it takes back no longer counts."""
    if "took_back" in second:
        first = {label: sure for label, sure in first.items() if label not in PROCESS}
    return {**first, **second}


def views(block: Block, texts: Sequence[str]) -> Iterable[View]:
    """Every way that a block's turns come to be judged.

    Args:
        block: The talk.
        texts: Its turns' texts, as said or as recognised.
    """
    only = _ONLY.get(block.fields.get("only", ""))
    before: list[tuple[bool, str]] = []
    open_labels: dict[str, float] = {}
    open_form: str | None = None
    for turn, text in zip(block.turns, texts, strict=True):
        if not text.strip():
            continue
        labels = _labels(turn)
        here = None if only is None else only | labels.keys()
        around = tuple(before[-3:])
        yield View(turn.coach, text, around, labels, turn.form, here)
        goes_on = bool(before) and before[-1][0] == turn.coach
        if goes_on:
            whole = f"{before[-1][1]} {text}"
            labels = _joined(open_labels, labels)
            form = turn.form or open_form
            if "direction" not in labels:
                form = None
            before[-1] = (turn.coach, whole)
            yield View(turn.coach, whole, tuple(before[-4:-1]), labels, form, here)
            open_labels, open_form = labels, form
        elif not is_backchannel(text):
            before.append((turn.coach, text))
            open_labels, open_form = labels, turn.form


def recognised(block: Block, misheard: Misheard, rng: random.Random) -> list[str]:
    """The block's texts as one small recogniser writes them."""
    recogniser = Recogniser(misheard, rng)
    return [recogniser.write(turn.text) for turn in block.turns]


def speaker(coach: bool, known: bool) -> Speaker:
    if not known:
        return Speaker.UNKNOWN
    return Speaker.COACH if coach else Speaker.CLIENT


def encode_view(pieces: WordPieces, view: View, *, known: bool) -> Encoded:
    before = [(speaker(coach, known), text) for coach, text in view.before]
    return encode(pieces, view.text, speaker(view.coach, known), before)


def example(pieces: WordPieces, view: View, *, known: bool) -> Example:
    """One view, encoded and labelled."""
    return Example(
        encode_view(pieces, view, known=known),
        tuple(view.labels.get(label, 0.0) for label in LABELS),
        tuple(float(view.only is None or label in view.only) for label in LABELS),
        FORMS.index(view.form) if view.form else -1,
    )


def from_kinds() -> Iterable[View]:
    """The examples and near misses in the kinds' own files."""
    for kind in KINDS:
        if kind.id not in LABELS:
            continue
        both = [(e, 1.0) for e in kind.examples] + [(e, 0.0) for e in kind.near_misses]
        for shown, sure in both:
            before = tuple((who is Speaker.COACH, text) for who, text in shown.before)
            labels = {kind.id: 1.0} if sure else {}
            only = frozenset((kind.id,))
            yield View(True, shown.text, before, labels, None, only)


class Epochs:
    """Fresh examples for each epoch, the same for the same seed.

    Args:
        blocks: Training talk.
        pieces: Splits text.
        seed: Of everything random.
    """

    def __init__(
        self, blocks: Sequence[Block], pieces: WordPieces, seed: int = 1
    ) -> None:
        self._blocks = blocks
        self._pieces = pieces
        self._seed = seed
        self._misheard = Misheard(t.text for b in blocks for t in b.turns)

    def epoch(self, number: int) -> list[Example]:
        """The examples of one epoch, in random order."""
        rng = random.Random(self._seed * 1000 + number)
        found: list[Example] = []
        for block in self._blocks:
            noisy = rng.random() < NOISY
            texts = (
                recognised(block, self._misheard, rng)
                if noisy
                else [turn.text for turn in block.turns]
            )
            known = rng.random() < KNOWN
            for each in views(block, texts):
                view = each
                if not self._wanted(view, known, rng):
                    continue
                if block.kind != "talk" and rng.random() < ALONE:
                    view = replace(view, before=())
                found.append(example(self._pieces, view, known=known))
        found += [
            example(self._pieces, view, known=rng.random() < KNOWN)
            for view in from_kinds()
        ]
        rng.shuffle(found)
        return found

    @staticmethod
    def _wanted(view: View, known: bool, rng: random.Random) -> bool:
        if not view.coach:
            return not known and rng.random() < 0.5
        if not view.labels and len(view.text.split()) <= 2:
            return rng.random() < 0.3
        return True
