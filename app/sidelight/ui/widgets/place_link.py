"""A time of the session that opens its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.ui.theme.theme import Theme


class PlaceLink(QAbstractButton):
    """Underlined under the pointer; pressed by mouse, space or Enter.

    Args:
        theme: Fonts and colours.
        time: What is read, such as ``4:12``.
        quote: What was said there, for the tool tip and for screen readers; or ``""``.
    """

    def __init__(self, theme: Theme, time: str, quote: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(time)
        self.setFont(theme.font(Role.SMALL))
        self.setAccessibleName(tr("Show {time}", time=time))
        self.setAccessibleDescription(quote)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The time, and room to hit it."""
        metrics = QFontMetrics(self.font())
        pad = self._theme.px(Space.XS)
        width = metrics.horizontalAdvance(self.text())
        return QSize(width + 2 * pad, metrics.height() + pad)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The time in the colour of what can be followed."""
        del event
        font = self.font()
        font.setUnderline(self.underMouse() or self.hasFocus())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            painter.setPen(QColor(self._theme.palette.accent))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), flags, self.text())
            if self.hasFocus():
                painter.setPen(QPen(QColor(self._theme.palette.accent), 2))
                foot = self.rect().adjusted(0, 0, -self._theme.px(Space.XS * 2), -1)
                painter.drawLine(foot.bottomLeft(), foot.bottomRight())
