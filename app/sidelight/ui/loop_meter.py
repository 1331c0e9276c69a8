"""How late the event loop is for a heartbeat: so long it could not have answered.

The signals of Qt's dispatchers do not tell it: around what timers do, GLib's says
"awake" too late and the plain one too early.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from sidelight.session.bench.window_figures import WindowFigures

BEAT_MS: Final = 10


class LoopMeter(QObject):
    """First what the process costs undisturbed, then how late its loop is.

    The heart beats a hundred times a second and would be most of the cost, so the two
    are measured one after the other.

    Time in which this thread waited for a processor does not count (Linux tells;
    elsewhere it does): a busy computer is not the window's fault.

    Thread: the window's, for all of its life.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._schedule = Path("/proc/thread-self/schedstat")
        self._late_ms: list[float] = []
        self._last_s = 0.0
        self._began_s = self._cpu_s = 0.0
        self._cost = (0.0, 0.0)
        self._heart = QTimer(
            self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer
        )
        self._heart.timeout.connect(self._beat)

    @Slot()
    def begin(self) -> None:
        """From now on the cost counts."""
        self._began_s, self._cpu_s = time.monotonic(), time.process_time()

    @Slot()
    def beat(self) -> None:
        """The cost is known; from now on the heart beats."""
        self._note_cost()
        self._began_s, self._last_s = time.monotonic(), self._now_s()
        self._heart.start()

    def figures(self) -> WindowFigures:
        """What was measured. The heart stops."""
        if self._heart.isActive():
            self._heart.stop()
        else:
            self._note_cost()
        cpu_s, seconds = self._cost
        return WindowFigures.of(
            self._late_ms,
            seconds=time.monotonic() - self._began_s,
            cpu=cpu_s / seconds if seconds > 0 else 0.0,
        )

    def _note_cost(self) -> None:
        cpu_s = time.process_time() - self._cpu_s
        self._cost = cpu_s, time.monotonic() - self._began_s

    @Slot()
    def _beat(self) -> None:
        now_s = self._now_s()
        self._late_ms.append(max(0.0, (now_s - self._last_s) * 1000 - BEAT_MS))
        self._last_s = now_s

    def _now_s(self) -> float:
        """Seconds, without those in which this thread stood in the queue."""
        try:
            queued_ns = int(self._schedule.read_text(encoding="ascii").split()[1])
        except OSError:  # another system
            queued_ns = 0
        return time.monotonic() - queued_ns / 1e9
