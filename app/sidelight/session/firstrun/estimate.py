"""What a speech model will be like on this computer, as far as that was measured.

A model's cost follows from its shape, so a stand-in of the true shape with random
weights is timed before anything is fetched (``session.bench.shapes``). Larger ones
follow from it in proportion to what their layers compute, and are called estimates.
Smaller ones cost more than their share, so of them nothing is foretold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sidelight.session.bench.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sidelight.speech.fitness import Tried, Way

YARDSTICK: Final = "base"
"""The shape that is timed: of the models that ordinary laptops listen with."""

SMALLEST: Final = "tiny"

OFFERED: Final = ("tiny", "base", "small")

PAUSE_S: Final = 0.5
"""A sentence is over after a pause of about this; its words come after it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of a size of model here.

    Attributes:
        words_after_s: Seconds from the end of a sentence to its words.
        measured: With this very size; else it follows from another.
        live: Whether this computer is fast enough to listen with it.
        crowded: Other programs were busy meanwhile.
    """

    words_after_s: float
    measured: bool
    live: bool
    crowded: bool


def measured_name(size: str) -> str:
    """Under what the timing of a stand-in is remembered, beside sums of models."""
    return f"shape of {size}"


def size_of(model: str) -> str:
    """The size of a model of the catalogue: ``base.en`` is ``base``."""
    return model.removesuffix(".en")


def estimate(size: str, tried: Mapping[str, Tried]) -> Estimate | None:
    """What to expect; ``None``: nothing was measured that would tell.

    Args:
        size: A key of ``SHAPES``; of others nothing is foretold.
        tried: What was measured, by size.
    """
    own = tried.get(size)
    if own is not None:
        return None if own.best is None else _of(own.best, measured=True)
    other = tried.get(YARDSTICK)
    if size not in SHAPES or other is None or other.best is None:
        return None
    ratio = _labour(size) / _labour(YARDSTICK)
    if ratio < 1:
        return None
    way = other.best
    scaled = replace(way, final_s=way.final_s * ratio, live_s=way.live_s * ratio)
    return _of(scaled, measured=False)


def _of(way: Way, *, measured: bool) -> Estimate:
    return Estimate(PAUSE_S + way.final_s, measured, way.fits, way.crowded)


def _labour(size: str) -> float:
    """What a pass computes, up to a constant: layers times width squared."""
    shape = SHAPES[size]
    return float(shape.layers * shape.width**2)
