"""What the passes of a model cost on this machine, measured once, then looked up.

A pass costs what its window and its number of tokens cost. Running every pass of every
system at every speed would take hours; a price list takes a minute, and with it a run
can be repeated bit for bit.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.speech.recognizer import LONGEST, PassKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sidelight.session.bench.timed_truth import Labour

_TOKENS: Final = (1, 24, 72)
_REPEATS: Final = 2
_BEFORE: Final = 40
_WINDOWS_S: Final = (10.0, 12.5, 15.0)
_SLACK_S: Final = 2.56


@dataclass(frozen=True, slots=True)
class PriceList:
    """CPU seconds of passes; between what was measured, a straight line.

    Attributes:
        greedy: For each measured window (samples), the price at each of ``tokens``.
        beam: The same, with beam search and word times.
        tokens: What was measured.
    """

    greedy: tuple[tuple[Samples, tuple[float, ...]], ...]
    beam: tuple[tuple[Samples, tuple[float, ...]], ...]
    tokens: tuple[int, ...] = _TOKENS

    def of(self, window: Samples, kind: PassKind, tokens: int) -> float:
        """Seconds of a pass.

        Args:
            window: What the encoder sees.
            kind: Whether it is greedy.
            tokens: How many it decodes.
        """
        rows = self.greedy if kind is PassKind.PARTIAL else self.beam
        prices = [_between(self.tokens, row, tokens) for _, row in rows]
        return _between([at for at, _ in rows], prices, window)

    def write(self, path: Path) -> None:
        """Keep it, so that a run can be repeated exactly."""
        data = {"v": 1, "tokens": self.tokens, "greedy": self.greedy, "beam": self.beam}
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> PriceList:
        """Read what ``write`` wrote.

        Raises:
            UserError: It is missing or damaged.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            greedy, beam = (
                tuple(
                    (Samples(int(at)), tuple(float(price) for price in row))
                    for at, row in data[name]
                )
                for name in ("greedy", "beam")
            )
            return cls(greedy, beam, tuple(int(count) for count in data["tokens"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserError(
                f"The price list {path.name} cannot be read.",
                "Delete it: the next run measures a new one.",
            ) from error


def measure_prices(
    short: Labour,
    padded: Labour,
    cpu: Callable[[], float] = time.process_time,
) -> PriceList:
    """Try every kind of pass.

    Args:
        short: The model with short windows, the sound and 2.56 s of silence.
        padded: The model with 30-s windows.
        cpu: CPU seconds used so far.
    """
    noise = np.random.default_rng(0).standard_normal(LONGEST, dtype=np.float32) * 0.05

    def price(labour: Labour, seconds: float, kind: PassKind, tokens: int) -> float:
        sound = noise[: int(seconds * SAMPLE_RATE)]
        costs = []
        for _ in range(_REPEATS):
            began = cpu()
            labour.spend(sound, kind=kind, before=_BEFORE, tokens=tokens)
            costs.append(cpu() - began)
        return min(costs)  # what others did meanwhile only ever adds

    def rows(kind: PassKind) -> tuple[tuple[Samples, tuple[float, ...]], ...]:
        found = []
        for window in _WINDOWS_S:
            sound = window - _SLACK_S
            found.append(
                (
                    Samples(int(window * SAMPLE_RATE)),
                    tuple(price(short, sound, kind, tokens) for tokens in _TOKENS),
                )
            )
        sound = 10.0  # all of it is in every 30-s window, however long
        full = tuple(price(padded, sound, kind, tokens) for tokens in _TOKENS)
        return (*found, (LONGEST, full))

    return PriceList(rows(PassKind.PARTIAL), rows(PassKind.FINAL))


class Bill:
    """CPU seconds that were looked up instead of used."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def cpu(self) -> float:
        """CPU seconds used so far by this process, and those only looked up."""
        return time.process_time() + self.seconds


@dataclass(frozen=True, slots=True)
class Priced:
    """``Labour`` that is looked up.

    Attributes:
        prices: Of the model.
        window: What the encoder would see of a sound.
        bill: Where it is added.
    """

    prices: PriceList
    window: Callable[[int, PassKind], Samples]
    bill: Bill

    def spend(
        self, samples: NDArray[np.float32], *, kind: PassKind, before: int, tokens: int
    ) -> None:
        """See ``Labour``."""
        del before  # one batched step: 10 ms, and the same for everybody
        window = self.window(len(samples), kind)
        self.bill.seconds += self.prices.of(window, kind, tokens)


def _between(places: Sequence[int], values: Sequence[float], at: int) -> float:
    """On the line through the two nearest places, also outside them."""
    pairs = list(pairwise(zip(places, values, strict=True)))
    (left, low), (right, high) = next(
        (pair for pair in pairs if at <= pair[1][0]), pairs[-1]
    )
    return low + (high - low) * (at - left) / (right - left)
