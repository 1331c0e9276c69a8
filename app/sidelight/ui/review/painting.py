"""Draws the timeline's still picture: lanes, speech, moments, curve, axis.

Everything is culled to the viewport, and speech bars that fall into the same pixel are
drawn once, so that a three-hour session costs no more than what is visible.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)

from sidelight.domain.clock_time import clock
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker
from sidelight.ui.absences import Look, absences
from sidelight.ui.kindwords import kind_title
from sidelight.ui.review.lanes import OTHER, Lane, Lanes
from sidelight.ui.review.measures import (
    CurvePoint,
    silences,
    since_curve,
    tick_step,
    ticks,
)
from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.kind_mark import MARK, mark_pixmap
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.moments import Form, Moment
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance
    from sidelight.ui.absences import Absence
    from sidelight.ui.review.viewport import Viewport
    from sidelight.ui.theme.theme import Theme

GUTTER: Final = 134
_WIDEST_GUTTER: Final = 220
_TICK: Final = 72
"""Room for lane names at the left, least and most, and the least from one time to the
next: logical pixels at 100 % text."""

_WORDS_FROM: Final = 14.0
"""Milliseconds a pixel from which single words are drawn into the bars."""

_THIN: Final = 1.5
_ROUND: Final = 5.0
"""Pixels: the least width of a bar, and from where on its corners are rounded."""

_DOTS: Final = 16
"""Pixels from which a silence is wide enough for three dots."""

_STYLES: Final = {
    Look.LOST: Qt.BrushStyle.BDiagPattern,
    Look.PAUSED: Qt.BrushStyle.Dense6Pattern,
    Look.OFF_RECORD: Qt.BrushStyle.NoBrush,
}

_STEM: Final = 0.6
"""Opacity of the line from the curve to a mark."""

_MINUTE: Final = 60_000


class TimelinePainter:
    """Paints one story; holds what does not depend on zoom.

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
        self._silences = silences(story, story.position)
        self._absences = absences(story)
        self._said: dict[Speaker, list[Utterance]] = {one: [] for one in lanes.speech}
        for said in sorted(story.utterances, key=lambda one: one.span):
            self._said[said.speaker].append(said)
        self._starts = {
            speaker: [one.span.start for one in spoken]
            for speaker, spoken in self._said.items()
        }
        self._marks: dict[tuple[str, Form | None, bool, float], QPixmap] = {}
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
        painter.setClipRect(plot)
        painter.translate(left, 0)
        self._paint_grid(painter, viewport)
        self._paint_curve(painter, viewport)
        self._paint_stems(painter, viewport)
        self._paint_silences(painter, viewport)
        for speaker in self._lanes.speech:
            self._paint_speech(painter, viewport, speaker)
        self._paint_absences(painter, viewport)
        self._paint_moments(painter, viewport)
        self._paint_bookmarks(painter, viewport)
        painter.restore()

    def utterance_at(self, viewport: Viewport, x: float, y: float) -> Utterance | None:
        """The utterance drawn at this point of the plot."""
        for speaker, lane in self._lanes.speech.items():
            if lane.top <= y <= lane.bottom:
                reach = 3 * viewport.scale
                at = viewport.start + x * viewport.scale
                near = [
                    said
                    for said in self._seen(speaker, at - reach, at + reach)
                    if said.span.start - reach <= at <= said.span.end + reach
                ]
                return min(near, key=lambda s: abs(s.span.start - at), default=None)
        return None

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

    def _paint_grid(self, painter: QPainter, viewport: Viewport) -> None:
        colors = self._theme.palette
        axis = self._lanes.axis
        grid, soft = QColor(colors.grid), QColor(colors.ink_soft)
        step = tick_step(viewport, self._theme.px(_TICK))
        painter.setFont(self._label)
        metrics = QFontMetrics(self._label)
        for at in ticks(viewport, step):
            x = round(viewport.x(at))
            painter.setPen(QPen(grid, 1))
            with _crisp(painter):
                painter.drawLine(QLineF(x, self._lanes.curve.top, x, axis.top))
            text = clock(at)
            width = metrics.horizontalAdvance(text)
            at_left = min(max(x - width / 2, 0), viewport.width - width)
            painter.setPen(soft)
            box = QRectF(at_left, axis.top, width + 1, axis.height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QPen(grid, 1))
        with _crisp(painter):
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
        with _crisp(painter):  # its edge lies under the line
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
        x = min(max(place.x() - width, 0), viewport.width - width)
        painter.drawText(QPointF(x, place.y() - self._theme.px(Space.XS)), text)

    def _paint_stems(self, painter: QPainter, viewport: Viewport) -> None:
        """A fine line from where the curve falls to the mark that made it fall."""
        with _crisp(painter):
            for moment in self._story.clocks.moments:
                x = round(viewport.x(moment.span.end))
                if 0 <= x <= viewport.width:
                    color = self._theme.kind_color(moment.kind)
                    color.setAlphaF(_STEM)
                    painter.setPen(QPen(color, 1))
                    middle = self._lanes.of_kind(moment.kind).middle
                    painter.drawLine(QLineF(x, self._lanes.curve.bottom, x, middle))

    # -- speech ------------------------------------------------------------------

    def _seen(self, speaker: Speaker, start: float, end: float) -> Iterator[Utterance]:
        """Utterances of this speaker that touch the stretch, and one before it."""
        spoken, starts = self._said[speaker], self._starts[speaker]
        first = max(0, bisect_left(starts, start) - 1)
        for said in spoken[first:]:
            if said.span.start > end:
                return
            yield said

    def _paint_speech(
        self, painter: QPainter, viewport: Viewport, speaker: Speaker
    ) -> None:
        lane = self._lanes.speech[speaker]
        inset = 3 * self._theme.scale
        top, height = lane.top + inset, lane.height - 2 * inset
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.speaker_color(speaker))
        slim = []
        for left, right in self._bars(viewport, speaker):
            box = QRectF(left, top, right - left, height)
            if box.width() < _ROUND:
                slim.append(box)
            else:
                painter.drawRoundedRect(box, Radius.SMALL, Radius.SMALL)
        painter.drawRects(slim)
        if viewport.scale <= _WORDS_FROM:
            for said in self._seen(speaker, viewport.start, viewport.end):
                self._paint_words(painter, viewport, said, top, height)

    def _bars(
        self, viewport: Viewport, speaker: Speaker
    ) -> Iterator[tuple[float, float]]:
        """Left and right of each bar in view; what shares a pixel is one bar.

        However long the session, there are at most as many steps as pixels.
        """
        spoken, starts = self._said[speaker], self._starts[speaker]
        at = max(0, bisect_left(starts, viewport.start) - 1)
        stop = bisect_right(starts, viewport.end)
        bar: tuple[float, float] | None = None
        while at < stop:
            left = viewport.x(starts[at])
            right = max(viewport.x(spoken[at].span.end), left + _THIN)
            if bar is not None and left - bar[1] < 1:
                bar = (bar[0], max(bar[1], right))
            else:
                if bar is not None:
                    yield bar
                bar = (left, right)
            # Whatever begins inside what is drawn already changes nothing to see.
            hidden = viewport.start + bar[1] * viewport.scale
            at = max(at + 1, bisect_left(starts, hidden, at + 1, stop) - 1)
        if bar is not None:
            yield bar

    def _paint_words(
        self,
        painter: QPainter,
        viewport: Viewport,
        said: Utterance,
        top: float,
        height: float,
    ) -> None:
        painter.setFont(self._label)
        painter.setPen(
            readable_on(self._theme, self._theme.speaker_color(said.speaker))
        )
        metrics = QFontMetrics(self._label)
        for word in said.words:
            left, right = viewport.x(word.span.start), viewport.x(word.span.end)
            if right < 0 or left > viewport.width:
                continue
            if metrics.horizontalAdvance(word.text) <= right - left + 6:
                place = QRectF(left + 3, top, right - left, height)
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
                painter.drawText(place, flags, word.text)

    def _paint_silences(self, painter: QPainter, viewport: Viewport) -> None:
        """Dots where nobody spoke; with the length where there is room."""
        lanes = list(self._lanes.speech.values())
        if not lanes:
            return
        middle = (lanes[0].top + lanes[-1].bottom) / 2
        color = QColor(self._theme.palette.ink_soft)
        dots = QPen(color, 2 * self._theme.scale)
        dots.setCapStyle(Qt.PenCapStyle.RoundCap)
        dots.setDashPattern([0.01, 3])
        metrics = QFontMetrics(self._label)
        painter.setFont(self._label)
        for span in self._silences:
            left, right = viewport.x(span.start) + 4, viewport.x(span.end) - 4
            if right < 0 or left > viewport.width or right - left < _DOTS:
                continue
            painter.setPen(dots)
            text = f"{round(span.length / 1000)} s"
            width = metrics.horizontalAdvance(text)
            if right - left < width * 2:
                painter.drawLine(QLineF(left, middle, right, middle))
                continue
            centre = (left + right) / 2
            edge = width / 2 + 6
            painter.drawLine(QLineF(left, middle, centre - edge, middle))
            painter.drawLine(QLineF(centre + edge, middle, right, middle))
            painter.setPen(color)
            box = QRectF(centre - edge, middle - 10, 2 * edge, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

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
        box = QRectF(left, top, max(right - left, 2), bottom - top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.surface))
        painter.drawRect(box)
        curve = QColor(self._theme.palette.curve)
        painter.setBrush(QBrush(curve, _STYLES[absence.look]))
        if absence.look is Look.OFF_RECORD:
            edge = QPen(curve, 1)
            edge.setDashPattern([3, 3])
            painter.setPen(edge)
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRect(box)
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

    # -- moments and bookmarks ---------------------------------------------------

    def _paint_moments(self, painter: QPainter, viewport: Viewport) -> None:
        withdrawn = (moment for moment, _cause in self._story.withdrawn)
        for moment in (*withdrawn, *self._story.hollow):
            self._paint_moment(painter, viewport, moment, hollow=True)
        for moment in self._story.moments:
            self._paint_moment(painter, viewport, moment, hollow=False)

    def _paint_moment(
        self, painter: QPainter, viewport: Viewport, moment: Moment, *, hollow: bool
    ) -> None:
        center = mark_center(moment, viewport, self._lanes)
        reach = self._theme.px(MARK)
        if not -reach <= center.x() <= viewport.width + reach:
            return
        ratio = painter.device().devicePixelRatioF()
        key = (moment.kind, moment.form, hollow, ratio)
        if key not in self._marks:
            self._marks[key] = mark_pixmap(self._theme, moment, ratio, hollow=hollow)
        mark = self._marks[key]
        half = mark.width() / ratio / 2
        painter.drawPixmap(center - QPointF(half, half), mark)

    def _paint_bookmarks(self, painter: QPainter, viewport: Viewport) -> None:
        """Ribbons that hang in from the upper edge."""
        color = QColor(self._theme.palette.accent)
        wide, tall = 9 * self._theme.scale, 15 * self._theme.scale
        for mark in self._story.marks:
            x = viewport.x(mark.at)
            line = QPen(color, 1.2)
            line.setDashPattern([2, 3])
            painter.setPen(line)
            painter.drawLine(QLineF(x, tall, x, self._lanes.axis.top))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            left, right = x - wide / 2, x + wide / 2
            ribbon = [
                QPointF(left, 0),
                QPointF(right, 0),
                QPointF(right, tall),
                QPointF(x, tall * 0.74),
                QPointF(left, tall),
            ]
            painter.drawPolygon(QPolygonF(ribbon))


@contextmanager
def _crisp(painter: QPainter) -> Iterator[None]:
    """Straight lines on whole pixels: sharper, and many times faster."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    yield
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _position(point: CurvePoint) -> int:
    return point.at


def mark_center(moment: Moment, viewport: Viewport, lanes: Lanes) -> QPointF:
    """Where a moment's mark is: at the hand-over, from which the clock counts."""
    timed = moment.kind in PROCESS_KINDS
    at = moment.span.end if timed else moment.span.start
    return QPointF(viewport.x(at), lanes.of_kind(moment.kind).middle)


def speaker_name(speaker: Speaker, story: Story) -> str:
    """How a speaker is called in the review."""
    match speaker:
        case Speaker.COACH:
            return tr("Coach")
        case Speaker.CLIENT:
            return (story.session.client if story.session else "") or tr("Client")
        case Speaker.UNKNOWN:
            return tr("Speech")


def readable_on(theme: Theme, ground: QColor) -> QColor:
    """Ink or paper, whichever stands out more."""
    ink, paper = QColor(theme.palette.ink), QColor(theme.palette.canvas)
    return max(ink, paper, key=lambda one: abs(_light(one) - _light(ground)))


def _light(color: QColor) -> float:
    return color.lightnessF()
