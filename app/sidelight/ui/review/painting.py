"""Draws the timeline's still picture: lanes, speech, moments, curve, axis.

Everything is culled to the viewport, and speech bars that fall into the same pixel are
drawn once, so that a three-hour session costs no more than what is visible.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QPainter,
    QPen,
    QPolygonF,
)

from sidelight.domain.clock_time import clock
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.partnering.dialogue.phases import phases
from sidelight.ui.absences import Look, absences
from sidelight.ui.kindwords import kind_title
from sidelight.ui.review.crisp import crisp
from sidelight.ui.review.key import key_of, paint_key
from sidelight.ui.review.lanes import OTHER, Lane, Lanes
from sidelight.ui.review.marks import MarkPainter
from sidelight.ui.review.measures import (
    CurvePoint,
    since_curve,
    tick_step,
    ticks,
)
from sidelight.ui.review.phase_band import paint_phases, phase_at
from sidelight.ui.review.speech import SpeechPainter
from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.domain.dialogue import Phase
    from sidelight.domain.moments import Mark
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.ui.absences import Absence
    from sidelight.ui.review.viewport import Viewport
    from sidelight.ui.theme.theme import Theme

GUTTER: Final = 134
_WIDEST_GUTTER: Final = 220
_TICK: Final = 72
"""Room for lane names at the left, least and most, and the least from one time to the
next: logical pixels at 100 % text."""

_STYLES: Final = {
    Look.LOST: Qt.BrushStyle.BDiagPattern,
    Look.PAUSED: Qt.BrushStyle.Dense6Pattern,
    Look.OFF_RECORD: Qt.BrushStyle.NoBrush,
}

_PAST_EDGE: Final = 4.0
"""Pixels beyond the edge from which nothing is drawn: hatching hours is dear."""

_ABOVE_FLAGS: Final = Space.XXS
"""From the upper edge to a bookmark."""

_HIT: Final = (2.0, 11.0)
"""Width and height of the tick at what was found, at 100 %."""

_STEM: Final = 0.6
"""Opacity of the line from the curve to a mark."""

_MINUTE: Final = 60_000


class TimelinePainter:
    """Paints one story; holds what does not depend on zoom.

    Attributes:
        speech: The lanes of the speakers.
        hits: What was searched for and found, in order.
        sharp: Dots of a mark for each logical pixel; ``None``: as the device has them.

    Args:
        theme: Fonts and colours.
        story: What happened.
        lanes: Where it is drawn.
    """

    def __init__(self, theme: Theme, story: Story, lanes: Lanes) -> None:
        self._theme = theme
        self._story = story
        self._lanes = lanes
        self._length = story.position
        self._curve = since_curve(story.clocks, story.position)
        top = max((point.since for point in self._curve), default=Millis(0))
        self._most = max(top, 2 * _MINUTE)
        self._absences = absences(story)
        self._phases = phases(story)
        self.speech = SpeechPainter(theme, story, lanes)
        self._key = key_of(story, both=self.speech.both)
        self.hits: Sequence[Span] = ()
        self.sharp: float | None = None
        self._moments = MarkPainter(theme, story, lanes)
        self._small = theme.font(Role.SMALL)
        self._label = theme.font(Role.LABEL)

    def paint(self, painter: QPainter, viewport: Viewport, left: float) -> None:
        """Draw everything.

        Args:
            painter: On the timeline, origin at its top left corner.
            viewport: Which stretch on how many pixels.
            left: Where the stretch begins, right of the lane names.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter, left)
        painter.save()
        plot = QRectF(left, 0, viewport.width, self._lanes.height)
        painter.translate(left, 0)
        self._paint_times(painter, viewport)
        painter.setClipRect(plot.translated(-left, 0))
        self._paint_grid(painter, viewport)
        self._paint_curve(painter, viewport)
        self._paint_stems(painter, viewport)
        self.speech.paint(painter, viewport)
        self._paint_absences(painter, viewport)
        paint_phases(painter, self._theme, viewport, self._lanes, self._phases)
        self._paint_hits(painter, viewport)
        ratio = self.sharp or painter.device().devicePixelRatioF()
        self._moments.paint(painter, viewport, ratio)
        self._paint_bookmarks(painter, viewport)
        painter.restore()
        if self._lanes.key is not None:
            room = QRectF(left, self._lanes.key.top, viewport.width, 0)
            room.setHeight(self._lanes.key.height)
            paint_key(painter, self._theme, self._key, room)

    def absence_at(self, viewport: Viewport, x: float, y: float) -> Absence | None:
        """The stretch without sound drawn at this point of the plot."""
        lanes = list(self._lanes.speech.values())
        if not lanes or not lanes[0].top <= y <= lanes[-1].bottom:
            return None
        at, reach = viewport.start + x * viewport.scale, viewport.scale
        here = [
            absence
            for absence in self._absences
            if absence.span.start - reach <= at <= absence.span.end + reach
        ]
        return here[-1] if here else None  # the last is drawn on top

    def phase_at(self, viewport: Viewport, x: float, y: float) -> Phase | None:
        """The phase drawn at this point of the plot."""
        return phase_at(viewport, self._lanes, self._phases, x, y)

    def mark_at(self, viewport: Viewport, x: float, y: float) -> Mark | None:
        """The bookmark whose ribbon hangs at this point of the plot."""
        wide, tall = self._ribbon
        here = [
            mark
            for mark in self._story.marks
            if y <= tall + self._theme.px(_ABOVE_FLAGS)
            and abs(viewport.x(mark.at) - x) <= wide
        ]
        return here[-1] if here else None

    # -- lanes -------------------------------------------------------------------

    @property
    def gutter(self) -> int:
        """Room for the lanes' names: what the longest needs, within reason."""
        metrics = QFontMetrics(self._small)
        widest = max(metrics.horizontalAdvance(name) for name, _ in self._names())
        wanted = widest + self._theme.px(Space.L + Space.S) + 1
        most = self._theme.px(_WIDEST_GUTTER)
        return min(max(wanted, self._theme.px(GUTTER)), most)

    def _names(self) -> list[tuple[str, Lane]]:
        """Every lane with its name."""
        names: list[tuple[str, Lane]] = [(tr("since partnering"), self._lanes.curve)]
        for kind, lane in self._lanes.moments.items():
            names.append(
                (tr("also noticed") if kind == OTHER else kind_title(kind), lane)
            )
        for speaker, lane in self._lanes.speech.items():
            names.append((speaker_name(speaker, self._story), lane))
        if self._lanes.phases is not None:
            names.append((tr("phases"), self._lanes.phases))
        return names

    def _paint_names(self, painter: QPainter, left: float) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.palette.ink_soft))
        metrics = QFontMetrics(self._small)
        inset = self._theme.px(Space.L)
        room = int(left - inset - self._theme.px(Space.S))
        for name, lane in self._names():
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            box = QRectF(inset, lane.top, room, lane.height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_times(self, painter: QPainter, viewport: Viewport) -> None:
        """Each centred under its line; left of the plot there is room for 0:00."""
        axis, most = self._lanes.axis, viewport.width + self._theme.px(Space.L)
        painter.setFont(self._label)
        painter.setPen(QColor(self._theme.palette.ink_soft))
        metrics = QFontMetrics(self._label)
        for at in self._ticks(viewport):
            text = clock(at)
            width = metrics.horizontalAdvance(text) + 1
            x = min(round(viewport.x(at)) - width / 2, most - width)
            box = QRectF(x, axis.top, width, axis.height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _ticks(self, viewport: Viewport) -> list[Millis]:
        return ticks(viewport, tick_step(viewport, self._theme.px(_TICK)))

    def _paint_grid(self, painter: QPainter, viewport: Viewport) -> None:
        top, foot = self._lanes.curve.top, self._lanes.axis.top
        painter.setPen(QPen(QColor(self._theme.palette.grid), 1))
        with crisp(painter):
            for at in self._ticks(viewport):
                x = round(viewport.x(at))
                painter.drawLine(QLineF(x, top, x, foot))
            for lane in self._lanes.moments.values():
                middle = round(lane.middle)
                painter.drawLine(QLineF(0, middle, viewport.width, middle))

    # -- how long since ----------------------------------------------------------

    def _paint_curve(self, painter: QPainter, viewport: Viewport) -> None:
        colors, lane = self._theme.palette, self._lanes.curve
        seen = self._curve_in(viewport)
        line = [
            QPointF(
                viewport.x(point.at),
                lane.bottom - lane.height * point.since / self._most,
            )
            for point in seen
        ]
        if not line:
            return
        floor = [QPointF(line[-1].x(), lane.bottom), QPointF(line[0].x(), lane.bottom)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.curve_fill))
        with crisp(painter):  # its edge lies under the line
            painter.drawPolygon(QPolygonF([*line, *floor]))
        painter.setPen(QPen(QColor(colors.curve), 1.4 * self._theme.scale))
        # Single lines: a joined one of hundreds of points takes ten times as long.
        painter.drawLines([QLineF(one, other) for one, other in pairwise(line)])
        self._paint_peak(painter, viewport, seen, line)

    def _curve_in(self, viewport: Viewport) -> list[CurvePoint]:
        """The points in view, and one beyond each edge."""
        first = bisect_left(self._curve, viewport.start, key=_position)
        last = bisect_right(self._curve, viewport.end, key=_position)
        return self._curve[max(0, first - 1) : last + 1]

    def _paint_peak(
        self,
        painter: QPainter,
        viewport: Viewport,
        points: list[CurvePoint],
        line: list[QPointF],
    ) -> None:
        """The longest stretch in view says how long it was; a scale without an axis."""
        seen = [
            (point.since, place)
            for point, place in zip(points, line, strict=True)
            if 0 <= place.x() <= viewport.width and point.since >= _MINUTE
        ]
        if not seen:
            return
        since, place = max(seen, key=lambda one: one[0])
        text = tr("{n} min", n=since // _MINUTE)
        metrics = QFontMetrics(self._label)
        width = metrics.horizontalAdvance(text)
        painter.setFont(self._label)
        painter.setPen(QColor(self._theme.palette.ink_soft))
        x = self._beside_flags(viewport, place.x(), width)
        if x is not None:
            painter.drawText(
                QPointF(round(x), place.y() - self._theme.px(Space.XS)), text
            )

    def _beside_flags(
        self, viewport: Viewport, peak: float, width: float
    ) -> float | None:
        """Where words of this width stand above a peak, and under no bookmark.

        Nearest to it, left of it rather than right; ``None``: there is no room.
        """
        gap, half = self._theme.px(Space.XS), self._ribbon[0] / 2
        flags = [(x - half - gap, x + half + gap) for x in self._flags(viewport)]
        lefts = [peak - width, peak + gap]
        lefts += [end for _, end in flags] + [start - width for start, _ in flags]
        fitting = [
            min(max(left, 0), viewport.width - width)
            for left in lefts
            if -width < left < viewport.width
        ]
        free = [
            left
            for left in fitting
            if all(left + width <= start or left >= end for start, end in flags)
        ]
        return min(free, key=lambda left: abs(left + width - peak), default=None)

    def _paint_stems(self, painter: QPainter, viewport: Viewport) -> None:
        """A fine line from where the curve falls to the mark that made it fall."""
        lines: dict[str, list[QLineF]] = {}
        for moment in self._story.clocks.moments:
            x = round(viewport.x(moment.span.end))
            lane = self._lanes.of_kind(moment.kind)
            if lane is not None and 0 <= x <= viewport.width:
                line = QLineF(x, self._lanes.curve.bottom, x, lane.middle)
                lines.setdefault(moment.kind, []).append(line)
        with crisp(painter):
            for kind, stems in lines.items():
                color = self._theme.kind_color(kind)
                color.setAlphaF(_STEM)
                painter.setPen(QPen(color, 1))
                painter.drawLines(stems)

    # -- absences ----------------------------------------------------------------

    def _paint_absences(self, painter: QPainter, viewport: Viewport) -> None:
        """Hatched: lost sound. Dotted: the coach paused. Empty: off the record."""
        for absence in self._absences:
            self._paint_absence(painter, viewport, absence)

    def _paint_absence(
        self, painter: QPainter, viewport: Viewport, absence: Absence
    ) -> None:
        span, words = absence.span, absence.words
        left, right = viewport.x(span.start), viewport.x(span.end)
        lanes = list(self._lanes.speech.values())
        if not lanes or right < 0 or left > viewport.width:
            return
        top, bottom = lanes[0].top, lanes[-1].bottom
        left, right = max(left, -_PAST_EDGE), min(right, viewport.width + _PAST_EDGE)
        box = QRectF(round(left), top, max(round(right - left), 2), bottom - top)
        curve = QColor(self._theme.palette.curve)
        painter.setPen(Qt.PenStyle.NoPen)
        with crisp(painter):  # a smooth pattern takes as long as all the rest
            painter.fillRect(box, QColor(self._theme.palette.surface))
            painter.fillRect(box, QBrush(curve, _STYLES[absence.look]))
        if absence.look is Look.OFF_RECORD:
            edge = QPen(curve, 1)
            edge.setDashPattern([3, 3])
            painter.setPen(edge)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        metrics = QFontMetrics(self._label)
        width = metrics.horizontalAdvance(words) + 12
        if width < box.width():
            plate = QRectF(0, 0, width, metrics.height() + 4)
            plate.moveCenter(box.center())
            painter.setBrush(QColor(self._theme.palette.surface))
            painter.drawRoundedRect(plate, Radius.SMALL, Radius.SMALL)
            painter.setFont(self._label)
            painter.setPen(QColor(self._theme.palette.ink_soft))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    # -- hits and bookmarks ------------------------------------------------------

    def _paint_hits(self, painter: QPainter, viewport: Viewport) -> None:
        """Ticks across the foot of the lanes, where the times begin."""
        wide, tall = (length * self._theme.scale for length in _HIT)
        top = self._lanes.axis.top - tall / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.accent))
        at = {round(viewport.x((hit.start + hit.end) / 2)) for hit in self.hits}
        seen = sorted(x for x in at if -wide <= x <= viewport.width + wide)
        with crisp(painter):
            painter.drawRects([QRectF(x - wide / 2, top, wide, tall) for x in seen])

    @property
    def _ribbon(self) -> tuple[float, float]:
        """Width and height of a bookmark in pixels."""
        return 9 * self._theme.scale, 15 * self._theme.scale

    def _paint_bookmarks(self, painter: QPainter, viewport: Viewport) -> None:
        """Ribbons that hang below the upper edge."""
        color = QColor(self._theme.palette.accent)
        wide, tall = self._ribbon
        notch = tall / 4
        line = QPen(color, 1)
        line.setDashPattern([2, 3])
        seen = self._flags(viewport)
        painter.setPen(line)
        top = self._theme.px(_ABOVE_FLAGS)
        tall += top
        with crisp(painter):
            foot = self._lanes.axis.top
            painter.drawLines([QLineF(x, tall, x, foot) for x in seen])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for x in seen:
            left, right = x - wide / 2, x + wide / 2
            ribbon = [
                QPointF(left, top),
                QPointF(right, top),
                QPointF(right, tall),
                QPointF(x, tall - notch),
                QPointF(left, tall),
            ]
            painter.drawPolygon(QPolygonF(ribbon))

    def _flags(self, viewport: Viewport) -> list[float]:
        """Where in the plot bookmarks are, those in view."""
        wide, _ = self._ribbon
        places = (round(viewport.x(mark.at)) + 0.5 for mark in self._story.marks)
        return [x for x in places if -wide <= x <= viewport.width + wide]


def _position(point: CurvePoint) -> int:
    return point.at


def speaker_name(speaker: Speaker, story: Story) -> str:
    """How a speaker is called in the review."""
    match speaker:
        case Speaker.COACH:
            return tr("Coach")
        case Speaker.CLIENT:
            return (story.session.client if story.session else "") or tr("Client")
        case Speaker.UNKNOWN:
            return tr("Speech")
