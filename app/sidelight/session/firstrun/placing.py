"""The process that finds where the coach's own wordings lie for the model.

The model is loaded in a process that ends with the answer: the launcher, which lives as
long as home, need not carry it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.session.phrasing import Placing


@dataclass(frozen=True, slots=True)
class WordsPlaced:
    """Where they lie.

    Attributes:
        version: Of the model; ``""``: there is none to be taught.
        places: One a wording, float32, shape (384,); empty without a model.
    """

    version: str
    places: tuple[NDArray[np.float32], ...] = field(repr=False)


def place(connection: Connection, open_model: Callable[[], Placing | None]) -> None:
    """Answer once.

    Args:
        connection: Takes a tuple of wordings, gives ``WordsPlaced``.
        open_model: Loads it; ``None``: there is none here.
    """
    try:
        wordings: tuple[str, ...] = connection.recv()
        model = open_model()
        if model is None:
            connection.send(WordsPlaced("", ()))
        else:
            placed = tuple(model.places(wordings))
            connection.send(WordsPlaced(model.version, placed))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
