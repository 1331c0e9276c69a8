"""The way back: a word with an arrow, where a button would be too loud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.focus_ring import paint_ring
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.ui.theme.theme import Theme

BACK: Final = tr("Back")
BACK_HEIGHT: Final = 24
"""Logical pixels at 100 % text: what a finger or an unsteady hand hits (WCAG 2.5.8)."""

_ARROW: Final = 8


class BackLink(QAbstractButton):
    """Pressed by mouse, space or Enter.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFont(theme.font(Role.SMALL))
        self.setText(BACK)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The arrow and the word."""
        word = QFontMetrics(self.font()).horizontalAdvance(self.text())
        width = self._theme.px(_ARROW + Space.XS + Space.S) + word
        return QSize(width, self._theme.px(BACK_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Arrow and word, darker under the pointer; a ring where the keyboard is."""
        del event
        theme, colors = self._theme, self._theme.palette
        middle, wide = self.height() / 2, theme.px(_ARROW) / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = QColor(colors.ink if self.underMouse() else colors.ink_soft)
            pen = QPen(ink, 1.5 * theme.scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            left = theme.px(Space.XS)
            corners = ((wide, -wide), (0.0, 0.0), (wide, wide))
            painter.drawPolyline([QPointF(left + x, middle + y) for x, y in corners])
            painter.setFont(self.font())
            word = QRectF(self.rect())
            word.setLeft(left + theme.px(_ARROW + Space.XXS))
            painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, self.text())
            if self.hasFocus():
                paint_ring(painter, theme, QRectF(self.rect()))
