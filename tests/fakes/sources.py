"""Sound sources under the test's control; they pass ``Source``'s contract."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.source import Source
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.errors import UserError
    from sidelight.domain.timeline import Gap


class NoiseSource(Source):
    """Seeded noise, block by block.

    Args:
        seconds: How long.
        gap: Reported after the first block.
        fault: Raised at the end.
        hold_at: Deliver no block from this second on until ``release`` or ``stop``.
    """

    name = "noise"
    layout = Layout.STEREO

    def __init__(
        self,
        seconds: float,
        *,
        gap: Gap | None = None,
        fault: UserError | None = None,
        hold_at: float | None = None,
    ) -> None:
        self._gap = gap
        self._fault = fault
        self._hold_at = None if hold_at is None else int(hold_at * SAMPLE_RATE)
        self._go_on = threading.Event()
        self._stopped = threading.Event()
        noise = np.random.default_rng(7).normal(0, 0.1, (int(seconds * 16_000), 2))
        self.samples = np.clip(noise, -1, 1).astype(np.float32)

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        for start in range(0, len(self.samples), 1_600):
            if self._hold_at is not None and start >= self._hold_at:
                self._go_on.wait()
            if self._stopped.is_set():
                return
            yield AudioBlock(Samples(start), self.samples[start : start + 1_600])
            if self._gap is not None and start == 0:
                yield self._gap
        if self._fault is not None:
            raise self._fault

    def release(self) -> None:
        self._go_on.set()

    def stop(self) -> None:
        self._stopped.set()
        self._go_on.set()


class StepSource(Source):
    """Noise that goes on to a second when told so.

    Args:
        opened_at: See ``Source``.
        block_s: Length of a block, for tests that need minutes of it.
    """

    name = "steps"
    layout = Layout.STEREO

    def __init__(self, opened_at: float | None = None, block_s: float = 0.1) -> None:
        self.opened_at = opened_at
        self._length = int(block_s * SAMPLE_RATE)
        self._until = 0
        self._change = threading.Condition()
        self._stopped = False

    def go_on_to(self, seconds: float) -> None:
        with self._change:
            self._until = int(seconds * SAMPLE_RATE)
            self._change.notify()

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        noise = (
            np.random.default_rng(3)
            .normal(0, 0.1, (self._length, 2))
            .astype(np.float32)
        )
        start = 0
        while True:
            with self._change:
                while not (start < self._until or self._stopped):
                    self._change.wait()
                if self._stopped:
                    return
            yield AudioBlock(Samples(start), noise)
            start += self._length

    def stop(self) -> None:
        with self._change:
            self._stopped = True
            self._change.notify()
