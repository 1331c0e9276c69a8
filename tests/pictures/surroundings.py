"""What else is on a coach's screen: a quiet desktop and the window of a call."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

DESKTOP, WALL, PERSON = "#5d6b78", "#2b3138", "#4a545e"


class Backdrop(QWidget):
    """The desktop itself: one colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDesktop)
        self.setGeometry(self.screen().geometry())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(DESKTOP))


class Call(QWidget):
    """Somebody on a call, as far as one can be nobody: a head and shoulders."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Call")
        room = self.screen().availableGeometry()
        self.setGeometry(
            room.x() + room.width() // 24,
            room.y() + room.height() // 14,
            room.width() * 2 // 3,
            room.height() * 5 // 6,
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), QColor(WALL))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(PERSON))
            size = self.height() / 5
            middle = QPointF(self.width() / 2, self.height() * 0.42)
            painter.drawEllipse(middle, size * 0.75, size * 0.9)
            shoulders = QRectF(0, 0, size * 4.2, size * 4)
            shoulders.moveCenter(QPointF(middle.x(), middle.y() + size * 3.1))
            painter.drawEllipse(shoulders)


def main() -> int:
    """Show one of them until it is ended: ``desktop`` or ``call``."""
    application = QApplication([])
    window = Call() if sys.argv[1] == "call" else Backdrop()
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
