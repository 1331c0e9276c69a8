"""The health dot: a shape for every state, so that it reads without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
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

_CORE: Final = 0.42
"""Of the diameter: the point in a ring."""


class HealthDot(QWidget):
    """Full: well. Half: catching up. Barred ring: no words. Struck ring: no sound.

    Ring with a core: words come later. Diamond: something to know. Dashes: looking for
    the recording. Hollow: nothing is heard, as in a pause.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dot = Dot.HOLLOW
        self._before = Dot.HOLLOW
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
        pen = QPen(color, line)
        if dot is Dot.DASHED:
            pen.setDashPattern([1.4, 1.6])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        solid = dot in (Dot.FULL, Dot.DIAMOND)
        painter.setBrush(color if solid else Qt.BrushStyle.NoBrush)
        if dot is Dot.DIAMOND:
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            middle = box.center()
            corners = (
                QPointF(middle.x(), box.top()),
                QPointF(box.right(), middle.y()),
                QPointF(middle.x(), box.bottom()),
                QPointF(box.left(), middle.y()),
            )
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF(corners))
            return
        painter.drawEllipse(box)
        if dot is Dot.CORE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            core = box.width() * _CORE / 2
            painter.drawEllipse(box.center(), core, core)
        elif dot is Dot.HALF:
            painter.setBrush(color)
            painter.drawChord(box, 90 * 16, 180 * 16)
        elif dot is Dot.RING:
            painter.drawLine(
                QPointF(box.left(), box.center().y()),
                QPointF(box.right(), box.center().y()),
            )
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
            case Dot.HOLLOW:
                return QColor(colors.ink_soft)
            case Dot.HALF | Dot.RING | Dot.STRUCK | Dot.CORE | Dot.DIAMOND | Dot.DASHED:
                return QColor(colors.attention)
