"""Ctrl+C while Qt's loop runs: Python only looks at signals when Python code runs."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


class Interrupts(QObject):
    """Calls back in the window's thread when the process is asked to stop.

    A signal that the process was told to ignore stays ignored.

    Thread: the main one, which is the only one that may set signal handlers.

    Args:
        asked: Called once for each signal.
    """

    _SIGNALS = (signal.SIGINT, signal.SIGTERM)

    def __init__(
        self, asked: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._asked = asked
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._wakeup_before = signal.set_wakeup_fd(self._theirs.fileno())
        heeded = [s for s in self._SIGNALS if signal.getsignal(s) != signal.SIG_IGN]
        self._before = {one: signal.signal(one, self._note) for one in heeded}
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._ours.fileno(), kind, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Put everything back as it was."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for one, handler in self._before.items():
            signal.signal(one, handler)
        self._ours.close()
        self._theirs.close()

    @staticmethod
    def _note(number: int, frame: FrameType | None) -> None:
        """Nothing: the wake-up through the socket does it."""

    def _woken(self) -> None:
        self._ours.recv(64)
        self._asked()
