"""The model itself: what it makes of a turn, as probabilities and as a place in space.

A MiniLM encoder run by CTranslate2 in int8, and a linear head in numpy
(``models/partnering/README.md``). One thread: an utterance takes a few milliseconds.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sidelight.partnering.learned.encoding import Encoded, WordPieces

_MARKS: Final = 2
"""Before a turn's first word piece: its beginning, and who speaks."""

_DAMAGED: Final = (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class Read:
    """What the model makes of one turn.

    Attributes:
        scores: Log-odds of every label of ``PartneringModel.labels``, float32.
        forms: Probability of each of ``PartneringModel.forms``, float32.
        place: Where the turn lies among all turns: float32, shape (384,), length 1.
        worth: What each judged word piece adds to every label's score: float32, shape
            (labels, pieces). The head is linear over the mean of the pieces' states,
            so the sum is exact; what the turn's first mark adds is left out.
    """

    scores: NDArray[np.float32]
    forms: NDArray[np.float32]
    place: NDArray[np.float32]
    worth: NDArray[np.float32]


def quiet_places(folder: Path) -> NDArray[np.float32] | None:
    """Places of turns that are of no kind: float32, shape (n, 384), each of length 1.

    Args:
        folder: The model's; ``None`` comes of one that has no such file.

    Raises:
        UserError: The file is damaged.
    """
    path = folder / "quiet.npz"
    if not path.exists():
        return None
    try:
        with np.load(path) as file:
            places: NDArray[np.float32] = file["places"].astype(np.float32)
    except _DAMAGED as error:
        raise _damaged() from error
    lengths = np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-6)
    found: NDArray[np.float32] = (places / lengths).astype(np.float32)
    return found


def _damaged() -> UserError:
    return UserError(
        "The model that notices partnering is missing or damaged.",
        "Install Sidelight again; sessions and speech models stay as they are.",
    )


class PartneringModel:
    """A loaded model folder. Thread: one at a time.

    Attributes:
        labels: Kind ids, in the order of ``Read.scores``.
        forms: Form ids, in the order of ``Read.forms``.
        pieces: Splits text as the model was trained on it.
        version: Of the weights, kept with every moment.
    """

    def __init__(self, folder: Path) -> None:
        """Load.

        Args:
            folder: Weights, head, word pieces and ``labels.json``.

        Raises:
            UserError: Something is missing or damaged.
        """
        import ctranslate2  # type: ignore[import-untyped]  # noqa: PLC0415 (slow)
        from tokenizers import Tokenizer  # noqa: PLC0415 (slow)

        try:
            about = json.loads((folder / "labels.json").read_text("utf-8"))
            self.labels: tuple[str, ...] = tuple(about["labels"])
            self.forms: tuple[str, ...] = tuple(about["forms"])
            self.version: str = about["version"]
            pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
            with np.load(folder / "head.npz") as head:
                self._weight: NDArray[np.float32] = head["weight"]
                self._bias: NDArray[np.float32] = head["bias"]
            self._encoder: Any = ctranslate2.Encoder(
                str(folder), device="cpu", compute_type="int8", intra_threads=1
            )
        except _DAMAGED as error:
            raise _damaged() from error
        pieces.no_truncation()
        pieces.no_padding()
        self.pieces: WordPieces = pieces

    def read(self, turns: Sequence[Encoded]) -> list[Read]:
        """What it makes of each turn.

        Args:
            turns: Encoded with ``pieces``; may be empty.
        """
        if not turns:
            return []
        out = self._encoder.forward_batch(
            [list(turn.ids) for turn in turns],
            token_type_ids=[list(turn.parts) for turn in turns],
        )
        states = np.asarray(out.last_hidden_state, np.float32)
        return [self._one(states[row], turn) for row, turn in enumerate(turns)]

    def _one(self, states: NDArray[np.float32], turn: Encoded) -> Read:
        mean = states[: turn.judged].mean(axis=0)
        seen = np.concatenate([states[0], mean])
        out: NDArray[np.float32] = self._weight @ seen + self._bias
        labels = len(self.labels)
        forms = np.exp(out[labels:] - out[labels:].max())
        place = mean / max(float(np.linalg.norm(mean)), 1e-6)
        said = states[_MARKS : _MARKS + len(turn.places)]
        worth: NDArray[np.float32] = self._weight[:labels, len(mean) :] @ said.T
        worth /= turn.judged
        return Read(out[:labels], forms / forms.sum(), place, worth)
