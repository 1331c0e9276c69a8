"""Which model this computer can listen with, from the seconds its passes take.

The rule: of all models the largest whose final words come within ``LONGEST_FINAL_S``
and that keeps the processor busy for less than ``MOST_LOAD`` of the time. That load is
foretold for dialogue as it was measured when this project began: 78 % speech, an
utterance every 5.2 s, with four seconds of speech in it. The passes in between count
as short ones; while a model is not yet known to be safe in short windows, live text
may fall behind and is then left out.

A transcript that is made once more after the session may take longer: see
``MOST_REFINING``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.speech.recognizer import Device
    from sidelight.speech.weights import ModelFolder

LONGEST_FINAL_S: Final = 2.0
MOST_LOAD: Final = 0.5

_UTTERANCE_EVERY_S: Final = 5.2
_LIVE_PASSES: Final = 3
"""One a second in four seconds of speech, none in the first."""

MOST_REFINING: Final = 1.0
"""Seconds of computing a second of session that a transcript is worth afterwards. A day
of sessions is refined before the next morning, and no laptop computes for longer than
its owner worked."""

_SPEECH: Final = 0.78
"""Of both channels together, in the dialogue that was measured."""

_PLAIN_WINDOW_S: Final = 28.0
"""Of speech that a window of 30 s takes the standard regime on; the rest of it is heard
again in the next one."""

_PLAIN_TOKENS: Final = 100
"""Decoded in such a window: two and a half words a second."""

_TIMED_TOKENS: Final = 30

_HARDLY_SLOWER: Final = 1.1
"""Fewer threads are better when they are only that much slower."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to run a model, as it was timed.

    Attributes:
        device: Where.
        threads: CPU threads of a pass.
        final_s: Seconds of a final pass: window of 30 s, 30 tokens with the beam, and
            their times.
        live_s: Seconds of a live pass: window of 15 s (1500 columns), 30 tokens greedy.
        crowded: Whether other programs kept the processor from it meanwhile.
    """

    device: Device
    threads: int
    final_s: float
    live_s: float
    crowded: bool = False

    @property
    def load(self) -> float:
        """Share of the time that it would compute during a session, 0 upwards."""
        return (self.final_s + _LIVE_PASSES * self.live_s) / _UTTERANCE_EVERY_S

    @property
    def refining(self) -> float:
        """Seconds of computing a second of session in the standard regime, at most.

        The part of a final pass that does not depend on its tokens is counted with them
        here, so it takes less.
        """
        window_s = self.final_s * _PLAIN_TOKENS / _TIMED_TOKENS
        return window_s * _SPEECH / _PLAIN_WINDOW_S

    @property
    def fits(self) -> bool:
        """Whether it is fast enough to listen with."""
        return self.final_s <= LONGEST_FINAL_S and self.load <= MOST_LOAD


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying a model.

    Attributes:
        ways: Those that worked.
        fault: Why the last one that did not work did not, for people; or ``""``.
    """

    ways: tuple[Way, ...]
    fault: str = ""

    @property
    def best(self) -> Way | None:
        """The fastest; with fewer threads where that is hardly slower."""
        if not self.ways:
            return None
        limit = _HARDLY_SLOWER * min(way.final_s for way in self.ways)
        quick = [way for way in self.ways if way.final_s <= limit]
        return min(quick, key=lambda way: (way.threads, way.final_s))

    @property
    def lasting(self) -> bool:
        """Whether it says something about the computer, not about a busy moment."""
        return self.fits or not any(way.crowded for way in self.ways)

    @property
    def fits(self) -> bool:
        """Whether this computer can listen with it."""
        return self.best is not None and self.best.fits


def largest_that_fits(
    models: Sequence[ModelFolder], try_out: Callable[[ModelFolder], Tried]
) -> tuple[ModelFolder, bool]:
    """Choose a model.

    Args:
        models: At least one.
        try_out: Tells how a model does; asked from the largest down, until one fits.

    Returns:
        The model, and whether it fits; otherwise it is the quickest that works, or the
        smallest when none does.
    """
    working: list[tuple[float, ModelFolder]] = []
    by_size = sorted(models, key=lambda model: model.size, reverse=True)
    for model in by_size:
        tried = try_out(model)
        if tried.fits:
            return model, True
        if tried.best is not None:
            working.append((tried.best.final_s, model))
    if working:
        return min(working, key=lambda found: found[0])[1], False
    return by_size[-1], False


def largest_in_time(
    models: Sequence[ModelFolder], try_out: Callable[[ModelFolder], Tried]
) -> ModelFolder | None:
    """The model to refine a transcript with.

    Args:
        models: Any number.
        try_out: As for ``largest_that_fits``.

    Returns:
        The largest that takes no longer than ``MOST_REFINING``; ``None``: none does.
    """
    for model in sorted(models, key=lambda model: model.size, reverse=True):
        best = try_out(model).best
        if best is not None and best.refining <= MOST_REFINING:
            return model
    return None
