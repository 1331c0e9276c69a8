"""The ring around what has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from sidelight.ui.theme.tokens import Radius

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from sidelight.ui.theme.theme import Theme


def paint_ring(painter: QPainter, theme: Theme, box: QRectF) -> None:
    """Draw it inside the edge of ``box``."""
    painter.setPen(QPen(QColor(theme.palette.accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = Radius.FIELD + 2
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
