"""A session goes on although its microphone is not there: silence until it is back."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.source import Source
from sidelight.audio.watch import SoundCondition, Trouble
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Gap,
    GapCause,
    Samples,
    Span,
    to_millis,
)
from sidelight.session.moved import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.domain.transcript import Layout

AGAIN_S: Final = 2.0
_MILLI: Final = SAMPLE_RATE // 1000


@dataclass(frozen=True, slots=True)
class _Opened:
    source: Source
    first: AudioBlock | Gap
    rest: Iterator[AudioBlock | Gap]


class LateSource(Source):
    """A source that may not be there yet.

    Args:
        find: Makes it; raises ``UserError`` while a device is missing.
        layout: Channels it will have.
        clock: The capture clock, seconds.
        step_s: How long a piece of silence is.
    """

    def __init__(
        self,
        find: Callable[[], Source],
        layout: Layout,
        clock: Callable[[], float],
        *,
        step_s: float = 0.25,
    ) -> None:
        self.name = ""
        self.layout = layout
        self._find = find
        self._clock = clock
        self._step_s = step_s
        self._stopped = threading.Event()
        self._found: Source | None = None
        self._missing: SoundCondition | None = None

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """Its sound; while it is missing, silence with a gap over it."""
        began = self._clock()
        position = Samples(0)
        try_at = began
        while not self._stopped.is_set():
            if self._clock() >= try_at:
                opened = self._opened()
                if opened is not None:
                    yield from self._go_on(opened, position)
                    return
                try_at = self._clock() + AGAIN_S
            # Only now: what is there at once has its own beginning.
            self.opened_at = began
            self._stopped.wait(self._step_s)
            now = self._position(self._clock())
            yield from self._silence(position, now)
            position = now
        yield from self._lost(position)

    def conditions(self, now: float) -> tuple[SoundCondition, ...]:
        """What is missing; then what is wrong with it."""
        if self._missing is not None:
            return (self._missing,)
        return () if self._found is None else self._found.conditions(now)

    def stop(self) -> None:
        """See ``Source``."""
        self._stopped.set()
        if self._found is not None:
            self._found.stop()

    def _opened(self) -> _Opened | None:
        """It, running; ``None``: it is missing, or cannot be opened."""
        try:
            found = self._find()
            self._found = found
            items = found.blocks()
            first = next(items, None)
        except UserError as fault:
            self._miss(fault)
            self._found = None
            return None
        if first is None:
            self._found = None
            return None
        self._missing = None
        return _Opened(found, first, items)

    def _go_on(self, opened: _Opened, position: Samples) -> Iterator[AudioBlock | Gap]:
        base = Samples(0)
        if self.opened_at is None:
            self.opened_at = opened.source.opened_at
        else:
            base = max(position, self._position(opened.source.opened_at or 0.0))
        yield from self._silence(position, base)
        yield from self._lost(base)
        yield moved(opened.first, base)
        for item in opened.rest:
            yield moved(item, base)

    def _miss(self, fault: UserError) -> None:
        now = self._clock()
        self._missing = SoundCondition(Trouble.GONE, fault.message, fault.remedy, now)

    def _position(self, at: float) -> Samples:
        """On a whole millisecond."""
        began = self.opened_at or 0.0
        return Samples(max(0, round((at - began) * 1000)) * _MILLI)

    def _silence(self, start: Samples, end: Samples) -> Iterator[AudioBlock]:
        channels = len(self.layout.speakers)
        for at in range(start, end, SAMPLE_RATE):
            count = min(SAMPLE_RATE, end - at)
            yield AudioBlock(Samples(at), np.zeros((count, channels), np.float32))

    def _lost(self, until: Samples) -> Iterator[Gap]:
        if until:
            span = Span(to_millis(0), to_millis(until))
            yield Gap(span, GapCause.DEVICE_LOST)
