"""The sidebar's rounded ground: how much shines through, and what its edge says."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

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
    radius: float | None = None,
    joined: Qt.Edge | None = None,
) -> None:
    """Draw it; only the ground shines through, never the words on it.

    Args:
        painter: Of the window.
        theme: Colours.
        rect: All of the window.
        edge: How the edge is drawn.
        opacity: Of the ground, in percent.
        square: Without round corners, for a window that nothing can shine through.
        radius: Of its corners in logical pixels; ``None``: that of a card.
        joined: The side where something else goes on: its corners are not round.
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
    if radius is None:
        radius = 0 if square else Radius.CARD
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    if square:
        painter.drawRect(rect)
    painter.setPen(pen)
    painter.drawPath(_shape(box, radius, joined))


def _shape(box: QRectF, radius: float, joined: Qt.Edge | None) -> QPainterPath:
    shape, straight = QPainterPath(), QRectF(box)
    shape.addRoundedRect(box, radius, radius)
    match joined:
        case None:
            return shape
        case Qt.Edge.TopEdge:
            straight.setBottom(box.center().y())
        case Qt.Edge.BottomEdge:
            straight.setTop(box.center().y())
        case Qt.Edge.LeftEdge:
            straight.setRight(box.center().x())
        case Qt.Edge.RightEdge:
            straight.setLeft(box.center().x())
    corners = QPainterPath()
    corners.addRect(straight)
    return shape.united(corners)
