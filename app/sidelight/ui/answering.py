"""Notes, once, that a window answers. How long starting takes is measured by it.

A session's window answers before there is a session: it is seen, hides, folds and tells
that it is getting ready. That it knows of the session is a note of its own.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication, SignalInstance

ANSWERS: Final = "the window answers"
KNOWS: Final = "the window knows of the session"
"""Lines in the window's log; ``bench --window`` looks for them."""

_log = logging.getLogger(__name__)


class FirstPaint(QObject):
    """Says once that something of ours is about to be seen.

    Signals:
        painted: Whichever window comes first paints itself.

    Args:
        application: Whose windows are meant.
        parent: Owns this.
    """

    painted = Signal()

    def __init__(self, application: QCoreApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._application = application
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything pass."""
        if event.type() is QEvent.Type.Paint:
            self._application.removeEventFilter(self)
            self.painted.emit()
        return super().eventFilter(watched, event)


class FirstAnswer(QObject):
    """Waits for the first news, until it was shown and the event loop turned again.

    Args:
        news: Comes with what the window was waiting for.
        parent: Owns this.
        note: What is noted then.
    """

    def __init__(
        self, news: SignalInstance, parent: QObject, note: str = ANSWERS
    ) -> None:
        super().__init__(parent)
        self._note = note
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._answered)
        news.connect(self._told, Qt.ConnectionType.SingleShotConnection)

    @Slot()
    def _told(self) -> None:
        self._turn.start()

    @Slot()
    def _answered(self) -> None:
        _log.info(self._note)
