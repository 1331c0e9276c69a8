"""A small button that plays the sound of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.widgets.focus_ring import paint_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.ui.theme.theme import Theme

_SIZE: Final = 28
_MARK: Final = 9


class PlayButton(QAbstractButton):
    """A triangle in a ring; it neither plays nor knows whether anything does.

    Args:
        theme: Colours.
        time: Where the sound is, such as ``4:12``.
    """

    def __init__(self, theme: Theme, time: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(f"Play {time}")
        self.setToolTip(f"Play from {time}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square."""
        size = self._theme.px(_SIZE)
        return QSize(size, size)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring and triangle."""
        del event
        colors, box = self._theme.palette, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lit = self.underMouse() or self.isDown()
            painter.setPen(QPen(QColor(colors.curve), 1))
            painter.setBrush(QColor(colors.selection if lit else colors.surface))
            inset = self._theme.px(2)
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.ink if self.isEnabled() else colors.curve))
            painter.drawPolygon(_triangle(box.center(), self._theme.px(_MARK)))
            if self.hasFocus():
                paint_ring(painter, self._theme, box)


def _triangle(middle: QPointF, size: float) -> QPolygonF:
    """Its weight in the middle, which is a little right of its box."""
    left, half = middle.x() - size * 0.38, size / 2
    return QPolygonF(
        [
            QPointF(left, middle.y() - half),
            QPointF(left, middle.y() + half),
            QPointF(left + size * 0.9, middle.y()),
        ]
    )
