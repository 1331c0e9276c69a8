"""The recorder thread: stores each event, then publishes it. Nobody else writes.

What only passes by goes through the same queue, unstored, so that it arrives in the
order in which things happened.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.passing import Passing
from sidelight.domain.timeline import to_millis
from sidelight.record.events import OffTheRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sidelight.domain.events import Event, StoredEvent
    from sidelight.domain.timeline import Millis
    from sidelight.session.sound import Arrivals, SessionSound

QUEUE_LENGTH: Final = 1024

_TICK_S: Final = 0.1
"""A cue may appear within 1.5 s after the coach's last word, and hearing that word
takes one of them: not much of the rest is to be lost waiting."""


class EventStore(Protocol):
    """Where a session's events are kept: ``record.sessions``."""

    def append(self, event: Event, committed_at: Millis, delay_ms: int) -> StoredEvent:
        """Store durably and return the event with its number."""
        ...


class Recorder:
    """Owned by the engine. ``post`` may be called from any thread.

    Args:
        store: Written by nobody else.
        sound: Tells how far capture is.
        arrivals: Tell when the sound of a position came in.
        stored: Called after an event is in the record, in the recorder's thread.
        heard: Called with what is not stored, in the recorder's thread.
        failed: Called when storing begins to fail: the recording of sound goes on.
        refuses: Whether an event must not be stored, because it is off the record.
        tick: Called in the recorder's thread about ten times a second.
        now: The steady clock that ``arrivals`` uses, in seconds.
    """

    def __init__(
        self,
        *,
        store: EventStore,
        sound: SessionSound,
        arrivals: Arrivals,
        stored: Callable[[StoredEvent], None],
        heard: Callable[[Passing], None],
        failed: Callable[[BaseException], None],
        refuses: Callable[[Event], bool],
        tick: Callable[[], None],
        now: Callable[[], float],
    ) -> None:
        self._store = store
        self._sound = sound
        self._arrivals = arrivals
        self._stored = stored
        self._heard = heard
        self._failed = failed
        self._now = now
        self._refuses = refuses
        self._tick = tick
        self._tick_due = 0.0
        self._failing = False
        self._queue: queue.Queue[Event | Passing | Callable[[], None] | None] = (
            queue.Queue(QUEUE_LENGTH)
        )
        self._thread = threading.Thread(target=self._run, name="recorder")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def post(self, items: Iterable[Event | Passing]) -> None:
        """Store and publish, in this order; waits while the queue is full."""
        for item in items:
            self._queue.put(item)

    def offer(self, item: Event | Callable[[], None]) -> bool:
        """As ``post``, for a thread that may not wait: ``False`` when it was no use.

        Args:
            item: To be stored; or called, in the recorder's thread, in its turn.
        """
        try:
            self._queue.put_nowait(item)
        except queue.Full:
            return False
        return True

    def flush(self) -> None:
        """Wait until everything posted before is stored and published."""
        done = threading.Event()
        self._queue.put(done.set)
        done.wait()

    def stop(self) -> None:
        """Store what was posted, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._look_around()
            try:
                item = self._queue.get(timeout=_TICK_S)
            except queue.Empty:
                continue
            if item is None:
                return
            if isinstance(item, Passing):
                self._heard(item)
            elif callable(item):
                self._guarded(item)
            else:
                self.store(item)

    def _look_around(self) -> None:
        """``tick``, also while there is always something to store."""
        if self._now() >= self._tick_due:
            self._tick_due = self._now() + _TICK_S
            self._guarded(self._tick)

    def _guarded(self, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception as error:  # noqa: BLE001 - a border, see failed
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        """Say it once, not ten times a second while the disk is full."""
        if not self._failing:
            self._failed(error)
        self._failing = True

    def store(self, event: Event) -> bool:
        """Store and publish at once. In the recorder's own thread only.

        Returns:
            Whether it is stored.
        """
        if self._refuses(event):
            return False
        arrived = self._arrivals.time_of(event.at)
        delay_s = 0.0 if arrived is None else max(0.0, self._now() - arrived)
        try:
            stored = self._store.append(
                event, to_millis(self._sound.end), round(delay_s * 1000)
            )
        except OffTheRecord:
            return False  # erased meanwhile
        except Exception as error:  # noqa: BLE001 - a border, see failed
            self._fail(error)
            return False
        self._failing = False  # nothing but storing shows that the disk lets us
        self._guarded(lambda: self._stored(stored))
        return True
