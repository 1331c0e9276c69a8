"""A button with words: the one that goes on, and those beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.theme.tokens import Radius, Role, Size, Space

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.ui.theme.theme import Theme

_RING: Final = 4


class Button(QAbstractButton):
    """Pressed by mouse, space or Enter.

    Args:
        theme: Fonts and colours.
        text: What it does.
        main: The one that goes on: filled.
        reserve: Other words that it may show without changing its size.
        lends: It is now and then another that goes on; see ``lead``.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        main: bool = False,
        reserve: tuple[str, ...] = (),
        lends: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._main = main
        self._wide = main or lends
        self._reserve = reserve
        self.setFont(theme.font(Role.STRONG))
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def leads(self) -> bool:
        """Whether it is the one that goes on."""
        return self._main

    def lead(self, on: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Whether it is the one that goes on now; its size stays."""
        self._main = on
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the longest of its words."""
        metrics = QFontMetrics(self.font())
        words = (self.text(), *self._reserve)
        widest = max(metrics.horizontalAdvance(word) for word in words)
        side = self._theme.px(Space.L if self._wide else Space.M)
        return QSize(widest + 2 * side, self._theme.px(Size.CONTROL))

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
        """Ground, words; and where the keyboard is, a line in or around it."""
        del event
        colors = self._theme.palette
        ground, edge, ink, line = colors.surface, colors.curve, colors.ink, 1
        if self._main:
            ground, edge, ink = colors.accent, colors.accent, colors.surface
        elif self.underMouse() or self.isDown():
            ground = colors.selection
        if self.isChecked():
            ground, edge, line = colors.selection, colors.accent, 2
        if not self.isEnabled():
            ground, edge, ink = colors.hover, colors.hairline, colors.ink_soft
        if self.hasFocus() and not self._main:
            edge, line = colors.accent, 2
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(edge), line))
            painter.setBrush(QColor(ground))
            shape = box.adjusted(line / 2, line / 2, -line / 2, -line / 2)
            painter.drawRoundedRect(shape, Radius.FIELD, Radius.FIELD)
            if self.hasFocus() and self._main:
                painter.setPen(QPen(QColor(ink), 2))
                inner = box.adjusted(_RING, _RING, -_RING, -_RING)
                painter.drawRoundedRect(inner, Radius.SMALL, Radius.SMALL)
            painter.setFont(self.font())
            painter.setPen(QColor(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
