"""Going on with a session whose engine died: the time it was away is a marked gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.source import Source
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Gap,
    GapCause,
    Millis,
    Samples,
    Span,
    to_millis,
    to_samples,
)
from sidelight.session.moved import moved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.audio.watch import SoundCondition
    from sidelight.domain.transcript import Layout

_LONGEST_BLOCK = SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a session was last seen alive: a position and the moment it was reached.

    Attributes:
        session: Its id.
        position: Session time.
        clock_s: The capture clock then, in seconds; ``None``: no sound had come yet.
    """

    session: str
    position: Millis
    clock_s: float | None


class ContinuedSource(Source):
    """A fresh source behind what is kept already, with the time between as silence.

    Args:
        fresh: Begins at its own position 0, when it is opened.
        begin: Where the kept sound ends.
        anchor: Tells how much time went by.
    """

    def __init__(self, fresh: Source, begin: Samples, anchor: Anchor) -> None:
        self.name = fresh.name
        self.layout = fresh.layout
        self._fresh = fresh
        self._begin = begin
        self._anchor = anchor

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """First the gap, then the fresh sound, moved to where it belongs."""
        base: Samples | None = None
        for item in self._fresh.blocks():
            if base is None:
                base = self._base()
                yield from self._silence(base)
            yield moved(item, base)

    def conditions(self, now: float) -> tuple[SoundCondition, ...]:
        """See ``Source``."""
        return self._fresh.conditions(now)

    def stop(self) -> None:
        """See ``Source``."""
        self._fresh.stop()

    def _base(self) -> Samples:
        """Where the fresh sound's position 0 lies, on a whole millisecond."""
        opened, seen = self._fresh.opened_at, self._anchor.clock_s
        position = to_samples(self._anchor.position)
        if opened is not None and seen is not None:
            position = Samples(position + round((opened - seen) * SAMPLE_RATE))
        base = max(self._begin, position)
        # The session's own clock would have gone on: as if it had been there from 0.
        self.opened_at = None if opened is None else opened - base / SAMPLE_RATE
        return to_samples(-(-base // (SAMPLE_RATE // 1000)))

    def _silence(self, until: Samples) -> Iterator[AudioBlock | Gap]:
        channels = len(self.layout.speakers)
        for start in range(self._begin, until, _LONGEST_BLOCK):
            count = min(_LONGEST_BLOCK, until - start)
            silence = np.zeros((count, channels), np.float32)
            yield AudioBlock(Samples(start), silence)
        if until > self._begin:
            span = Span(to_millis(self._begin), to_millis(until))
            yield Gap(span, GapCause.ENGINE_RESTARTED)


class NoMoreSound(Source):
    """The sound of a session that is only to be recognised to its end."""

    def __init__(self, layout: Layout) -> None:
        self.name = ""
        self.layout = layout

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """None."""
        return iter(())

    def stop(self) -> None:
        """There is nothing to stop."""
