"""The health dot: a shape for every state, so that it reads without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from sidelight.ui.sidebar.wording import Dot
from sidelight.ui.theme.tokens import Motion
from sidelight.ui.widgets.fading_label import Fade

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme

_SIZE: Final = 9
_LINE: Final = 1.5
"""Diameter and line width in logical pixels at 100 % text."""


class HealthDot(QWidget):
    """Full: well. Half: catching up. Ring: no words. Struck ring: no sound."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dot = Dot.FAINT
        self._before = Dot.FAINT
        self._fade = Fade(self, theme)
        self.setFixedSize(theme.px(_SIZE), theme.px(_SIZE))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_dot(self, dot: Dot, spoken: str) -> None:
        """Fade to this state.

        Args:
            dot: How it is drawn from now on.
            spoken: What a screen reader says.
        """
        self.setAccessibleName(spoken)
        if dot is self._dot:
            return
        self._before, self._dot = self._dot, dot
        self._fade.run(Motion.TICK)

    def settle(self) -> None:
        """Finish a fade at once."""
        self._fade.settle()

    def sizeHint(self) -> QSize:
        """Its fixed size."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the state that goes and the one that comes."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for dot, opacity in (
                (self._before, self._fade.leaving),
                (self._dot, self._fade.coming),
            ):
                if opacity > 0.0:
                    painter.setOpacity(opacity)
                    self._paint(painter, dot)

    def _paint(self, painter: QPainter, dot: Dot) -> None:
        color = self._color(dot)
        line = _LINE * self._theme.scale
        box = QRectF(self.rect()).adjusted(line / 2, line / 2, -line / 2, -line / 2)
        painter.setPen(QPen(color, line))
        painter.setBrush(color if dot is Dot.FULL else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if dot is Dot.HALF:
            painter.setBrush(color)
            painter.drawChord(box, 90 * 16, 180 * 16)
        elif dot is Dot.STRUCK:
            inset = box.width() * 0.15
            painter.drawLine(
                box.bottomLeft() + QPointF(inset, -inset),
                box.topRight() + QPointF(-inset, inset),
            )

    def _color(self, dot: Dot) -> QColor:
        colors = self._theme.palette
        match dot:
            case Dot.FULL:
                return QColor(colors.good)
            case Dot.FAINT:
                return QColor(colors.ink_soft)
            case Dot.HALF | Dot.RING | Dot.STRUCK:
                return QColor(colors.attention)
