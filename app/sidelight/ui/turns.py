"""How long the event loop was busy at a time: so long it could not have answered."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QObject, Slot

from sidelight.session.bench.window_figures import WindowFigures

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


class TurnMeter(QObject):
    """Measures each turn, from waking to sleeping; it wakes nobody itself.

    Time in which this thread waited for a processor does not count (Linux tells;
    elsewhere it does): a busy computer is not the window's fault.

    Thread: the window's, for all of its life.

    Args:
        application: Whose loop it is.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._queue = Path("/proc/thread-self/schedstat")
        self._turns_ms: list[float] = []
        self._woke_s: float | None = None
        self._began_s = self._cpu_s = 0.0
        self.begin()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._wake)
        dispatcher.aboutToBlock.connect(self._sleep)

    @Slot()
    def begin(self) -> None:
        """Forget what was until now."""
        self._turns_ms.clear()
        self._woke_s = None
        self._began_s, self._cpu_s = time.monotonic(), time.process_time()

    def figures(self) -> WindowFigures:
        """What was measured since it began."""
        return WindowFigures.of(
            self._turns_ms,
            seconds=time.monotonic() - self._began_s,
            cpu_s=time.process_time() - self._cpu_s,
        )

    @Slot()
    def _wake(self) -> None:
        if self._woke_s is None:
            self._woke_s = self._now_s()

    @Slot()
    def _sleep(self) -> None:
        if self._woke_s is not None:
            self._turns_ms.append((self._now_s() - self._woke_s) * 1000)
            self._woke_s = None

    def _now_s(self) -> float:
        """Seconds that passed for this thread while it had a processor or waited."""
        try:
            queued_ns = int(self._queue.read_text(encoding="ascii").split()[1])
        except OSError:  # another system
            queued_ns = 0
        return time.monotonic() - queued_ns / 1e9
