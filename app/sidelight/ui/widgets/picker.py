"""Choosing one of several: a quiet box that opens a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy

from sidelight.ui.theme.tokens import Radius, Role, Size, Space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from sidelight.ui.theme.theme import Theme

_SIGN: Final = 28


class Picker(QComboBox):
    """Arrows, letters and Alt+Down choose, as in every such box.

    Args:
        theme: Fonts and colours.
        name: For screen readers.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setFont(theme.font(Role.BODY))
        self.setAccessibleName(name)
        choices = QListView()
        choices.setObjectName("choices")
        choices.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setView(choices)
        self.setMaxVisibleItems(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(8)
        self.currentIndexChanged.connect(lambda: self.setToolTip(self._cut()))

    def offer(self, items: Sequence[tuple[str, object]], chosen: object) -> None:
        """Offer these; what is chosen stays chosen without a signal.

        Args:
            items: What each is called, and what it stands for.
            chosen: What one of them stands for; the first is chosen where none does.
        """
        blocked = self.blockSignals(True)
        self.clear()
        for text, value in items:
            self.addItem(text, value)
        values = [value for _, value in items]
        self.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        self.blockSignals(blocked)
        self.setToolTip(self._cut())
        self.update()

    @property
    def chosen(self) -> object:
        """What the chosen one stands for."""
        found: object = self.currentData()
        return found

    def sizeHint(self) -> QSize:
        """As high as a field of text."""
        return QSize(self._theme.px(Size.LINE), self._theme.px(Size.CONTROL))

    def minimumSizeHint(self) -> QSize:
        """Narrower: its words end in an ellipsis."""
        return QSize(self._theme.px(Size.LEAST), self._theme.px(Size.CONTROL))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the page: a choice is never changed in passing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, what is chosen, and the sign that it opens."""
        del event
        theme = self._theme
        colors = theme.palette
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            focus, able = self.hasFocus(), self.isEnabled()
            edge = colors.accent if focus else colors.curve
            line = 2 if focus else 1
            painter.setPen(QPen(QColor(edge if able else colors.hairline), line))
            painter.setBrush(QColor(colors.surface if able else colors.hover))
            inset = line / 2
            shape = box.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(shape, Radius.FIELD, Radius.FIELD)
            painter.setFont(self.font())
            painter.setPen(QColor(colors.ink if able else colors.ink_soft))
            room = box.adjusted(theme.px(Space.M), 0, -theme.px(_SIGN), 0)
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, middle, self._shown(room.width()))
            pen = QPen(QColor(colors.ink_soft), 1.5 * theme.scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            at = QPointF(box.right() - theme.px(Space.L), box.center().y())
            corners = (QPointF(-4, -2), QPointF(0, 2), QPointF(4, -2))
            painter.drawPolyline([at + corner * theme.scale for corner in corners])

    def _shown(self, width: float) -> str:
        metrics = QFontMetrics(self.font())
        ending = Qt.TextElideMode.ElideRight
        return metrics.elidedText(self.currentText(), ending, round(width))

    def _cut(self) -> str:
        """The whole text, for a tool tip where it does not fit."""
        text = self.currentText()
        room = self.width() - self._theme.px(Space.M + _SIGN)
        return "" if self._shown(room) == text else text
