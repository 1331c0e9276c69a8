"""A word that can be clicked, where a button would be too loud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.theme.tokens import Role


class QuietLink(QAbstractButton):
    """An underlined word; there or not, it takes the same room and no focus.

    Args:
        theme: Fonts and colours.
        role: How it is set.
        reserve: Words that must fit.
        right: Stand at the right of that room instead of the left.
    """

    def __init__(
        self,
        theme: Theme,
        role: Role,
        reserve: tuple[str, ...],
        parent: QWidget,
        *,
        right: bool = False,
    ) -> None:
        super().__init__(parent)
        font = theme.font(role)
        font.setUnderline(True)
        self.setFont(font)
        sideways = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self._flags = sideways | Qt.AlignmentFlag.AlignVCenter
        self._color = QColor(theme.palette.accent)
        metrics = QFontMetrics(font)
        widest = max(metrics.horizontalAdvance(word) for word in reserve)
        self._hint = QSize(widest + 2, metrics.lineSpacing())
        self.setFixedSize(self._hint)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_word("")

    def show_word(self, word: str) -> None:
        """Offer this; ``""`` offers nothing and lets clicks through."""
        self.setText(word)
        self.setAccessibleName(word)
        self.setEnabled(bool(word))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not word)
        self.update()

    def sizeHint(self) -> QSize:
        """The reserved room."""
        return self._hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word."""
        del event
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self._color)
            painter.drawText(self.rect(), self._flags, self.text())
