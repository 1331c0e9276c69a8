"""Sidelight itself, as it runs live: it pulls sound, and is adapted to its lag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.events import DirectiveGiven
from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_millis
from sidelight.session.adapting import Adapter, LagLimits
from sidelight.session.bench.playing import GRAIN
from sidelight.session.worker import MOST_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.session.pipeline import Item, Pipeline

_LIMITS: Final = LagLimits()


class Ours:
    """The pipeline under the supervisor's policy.

    Args:
        name: For tables.
        pipeline: Fresh.
        lighter: Models it may change to, the best first.
    """

    least = GRAIN
    most = Samples(MOST_AT_ONCE)

    def __init__(
        self, name: str, pipeline: Pipeline, lighter: tuple[str, ...] = ()
    ) -> None:
        self.name = name
        self._pipeline = pipeline
        self._adapter = Adapter(_LIMITS, lighter)

    def hear(self, samples: NDArray[np.float32], now: float) -> Iterator[Item]:
        """See ``System.hear``; what one call finds is shown when the call is over."""
        position = self._pipeline.position
        at = to_millis(position)
        directive = self._adapter.decide(now - position / SAMPLE_RATE, now, at)
        if directive is not None:
            yield DirectiveGiven(at, directive)
            yield from self._pipeline.direct(directive)
        yield from self._pipeline.feed(AudioBlock(position, samples))

    def finish(self, now: float) -> Iterator[Item]:
        """See ``System.finish``."""
        del now
        yield from self._pipeline.direct(Finish(to_millis(self._pipeline.position)))
