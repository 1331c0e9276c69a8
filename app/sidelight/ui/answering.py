"""Notes, once, that a window answers. How long starting takes is measured by it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

ANSWERS: Final = "the window answers"
"""The line in the window's log; ``bench.starting`` looks for it."""

_log = logging.getLogger(__name__)


class FirstAnswer(QObject):
    """Waits for the first news, until it was shown and the event loop turned again.

    Args:
        news: Comes with what the window was waiting for.
        parent: Owns this.
    """

    def __init__(self, news: SignalInstance, parent: QObject) -> None:
        super().__init__(parent)
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._answered)
        news.connect(self._told, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def _told(self) -> None:
        self._turn.start()

    @Slot()
    def _answered(self) -> None:
        _log.info(ANSWERS)
