"""Time since partnering, over the whole session, as one quiet line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sidelight.domain.clock_time import clock
from sidelight.ui.kindwords import moment_name, reason
from sidelight.ui.review.measures import since_curve
from sidelight.ui.spoken import Spoken, tell_selection
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.focus_ring import paint_ring
from sidelight.ui.widgets.kind_mark import MARK, paint_mark
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.ui.review.measures import CurvePoint
    from sidelight.ui.theme.theme import Theme

_HEIGHT: Final = 76
_FULL_MS: Final = 300_000
"""So much fills the height, unless there is more: a short session is no mountain."""

_REACH: Final = 16


class Since(QWidget):
    """It rises until the coach hands over, and begins anew there; no axes.

    Signals:
        chosen: The moment (``MomentId``) whose mark was clicked.

    Args:
        theme: Fonts and colours.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._points: list[CurvePoint] = []
        self._moments: list[Moment] = []
        self._length = 1
        self.setFixedHeight(theme.px(_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Time since you last partnered"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._at = 0

    def show_story(self, story: Story) -> None:
        """Draw this one."""
        self._length = max(1, story.position)
        self._points = since_curve(story.clocks, story.position)
        self._moments = sorted(story.clocks.moments, key=lambda m: m.span.end)
        self._at = 0
        self.update()

    def spoken(self) -> list[Spoken]:
        """Every mark where it begins anew, for screen readers."""
        half = self._theme.px(MARK)
        here = self._moments if self.hasFocus() else []
        return [
            Spoken(
                moment_name(moment),
                reason(moment),
                QRectF(0, 0, half, half).translated(self._mark(moment)).toRect(),
                selected=moment in here[self._at : self._at + 1],
            )
            for moment in self._moments
        ]

    def forget(self) -> None:
        """Hold no moment's words any more."""
        self._moments = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, what is below it, and a mark wherever it begins anew."""
        del event
        theme, colors = self._theme, self._theme.palette
        line = [self._place(point.at, point.since) for point in self._points]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if len(line) > 1:
                self._paint_line(painter, line)
            box = self._box()
            painter.setPen(QPen(QColor(colors.hairline), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
            for moment in self._moments:
                paint_mark(painter, theme, moment, self._mark(moment))
            if self.hasFocus():
                paint_ring(painter, theme, QRectF(self.rect()))
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(QColor(colors.ink_soft))
            below = QRectF(0, box.bottom(), self.width(), self.height() - box.bottom())
            down = Qt.AlignmentFlag.AlignBottom
            start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            painter.drawText(below, start | down, tr("start"))
            painter.drawText(below, end | down, clock(self._length))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A mark opens its moment."""
        at = event.position()
        near = [
            (abs(self._mark(moment).x() - at.x()), moment) for moment in self._moments
        ]
        away, moment = min(near, key=lambda one: one[0], default=(_REACH, None))
        if moment is not None and away < self._theme.px(_REACH):
            self._choose(self._moments.index(moment))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from mark to mark, Enter and space open it."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        opens = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        key = Qt.Key(event.key())
        if self._moments and key in steps:
            last = len(self._moments) - 1
            self._choose(min(max(self._at + steps[key], 0), last))
        elif self._moments and key in opens:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, place: int) -> None:
        self._at = place
        tell_selection(self)
        self.chosen.emit(self._moments[place].id)

    def _paint_line(self, painter: QPainter, line: list[QPointF]) -> None:
        colors, box = self._theme.palette, self._box()
        path = QPainterPath(line[0])
        for point in line[1:]:
            path.lineTo(point)
        below = QPainterPath(path)
        below.lineTo(line[-1].x(), box.bottom())
        below.lineTo(line[0].x(), box.bottom())
        painter.fillPath(below, QColor(colors.curve_fill))
        pen = QPen(QColor(colors.curve), 1.2 * self._theme.scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawPath(path)

    def _box(self) -> QRectF:
        side = self._theme.px(MARK) / 2
        below = self._theme.font(Role.SMALL).pixelSize() + self._theme.px(Space.M)
        whole = QRectF(self.rect())
        return whole.adjusted(side, self._theme.px(Space.XS), -side, -below)

    def _place(self, at: int, since: int) -> QPointF:
        box = self._box()
        most = max(_FULL_MS, *(point.since for point in self._points))
        x = box.left() + at / self._length * box.width()
        return QPointF(x, box.bottom() - since / most * box.height())

    def _mark(self, moment: Moment) -> QPointF:
        return self._place(moment.span.end, 0)
