"""The session's stored events as the engine's threads read them: by number, no waiting.

Readers pull ("everything after 17"), so a slow one holds nothing up and no queue grows.
The newest events stay in memory; older ones are read back from the record.
"""

from __future__ import annotations

import threading
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.domain.events import StoredEvent

KEPT: Final = 1024
"""Events held in memory: about twenty minutes of lively talk."""


class EventLog:
    """Append-only view of one session's stored events. Any thread may read.

    Args:
        read_stored: Reads every stored event after a sequence number from the record;
            called in the reader's own thread.
        newest: Number of the newest event already stored: 0 for a new session.
        kept: How many events stay in memory.
    """

    def __init__(
        self,
        read_stored: Callable[[int], Sequence[StoredEvent]],
        newest: int = 0,
        kept: int = KEPT,
    ) -> None:
        self._read_stored = read_stored
        self._lock = threading.Lock()
        self._tail: deque[StoredEvent] = deque(maxlen=kept)
        self._newest = newest

    @property
    def newest(self) -> int:
        """Sequence number of the newest event; 0 before the first."""
        with self._lock:
            return self._newest

    def append(self, stored: StoredEvent) -> None:
        """Add an event that is already in the record.

        Raises:
            ValueError: Its number does not follow the newest.
        """
        with self._lock:
            if stored.seq != self._newest + 1:
                msg = f"event {stored.seq} after {self._newest}"
                raise ValueError(msg)
            self._tail.append(stored)
            self._newest = stored.seq

    def after(self, seq: int, most: int = 256) -> Sequence[StoredEvent]:
        """The next events after number ``seq``, oldest first, at most ``most``."""
        seq = max(0, seq)
        with self._lock:
            if self._tail and self._tail[0].seq <= seq + 1:
                skip = seq + 1 - self._tail[0].seq
                return tuple(islice(self._tail, skip, skip + most))
            newest = self._newest
        if seq >= newest:
            return ()
        # An event may have been stored but not appended yet; its time comes next.
        older = (one for one in self._read_stored(seq) if one.seq <= newest)
        return tuple(islice(older, most))
