"""Catches a window that stops answering, and shows the line it stood still at."""

import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

LIMIT_S = 0.1
BEAT_MS = 10
LOOK_S = 0.02


@dataclass(frozen=True)
class Beat:
    """A turn of the event loop.

    Attributes:
        at_s: When, in seconds of the monotonic clock.
        queued_ns: How long each of our threads had stood in the queue for a processor
            by then, by its number, in nanoseconds since it began.
    """

    at_s: float
    queued_ns: dict[str, int]


class StallGuard:
    """A heartbeat in the event loop, watched from another thread.

    Time in which the system gave the event loop no processor does not count: a busy
    machine is not the window's fault. Nor does it count where another thread of ours
    waited for one, because that one may hold the interpreter. Linux tells, but only
    when such a wait is over; so the other thread notes where the event loop seems to
    stand, and the event loop itself judges with its next turn. Elsewhere all time
    counts.

    Thread:
        Made, started and stopped in the thread of the event loop. Only plain
        attributes are shared with the watching thread, each written by one side.

    Args:
        limit_s: How long the event loop may take for one turn, in seconds.
    """

    def __init__(self, limit_s: float = LIMIT_S) -> None:
        self.limit_s = limit_s
        self.stalls: list[str] = []
        self._watched = threading.get_ident()
        self._last = self._now()
        self._seen: tuple[Beat, str] | None = None
        self._heart = QTimer()
        self._heart.timeout.connect(self._beat)
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="stall guard")

    def start(self) -> None:
        """Begin to watch."""
        self._last = self._now()
        self._heart.start(BEAT_MS)
        self._watcher.start()

    def stop(self) -> None:
        """End both sides; ``stalls`` then holds one stack for each stall."""
        self._heart.stop()
        self._beat()
        self._ended.set()
        self._watcher.join()

    def _beat(self) -> None:
        last, self._last = self._last, self._now()
        if self._stood_s(last, self._last) > self.limit_s:
            seen = self._seen
            looked = seen is not None and seen[0] is last
            self.stalls.append(seen[1] if seen and looked else "a line nobody saw")

    @staticmethod
    def _stood_s(last: Beat, now: Beat) -> float:
        queued_ns = sum(
            queued - last.queued_ns.get(thread, 0)
            for thread, queued in now.queued_ns.items()
        )
        return now.at_s - last.at_s - queued_ns / 1e9

    def _now(self) -> Beat:
        return Beat(time.monotonic(), _queued_ns())

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_S):
            last = self._last
            new = self._seen is None or self._seen[0] is not last
            if new and self._stood_s(last, self._now()) > self.limit_s:
                # A look into another thread is what this is for.
                stack = sys._current_frames()[self._watched]
                self._seen = last, "".join(traceback.format_stack(stack))


def _queued_ns() -> dict[str, int]:
    found = {}
    for file in Path("/proc/self/task").glob("*/schedstat"):  # none elsewhere
        with suppress(OSError):  # a thread ended meanwhile
            _, queued_ns, _ = file.read_text(encoding="ascii").split()
            found[file.parent.name] = int(queued_ns)
    return found


@pytest.fixture
def stall_guard(qapp: QApplication) -> Iterator[StallGuard]:  # noqa: ARG001  (timers need it)
    """Fail the test when the event loop stands still for more than 100 ms.

    It watches from the start of the test; the test has to keep an event loop running
    (``qtbot.waitUntil`` does), because time between loops counts as standing still.
    """
    guard = StallGuard()
    guard.start()
    yield guard
    guard.stop()
    if guard.stalls:
        pytest.fail("the window stood still at:\n" + guard.stalls[0], pytrace=False)
