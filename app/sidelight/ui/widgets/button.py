"""A button with words: the one that goes on, and those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.focus_ring import RING, paint_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.ui.theme.theme import Theme

_HEIGHT: Final = 34


class Button(QAbstractButton):
    """Pressed by mouse, space or Enter.

    Args:
        theme: Fonts and colours.
        text: What it does.
        main: The one that goes on: filled.
        reserve: Other words that it may show without changing its size.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        main: bool = False,
        reserve: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._theme = theme
        self._main = main
        self._reserve = reserve
        self.setFont(theme.font(Role.STRONG))
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the longest of its words, and for the ring."""
        metrics = QFontMetrics(self.font())
        words = (self.text(), *self._reserve)
        widest = max(metrics.horizontalAdvance(word) for word in words)
        side = self._theme.px(Space.L if self._main else Space.M)
        return QSize(widest + 2 * (side + RING), self._theme.px(_HEIGHT) + 2 * RING)

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
        """Ground, words, ring."""
        del event
        colors = self._theme.palette
        box = QRectF(self.rect())
        inner = box.adjusted(RING, RING, -RING, -RING)
        ground, edge, ink = colors.surface, colors.curve, colors.ink
        if self._main:
            ground, edge, ink = colors.accent, colors.accent, colors.surface
        elif self.underMouse() or self.isDown():
            ground = colors.selection
        if not self.isEnabled():
            ground, edge, ink = colors.hover, colors.hairline, colors.ink_soft
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(edge), 1))
            painter.setBrush(QColor(ground))
            shape = inner.adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(shape, Radius.FIELD, Radius.FIELD)
            painter.setFont(self.font())
            painter.setPen(QColor(ink))
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, self.text())
            if self.hasFocus():
                paint_ring(painter, self._theme, box)
