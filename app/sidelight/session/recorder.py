"""The recorder thread: stores each event, then publishes it. Nobody else writes.

Partials pass through the same queue, unstored, so that they reach the window in the
order in which things happened.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.timeline import to_millis
from sidelight.domain.transcript import Partial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sidelight.domain.events import Event, StoredEvent
    from sidelight.domain.timeline import Millis
    from sidelight.session.sound import Arrivals, SessionSound

QUEUE_LENGTH: Final = 1024


class EventStore(Protocol):
    """Where a session's events are kept: ``record.sessions``."""

    def append(self, event: Event, committed_at: Millis, delay_ms: int) -> StoredEvent:
        """Store durably and return the event with its number."""
        ...


class _Flush:
    """Asks the recorder to say when it has come this far."""

    def __init__(self) -> None:
        self.done = threading.Event()


class Recorder:
    """Owned by the engine. ``post`` may be called from any thread.

    Args:
        store: Written by nobody else.
        sound: Tells how far capture is.
        arrivals: Tell when the sound of a position came in.
        stored: Called after an event is in the record, in the recorder's thread.
        heard: Called with each partial, in the recorder's thread.
        failed: Called when storing begins to fail: the recording of sound goes on.
        now: The steady clock that ``arrivals`` uses, in seconds.
    """

    def __init__(
        self,
        *,
        store: EventStore,
        sound: SessionSound,
        arrivals: Arrivals,
        stored: Callable[[StoredEvent], None],
        heard: Callable[[Partial], None],
        failed: Callable[[BaseException], None],
        now: Callable[[], float],
    ) -> None:
        self._store = store
        self._sound = sound
        self._arrivals = arrivals
        self._stored = stored
        self._heard = heard
        self._failed = failed
        self._now = now
        self._failing = False
        self._queue: queue.Queue[Event | Partial | _Flush | None] = queue.Queue(
            QUEUE_LENGTH
        )
        self._thread = threading.Thread(target=self._run, name="recorder")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def post(self, items: Iterable[Event | Partial]) -> None:
        """Store and publish, in this order; waits while the queue is full."""
        for item in items:
            self._queue.put(item)

    def offer(self, event: Event) -> bool:
        """As ``post``, for a thread that may not wait: ``False`` when it was no use."""
        try:
            self._queue.put_nowait(event)
        except queue.Full:
            return False
        return True

    def flush(self) -> None:
        """Wait until everything posted before is stored and published."""
        marker = _Flush()
        self._queue.put(marker)
        marker.done.wait()

    def stop(self) -> None:
        """Store what was posted, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (item := self._queue.get()) is not None:
            match item:
                case _Flush():
                    item.done.set()
                case Partial():
                    self._heard(item)
                case _:
                    self._record(item)

    def _record(self, event: Event) -> None:
        arrived = self._arrivals.time_of(event.at)
        delay_s = 0.0 if arrived is None else max(0.0, self._now() - arrived)
        try:
            stored = self._store.append(
                event, to_millis(self._sound.end), round(delay_s * 1000)
            )
        except Exception as error:  # noqa: BLE001 - a border, see failed
            if not self._failing:
                self._failed(error)
            self._failing = True
        else:
            self._failing = False
            self._stored(stored)
