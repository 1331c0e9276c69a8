"""A small button that is a drawn sign, for places where nothing may shout."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from sidelight.ui.theme.tokens import Radius

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme

_SIZE: Final = 22


class Sign(Enum):
    """What is drawn."""

    FOLD = auto()
    UNFOLD = auto()
    CLOSE = auto()
    MENU = auto()
    PASSING = auto()
    EDIT = auto()


class QuietButton(QAbstractButton):
    """Never takes the focus; has a name for screen readers and a tool tip."""

    def __init__(self, theme: Theme, sign: Sign, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sign = sign
        self.setAccessibleName(name)
        self.setFixedSize(theme.px(_SIZE), theme.px(_SIZE))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Its fixed size."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign, on a faint ground under the pointer."""
        del event
        colors = self._theme.palette
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = colors.selection if self.underMouse() else colors.surface
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            radius = Radius.SMALL * 2
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
            painter.setPen(
                QPen(
                    QColor(colors.ink_soft),
                    1.5 * self._theme.scale,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.RoundCap,
                    Qt.PenJoinStyle.RoundJoin,
                )
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for line in _strokes(self._sign):
                painter.drawPolyline([p * self._theme.scale for p in line])


def _strokes(sign: Sign) -> list[list[QPointF]]:
    """The sign on a grid of ``_SIZE`` logical pixels."""
    match sign:
        case Sign.FOLD:
            return [[QPointF(7, 13), QPointF(11, 9), QPointF(15, 13)]]
        case Sign.UNFOLD:
            return [[QPointF(7, 9), QPointF(11, 13), QPointF(15, 9)]]
        case Sign.MENU:
            return [[QPointF(x, 11), QPointF(x + 0.01, 11)] for x in (6.5, 11, 15.5)]
        case Sign.PASSING:  # a pointer, struck through
            return [
                [
                    QPointF(8, 5.5),
                    QPointF(8, 14.5),
                    QPointF(10.5, 12.3),
                    QPointF(14.3, 12),
                    QPointF(8, 5.5),
                ],
                [QPointF(5, 17), QPointF(17, 5)],
            ]
        case Sign.EDIT:  # a pencil
            return [
                [
                    QPointF(6, 16),
                    QPointF(6.8, 12.8),
                    QPointF(13.6, 6),
                    QPointF(16, 8.4),
                    QPointF(9.2, 15.2),
                    QPointF(6, 16),
                ],
            ]
        case Sign.CLOSE:
            return [
                [QPointF(7.5, 7.5), QPointF(14.5, 14.5)],
                [QPointF(14.5, 7.5), QPointF(7.5, 14.5)],
            ]
