"""Draws who spoke when: bars, single words, silences, and where both spoke at once."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from sidelight.domain.transcript import Speaker
from sidelight.ui.review.crisp import crisp
from sidelight.ui.review.detail import Bars
from sidelight.ui.review.measures import overlaps, silences
from sidelight.ui.theme.tokens import Radius, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Utterance, Word
    from sidelight.ui.review.lanes import Lanes
    from sidelight.ui.review.viewport import Viewport
    from sidelight.ui.theme.theme import Theme

WORDS_FROM: Final = 14.0
"""Milliseconds a pixel from which single words are drawn into the bars."""

_THIN: Final = 1.5
_ROUND: Final = 5.0
"""Pixels: the least width of a bar, and from where on its corners are rounded."""

_DOTS: Final = 16
"""Pixels from which a silence is wide enough for three dots."""

_BOTH: Final = 5.0
"""Height of the strip between the lanes that says that both spoke, at 100 %."""

_REACH: Final = 3
"""Pixels by which a pointer may miss a bar."""


class SpeechPainter:
    """The speech lanes of one story.

    Args:
        theme: Fonts and colours.
        story: What happened.
        lanes: Where it is drawn.
    """

    def __init__(self, theme: Theme, story: Story, lanes: Lanes) -> None:
        self._theme = theme
        self._lanes = lanes
        self._silences = silences(story, story.position)
        self._longest = max((span.length for span in self._silences), default=0)
        self._overlaps = overlaps(story)
        self._both = Bars(self._overlaps)
        self._said: dict[Speaker, list[Utterance]] = {one: [] for one in lanes.speech}
        in_order = sorted(
            story.utterances, key=lambda one: (one.span.start, one.span.end)
        )
        for said in in_order:
            self._said[said.speaker].append(said)
        self._starts = {
            speaker: [one.span.start for one in spoken]
            for speaker, spoken in self._said.items()
        }
        self._bars = {
            speaker: Bars([one.span for one in spoken])
            for speaker, spoken in self._said.items()
        }
        self._label = theme.font(Role.LABEL)

    @property
    def both(self) -> bool:
        """Whether both ever spoke at once."""
        return bool(self._overlaps)

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draw the lanes; the painter's origin is the plot's."""
        self._paint_silences(painter, viewport)
        for speaker in self._lanes.speech:
            self._paint_speech(painter, viewport, speaker)
        self._paint_both(painter, viewport)

    def utterance_at(self, viewport: Viewport, x: float, y: float) -> Utterance | None:
        """The utterance drawn at this point of the plot."""
        for speaker, lane in self._lanes.speech.items():
            if lane.top <= y <= lane.bottom:
                reach = _REACH * viewport.scale
                at = viewport.start + x * viewport.scale
                near = [
                    said
                    for said in self._seen(speaker, at - reach, at + reach)
                    if said.span.start - reach <= at <= said.span.end + reach
                ]
                return min(near, key=lambda s: abs(s.span.start - at), default=None)
        return None

    def both_at(self, viewport: Viewport, x: float, y: float) -> Span | None:
        """Where both spoke at once, at this point of the plot."""
        box = self._strip()
        if box is None or not box.top() - 1 <= y <= box.bottom() + 1:
            return None
        at, reach = viewport.start + x * viewport.scale, _REACH * viewport.scale
        found = (s for s in self._overlaps if s.start - reach <= at <= s.end + reach)
        return next(found, None)

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
        slim = []  # one call for many: each would cost more than its pixels
        for left, right in self._bars[speaker].seen(viewport):
            wide = max(right - left, _THIN)
            if wide < _ROUND:
                slim.append(QRectF(left, top, wide, height))
            else:
                box = QRectF(left, top, wide, height)
                painter.drawRoundedRect(box, Radius.SMALL, Radius.SMALL)
        with crisp(painter):  # of a thousand, smooth edges would cost all the time
            painter.drawRects(slim)
        if viewport.scale <= WORDS_FROM:
            for said in self._seen(speaker, viewport.start, viewport.end):
                self._paint_words(painter, viewport, said, top, height)

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

    def paint_heard(
        self, painter: QPainter, viewport: Viewport, said: Utterance, word: Word | None
    ) -> None:
        """Edge the utterance that sounds now, and lay a line under its word."""
        lane = self._lanes.speech.get(said.speaker)
        if lane is None:
            return
        color = QColor(self._theme.palette.accent)
        inset = 3 * self._theme.scale
        left, right = viewport.x(said.span.start), viewport.x(said.span.end)
        box = QRectF(left, lane.top, max(right - left, _THIN), lane.height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 1.5))
        painter.drawRoundedRect(
            box.adjusted(-1, inset - 1, 1, 1 - inset), Radius.SMALL, Radius.SMALL
        )
        if word is not None and viewport.scale <= WORDS_FROM:
            left, right = viewport.x(word.span.start), viewport.x(word.span.end)
            painter.setPen(QPen(readable_on(self._theme, self._color(said)), 2))
            foot = lane.bottom - inset - 1.5
            painter.drawLine(QLineF(left + 3, foot, max(right, left + 6) - 1, foot))

    def _color(self, said: Utterance) -> QColor:
        return self._theme.speaker_color(said.speaker)

    def _strip(self) -> QRectF | None:
        """Between the two lanes; the width is the caller's."""
        coach = self._lanes.speech.get(Speaker.COACH)
        client = self._lanes.speech.get(Speaker.CLIENT)
        if coach is None or client is None:
            return None
        height = _BOTH * self._theme.scale
        middle = (coach.bottom + client.top) / 2
        return QRectF(0, middle - height / 2, 0, height)

    def _paint_both(self, painter: QPainter, viewport: Viewport) -> None:
        strip = self._strip()
        if strip is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.ink))
        top, height = strip.top(), strip.height()
        with crisp(painter):
            painter.drawRects(
                [
                    QRectF(left, top, max(right - left, _THIN), height)
                    for left, right in self._both.seen(viewport)
                ]
            )

    def _paint_silences(self, painter: QPainter, viewport: Viewport) -> None:
        """Dots where nobody spoke; with the length where there is room."""
        lanes = list(self._lanes.speech.values())
        if not lanes or viewport.scale * _DOTS > self._longest:
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


def readable_on(theme: Theme, ground: QColor) -> QColor:
    """Ink or paper, whichever stands out more."""
    ink, paper = QColor(theme.palette.ink), QColor(theme.palette.canvas)
    return max(ink, paper, key=lambda one: abs(_light(one) - _light(ground)))


def _light(color: QColor) -> float:
    return color.lightnessF()
