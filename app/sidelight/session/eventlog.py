"""The session's stored events as the engine's threads read them: by number, no waiting.

Readers pull ("everything after 17"), so a slow one holds nothing up and no queue grows.
The newest events stay in memory; older ones are read back from the record.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.domain.events import StoredEvent

KEPT: Final = 1024
"""Events held in memory: about twenty minutes of lively talk."""


class EventLog:
    """What may be seen of one session's stored events. Any thread may read.

    Numbers grow; where something was erased, or is hidden, there are holes.

    Args:
        read_stored: Reads every event after a sequence number that may be seen from the
            record; called in the reader's own thread.
        kept: How many events stay in memory.
    """

    def __init__(
        self, read_stored: Callable[[int], Sequence[StoredEvent]], kept: int = KEPT
    ) -> None:
        self._read_stored = read_stored
        self._lock = threading.Lock()
        self._tail: deque[StoredEvent] = deque(maxlen=kept)
        self._kept = kept
        self._before = 0  # every event after this number is in the tail
        self._newest = 0

    @property
    def newest(self) -> int:
        """Sequence number of the newest event; 0 before the first."""
        with self._lock:
            return self._newest

    def append(self, stored: StoredEvent) -> None:
        """Add an event that is already in the record.

        Raises:
            ValueError: Its number is not greater than the newest.
        """
        with self._lock:
            if stored.seq <= self._newest:
                msg = f"event {stored.seq} after {self._newest}"
                raise ValueError(msg)
            if len(self._tail) == self._kept:
                self._before = self._tail[0].seq
            self._tail.append(stored)
            self._newest = stored.seq

    def replace(self, events: Sequence[StoredEvent]) -> None:
        """Begin again: something was hidden, shown again or erased.

        Args:
            events: All that may be seen now, in order.
        """
        with self._lock:
            older, tail = events[: -self._kept], events[-self._kept :]
            self._tail = deque(tail, maxlen=self._kept)
            self._before = older[-1].seq if older else 0
            self._newest = tail[-1].seq if tail else 0

    def after(self, seq: int, most: int = 256) -> Sequence[StoredEvent]:
        """The next events after number ``seq``, oldest first, at most ``most``."""
        with self._lock:
            if seq >= self._before:
                skip = bisect_right(self._tail, seq, key=lambda stored: stored.seq)
                return tuple(islice(self._tail, skip, skip + most))
            newest = self._newest
        # An event may have been stored but not appended yet; its time comes next.
        older = (one for one in self._read_stored(seq) if one.seq <= newest)
        return tuple(islice(older, most))
