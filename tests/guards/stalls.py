"""Catches a window that stops answering, and shows the line it stood still at."""

import sys
import threading
import time
import traceback
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

LIMIT_S = 0.1
BEAT_MS = 10
LOOK_S = 0.02


class StallGuard:
    """A heartbeat in the event loop, watched from another thread.

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
        self._beat_at = time.monotonic()
        self._heart = QTimer()
        self._heart.timeout.connect(self._beat)
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="stall guard")

    def start(self) -> None:
        """Begin to watch."""
        self._beat()
        self._heart.start(BEAT_MS)
        self._watcher.start()

    def stop(self) -> None:
        """End both sides; ``stalls`` then holds one stack for each stall."""
        self._heart.stop()
        self._ended.set()
        self._watcher.join()

    def _beat(self) -> None:
        self._beat_at = time.monotonic()

    def _watch(self) -> None:
        reported = 0.0
        while not self._ended.wait(LOOK_S):
            beat_at = self._beat_at
            if beat_at != reported and time.monotonic() - beat_at > self.limit_s:
                reported = beat_at
                # A look into another thread is what this is for.
                stack = sys._current_frames()[self._watched]
                self.stalls.append("".join(traceback.format_stack(stack)))


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
