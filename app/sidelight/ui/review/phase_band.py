"""Draws the phases of a session as a quiet band: agreement, exploring, closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from sidelight.ui.kindwords import stage_words
from sidelight.ui.theme.tokens import Radius, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.dialogue import Phase
    from sidelight.ui.review.lanes import Lanes
    from sidelight.ui.review.viewport import Viewport
    from sidelight.ui.theme.theme import Theme

_APART: Final = 1.5
_INSET: Final = 2.0


def paint_phases(
    painter: QPainter,
    theme: Theme,
    viewport: Viewport,
    lanes: Lanes,
    phases: Sequence[Phase],
) -> None:
    """Draw them; a name stands where it fits, and stays in view with its phase."""
    lane = lanes.phases
    if lane is None:
        return
    font = theme.font(Role.LABEL)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    for phase in phases:
        left = max(viewport.x(phase.span.start) + _APART / 2, -_APART)
        right = min(viewport.x(phase.span.end), viewport.width + _APART) - _APART / 2
        if right <= left:
            continue
        box = QRectF(left, lane.top, right - left, lane.height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.palette.curve_fill))
        painter.drawRoundedRect(
            box.adjusted(0, _INSET, 0, -_INSET), Radius.SMALL, Radius.SMALL
        )
        name = stage_words(phase.stage)
        if metrics.horizontalAdvance(name) + 2 * _INSET < box.width():
            painter.setPen(QColor(theme.palette.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


def phase_at(
    viewport: Viewport, lanes: Lanes, phases: Sequence[Phase], x: float, y: float
) -> Phase | None:
    """The phase that is drawn at this point of the plot."""
    lane = lanes.phases
    if lane is None or not lane.top <= y <= lane.bottom:
        return None
    at = viewport.at(x)
    return next((one for one in phases if one.span.contains(at)), None)
