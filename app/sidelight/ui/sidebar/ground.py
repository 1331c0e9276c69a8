"""The sidebar's rounded ground: how much shines through, and what its edge says."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sidelight.ui.theme.tokens import Radius

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme


class Edge(Enum):
    """How the edge is drawn: a shape for every state."""

    QUIET = auto()
    """A hairline."""

    PASSING = auto()
    """Dashes: clicks go through."""

    HELD = auto()
    """A strong line: the keyboard moves it."""


def paint_ground(
    painter: QPainter,
    theme: Theme,
    rect: QRect,
    edge: Edge,
    *,
    opacity: int = 100,
    square: bool = False,
) -> None:
    """Draw it; only the ground shines through, never the words on it.

    Args:
        painter: Of the window.
        theme: Colours.
        rect: All of the window.
        edge: How the edge is drawn.
        opacity: Of the ground, in percent.
        square: Without round corners, for a window that nothing can shine through.
    """
    colors = theme.palette
    ground = QColor(colors.surface)
    ground.setAlphaF(opacity / 100)
    pen = QPen(QColor(colors.hairline), 1)
    if edge is Edge.PASSING:
        pen = QPen(QColor(colors.ink_soft), 1.5)
        pen.setDashPattern([4, 3])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    elif edge is Edge.HELD:
        pen = QPen(QColor(colors.accent), 2)
    line = pen.widthF() / 2
    box = QRectF(rect).adjusted(line, line, -line, -line)
    radius = 0 if square else Radius.SIDEBAR
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    if square:
        painter.drawRect(rect)
    painter.setPen(pen)
    painter.drawRoundedRect(box, radius, radius)
