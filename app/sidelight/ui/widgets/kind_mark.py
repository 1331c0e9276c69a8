"""The mark of a moment: a shape for every kind and form, hollow when it does not count.

| kind | shape |
| --- | --- |
| support | circle |
| direction | diamond; with an eye when several ways were offered; slim when narrow |
| on_track | triangle |
| every other | small rounded square |
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT, Form

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment
    from sidelight.ui.theme.theme import Theme

MARK: Final = 13
"""Height of a mark in logical pixels at 100 % text."""

_LINE: Final = 1.6
_SLIM: Final = 0.52
_EYE: Final = 0.17
_SMALL: Final = 0.62


def mark_path(
    kind: str, form: Form | None, center: QPointF, size: float
) -> QPainterPath:
    """The outline of a mark.

    Args:
        kind: Kind id.
        form: Only with ``direction``.
        center: In pixels.
        size: Height in pixels.
    """
    path = QPainterPath()
    half = size / 2
    if kind == SUPPORT:
        path.addEllipse(center, half * 0.92, half * 0.92)
    elif kind == DIRECTION:
        wide = half * (_SLIM if form is Form.NARROW else 1.0) * 1.08
        tall = half * 1.08
        corners = ((0.0, -tall), (wide, 0.0), (0.0, tall), (-wide, 0.0))
        path.addPolygon(QPolygonF([center + QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
        if form is Form.MENU_OPEN:
            path.addEllipse(center, size * _EYE, size * _EYE)
    elif kind == ON_TRACK:
        foot, side = half * 0.82, half * 1.05
        points = ((0.0, -half), (side, foot), (-side, foot))
        path.addPolygon(QPolygonF([center + QPointF(x, y) for x, y in points]))
        path.closeSubpath()
    else:
        side = size * _SMALL
        box = QRectF(center.x() - side / 2, center.y() - side / 2, side, side)
        path.addRoundedRect(box, side / 4, side / 4)
    path.setFillRule(Qt.FillRule.OddEvenFill)
    return path


def paint_mark(
    painter: QPainter,
    theme: Theme,
    moment: Moment,
    center: QPointF,
    *,
    hollow: bool = False,
) -> None:
    """Draw a moment's mark, with a rim of the ground so that neighbours stay apart."""
    color = theme.kind_color(moment.kind)
    line = _LINE * theme.scale
    size = MARK * theme.scale
    if hollow:
        size -= line
    path = mark_path(moment.kind, moment.form, center, size)
    ground = QColor(theme.palette.surface)
    rim = QPen(ground, line * 2, Qt.PenStyle.SolidLine)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, rim)
    if hollow:
        pen = QPen(color, line)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.fillPath(path, ground)
        painter.strokePath(path, pen)
    else:
        painter.fillPath(path, color)


def mark_pixmap(
    theme: Theme, moment: Moment, ratio: float, *, hollow: bool = False
) -> QPixmap:
    """A moment's mark as a square picture, for where there are many of them.

    Args:
        theme: Colours and scale.
        moment: Its kind and form decide the shape.
        ratio: Device pixels per logical pixel.
        hollow: Whether it does not count.
    """
    side = round(MARK * theme.scale * 1.6)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        center = QPointF(side / 2, side / 2)
        paint_mark(painter, theme, moment, center, hollow=hollow)
    return pixmap
