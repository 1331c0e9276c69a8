"""The timeline: the whole session at a glance, or down to single words.

Wheel and plus/minus zoom, dragging and Shift+wheel pan, Home and End jump, 0 shows
everything again. A click selects and plays from there. Left and right go from moment to
moment, up and down from turn to turn; the space bar plays and pauses, with Shift left
and right go five seconds back and on.
"""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from sidelight.ui.kindwords import moment_name, moment_told
from sidelight.ui.review.heard import Heard
from sidelight.ui.review.hover import (
    absence_tip,
    both_tip,
    lane_tip,
    mark_tip,
    moment_tip,
    phase_tip,
    speech_tip,
)
from sidelight.ui.review.lanes import Lanes, heights
from sidelight.ui.review.marks import mark_center
from sidelight.ui.review.painting import TimelinePainter
from sidelight.ui.review.viewport import Viewport
from sidelight.ui.spoken import Spoken, tell_selection
from sidelight.ui.theme.tokens import Radius, Space
from sidelight.ui.widgets.kind_mark import MARK, paint_mark
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Millis, Span
    from sidelight.domain.transcript import Utterance
    from sidelight.ui.absences import Absence
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.theme.theme import Theme

_ZOOM_STEP: Final = 1.25
_WHEEL_NOTCH: Final = 120
_PAN_SHARE: Final = 0.5
_FOLLOWED_AT: Final = 0.1
"""Share of the view left of the sound, when it has run out of it."""

_JUMP_MS: Final = 5_000
_KNOB: Final = 4.0
_RING: Final = 0.95
"""Radius of the ring around what is selected, by the height of a mark."""

_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TimelineView(QWidget):
    """Paints the story once per zoom; selection and hover are drawn over that picture.

    Signals:
        moved: The visible stretch is new.
        clicked: Where (``int``, milliseconds): the sound is wanted from there.
        toggled: The sound is to go on, or to pause.
        jumped: By so many milliseconds (``int``) the sound is to go on elsewhere.

    Args:
        theme: Fonts and colours.
        story: What happened.
        selection: What is selected, shared with the lists.
    """

    moved = Signal()
    clicked = Signal(int)
    toggled = Signal()
    jumped = Signal(int)

    def __init__(
        self,
        theme: Theme,
        story: Story,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._selection = selection
        self._edge = theme.px(Space.L)
        self.viewport = Viewport.fitting(story.position, 1)
        self._still: QPixmap | None = None
        self._playhead: Millis | None = None
        self._ratio: float | None = None
        self._grip: QPointF | None = None
        self._dragged = False
        self._keyboard = False
        self._hits: Sequence[Span] = ()
        self._tell_story(story)
        expanding = QSizePolicy.Policy.Expanding
        self.setSizePolicy(expanding, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Timeline of the session"))
        selection.changed.connect(self._follow_selection)

    def sizeHint(self) -> QSize:
        """As high as every lane and the key; with less room lanes fold away."""
        return QSize(self.gutter + self.minimumWidth() + 600, self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """As high as what keeps time, and who spoke."""
        return self.minimumSize()

    def show_story(self, story: Story) -> None:
        """Show this instead, and keep nothing of what was shown before."""
        length = self._story.position
        self._tell_story(story)
        if story.position != length:
            self.viewport = Viewport.fitting(story.position, self.viewport.width)
        self._still = None
        self._playhead = None
        self.setAccessibleDescription("")
        self._follow_selection()

    def show_playhead(self, at: Millis | None, *, follow: bool) -> None:
        """The sound is here.

        Args:
            at: Session time; ``None``: nowhere.
            follow: Keep it in view.
        """
        self._playhead = at
        if at is not None and follow:
            # A page at a time: a picture that crept along could not be read.
            inside = self.viewport.start <= at <= self.viewport.end
            if not inside:
                room = self.viewport.width * self.viewport.scale
                start = at - room * _FOLLOWED_AT
                self._look(
                    self.viewport.panned(
                        (start - self.viewport.start) / self.viewport.scale
                    )
                )
        self.update()

    def show_hits(self, hits: Sequence[Span]) -> None:
        """Point at what was searched for."""
        self._hits = self._painter.hits = hits
        self._still = None
        self.update()

    def _tell_story(self, story: Story) -> None:
        self._story = story
        self._hits = ()
        low, high = map(math.ceil, heights(story, self._theme.scale))
        self.setMinimumHeight(low)
        self.setMaximumHeight(high)
        self._lay_lanes()
        self._in_order = sorted(
            [*story.moments, *(moment for moment, _ in story.withdrawn)],
            key=lambda moment: (moment.at, moment.id),
        )
        self._said = {said.id: said for said in story.utterances}
        self._causes = {moment.id: cause for moment, cause in story.withdrawn}
        self._heard = Heard(story)

    def _lay_lanes(self) -> None:
        """As many as there is height for."""
        height = min(max(self.height(), self.minimumHeight()), self.maximumHeight())
        self._lanes = Lanes.of(self._story, self._theme.scale, height)
        self._painter = TimelinePainter(self._theme, self._story, self._lanes)
        self._painter.hits = self._hits
        self.gutter = self._painter.gutter
        self._still = None

    # -- view --------------------------------------------------------------------

    def show_all(self) -> None:
        """The whole session."""
        self._look(Viewport.fitting(self._story.position, self.viewport.width))

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Closer or farther, around plot pixel ``x``, else what is selected."""
        anchor = self._anchor() if x is None else x
        self._look(self.viewport.zoomed(factor, anchor))

    def pan(self, pixels: float) -> None:
        """Towards the end by so many pixels."""
        self._look(self.viewport.panned(pixels))

    def step(self, *, forward: bool) -> None:
        """Select the next or the previous moment."""
        ids = [moment.id for moment in self._in_order]
        if not ids:
            return
        current = self._selection.moment
        if current in ids:
            at = ids.index(current) + (1 if forward else -1)
            at = min(max(at, 0), len(ids) - 1)
        else:
            at = 0 if forward else len(ids) - 1
        self._selection.choose_moment(ids[at])

    def step_turn(self, *, forward: bool) -> None:
        """Select the next or the previous utterance."""
        order = self._heard.order
        if not order:
            return
        said = self._selected_utterance()
        at = 0 if forward else len(order) - 1
        if said is not None and said in order:
            at = order.index(said) + (1 if forward else -1)
        self._selection.choose_utterance(order[min(max(at, 0), len(order) - 1)].id)

    @contextmanager
    def sharp(self, ratio: float) -> Iterator[None]:
        """While a picture is taken, draw with so many device pixels per pixel."""
        self._ratio, self._still = ratio, None
        try:
            yield
        finally:
            self._ratio, self._still = None, None

    def _anchor(self) -> float:
        """What keys zoom around: what is selected, if it is in view."""
        target = self._selected_moment() or self._selected_utterance()
        if target is not None:
            x = self.viewport.x((target.span.start + target.span.end) / 2)
            if 0 <= x <= self.viewport.width:
                return x
        return self.viewport.width / 2

    def _look(self, viewport: Viewport) -> None:
        if viewport != self.viewport:
            self.viewport = viewport
            self._still = None
            self.update()
            self.moved.emit()

    # -- painting ----------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The still picture, and over it what is selected."""
        del event
        ratio = self._ratio or self.devicePixelRatioF()
        if self._still is None:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._still.fill(Qt.GlobalColor.transparent)
            with QPainter(self._still) as still:
                self._painter.paint(still, self.viewport, self.gutter)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._still)
            self._paint_playhead(painter)
            self._paint_selection(painter)
            if self._keyboard:
                self._paint_focus(painter)

    def _paint_playhead(self, painter: QPainter) -> None:
        """A line where the sound is, and what is being said there."""
        at = self._playhead
        if at is None or not self.viewport.start <= at <= self.viewport.end:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(self.gutter, 0)
        painter.setClipRect(QRectF(-2, 0, self.viewport.width + 4, self.height()))
        for said, word in self._heard.now(at):
            self._painter.speech.paint_heard(painter, self.viewport, said, word)
        x = round(self.viewport.x(at))
        accent = QColor(self._theme.palette.accent)
        top, foot = self._lanes.curve.top, self._lanes.axis.top
        painter.fillRect(QRectF(x - 1, top, 2, foot - top), accent)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        knob = _KNOB * self._theme.scale
        painter.drawEllipse(QPointF(x, self._lanes.curve.top), knob, knob)
        painter.restore()

    def _paint_selection(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(
            QRectF(self.gutter - 1, 0, self.viewport.width + 2, self.height())
        )
        accent = QColor(self._theme.palette.accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 2))
        said = self._selected_utterance()
        if said is not None and said.speaker in self._lanes.speech:
            lane = self._lanes.speech[said.speaker]
            left = self.gutter + self.viewport.x(said.span.start)
            right = self.gutter + self.viewport.x(said.span.end)
            box = QRectF(left, lane.top, max(right - left, 3), lane.height)
            painter.drawRoundedRect(
                box.adjusted(-2, 0, 2, 0), Radius.SMALL, Radius.SMALL
            )
        moment = self._selected_moment()
        if moment is not None:
            self._paint_selected_mark(painter, moment)

    def _paint_selected_mark(self, painter: QPainter, moment: Moment) -> None:
        """Its own mark above any other at the same place, with a ring around it."""
        center = mark_center(moment, self.viewport, self._lanes)
        if center is None:
            return
        center += QPointF(self.gutter, 0)
        ring = self._theme.px(MARK) * _RING
        painter.drawEllipse(center, ring, ring)
        hollow = moment.hollow or moment.id in self._causes
        paint_mark(painter, self._theme, moment, center, hollow=hollow)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setClipping(False)
        painter.setPen(QPen(QColor(self._theme.palette.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.drawRoundedRect(box, Radius.FIELD, Radius.FIELD)

    # -- intent ------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is shown."""
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._lay_lanes()
        width = self.width() - self.gutter - self._edge
        self.viewport = self.viewport.resized(width)
        self._still = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; with Shift, or sideways, pan."""
        turn = event.angleDelta()
        sideways = turn.x() if abs(turn.x()) > abs(turn.y()) else 0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways = turn.x() or turn.y()
        if sideways:
            self.pan(-sideways)
        else:
            factor = _ZOOM_STEP ** (turn.y() / _WHEEL_NOTCH)
            self.zoom(factor, event.position().x() - self.gutter)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._grip, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or tell what is under the pointer."""
        if self._grip is None:
            self._tell(event)
            return
        by = self._grip.x() - event.position().x()
        if self._dragged or abs(by) >= self._theme.px(Space.XS):
            self._dragged = True
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.pan(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; without a drag it was a click."""
        if self._grip is not None and not self._dragged:
            self._click(event.position())
        self._grip = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Closer, around the pointer."""
        self.zoom(_ZOOM_STEP**4, event.position().x() - self.gutter)

    # One arm a key.
    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: C901, PLR0912
        """See the module's first lines."""
        page = self.viewport.width * _PAN_SHARE
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Right if shifted:
                self.jumped.emit(_JUMP_MS)
            case Qt.Key.Key_Left if shifted:
                self.jumped.emit(-_JUMP_MS)
            case Qt.Key.Key_Space:
                self.toggled.emit()
            case Qt.Key.Key_Down:
                self.step_turn(forward=True)
            case Qt.Key.Key_Up:
                self.step_turn(forward=False)
            case Qt.Key.Key_Right:
                self.step(forward=True)
            case Qt.Key.Key_Left:
                self.step(forward=False)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(_ZOOM_STEP)
            case Qt.Key.Key_Minus:
                self.zoom(1 / _ZOOM_STEP)
            case Qt.Key.Key_0:
                self.show_all()
            case Qt.Key.Key_PageDown:
                self.pan(page)
            case Qt.Key.Key_PageUp:
                self.pan(-page)
            case Qt.Key.Key_Home:
                self.pan(-self._story.position)
            case Qt.Key.Key_End:
                self.pan(self._story.position)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring to whoever came by keyboard."""
        self._keyboard = event.reason() in _KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the ring."""
        del event
        self._keyboard = False
        self.update()

    def _click(self, where: QPointF) -> None:
        moment = self.moment_at(where)
        if moment is not None:
            self._selection.choose_moment(moment.id)
        else:
            said = self.utterance_at(where)
            if said is not None:
                self._selection.choose_utterance(said.id)
        x = where.x() - self.gutter
        if moment is not None:
            self.clicked.emit(moment.span.start)
        elif 0 <= x <= self.viewport.width:
            self.clicked.emit(self.viewport.at(x))

    def moment_at(self, where: QPointF) -> Moment | None:
        """The moment whose mark, hollow or not, is at this point of the widget."""
        reach = self._theme.px(MARK) * 0.8

        def distance(moment: Moment) -> float:
            center = mark_center(moment, self.viewport, self._lanes)
            if center is None:
                return math.inf
            apart = center + QPointF(self.gutter, 0) - where
            return max(abs(apart.x()), abs(apart.y()))

        every = (*self._in_order, *self._story.hollow)
        nearest = min(every, key=distance, default=None)
        return nearest if nearest and distance(nearest) <= reach else None

    def utterance_at(self, where: QPointF) -> Utterance | None:
        """The utterance whose bar is at this point of the widget."""
        x = where.x() - self.gutter
        if not 0 <= x <= self.viewport.width:
            return None
        return self._painter.speech.utterance_at(self.viewport, x, where.y())

    def absence_at(self, where: QPointF) -> Absence | None:
        """The stretch without sound at this point of the widget."""
        x = where.x() - self.gutter
        if not 0 <= x <= self.viewport.width:
            return None
        return self._painter.absence_at(self.viewport, x, where.y())

    def _tell(self, event: QMouseEvent) -> None:
        text = self.told_at(event.position())
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
        else:
            QToolTip.hideText()
        inside = event.position().x() >= self.gutter
        hand = Qt.CursorShape.PointingHandCursor
        self.setCursor(hand if inside else Qt.CursorShape.ArrowCursor)

    # One way out for each thing that is drawn.
    def told_at(self, where: QPointF) -> str:  # noqa: PLR0911
        """What is said about this point of the widget, or ``""``."""
        moment = self.moment_at(where)
        if moment is not None:
            return moment_tip(moment, self._causes.get(moment.id))
        absence = self.absence_at(where)
        if absence is not None:
            return absence_tip(absence)
        x, y = where.x() - self.gutter, where.y()
        if x < 0:
            return lane_tip(self._lanes, y)
        if not 0 <= x <= self.viewport.width:
            return ""
        mark = self._painter.mark_at(self.viewport, x, y)
        if mark is not None:
            return mark_tip(mark)
        both = self._painter.speech.both_at(self.viewport, x, y)
        if both is not None:
            return both_tip(both)
        said = self.utterance_at(where)
        if said is not None:
            return speech_tip(said, self._story)
        phase = self._painter.phase_at(self.viewport, x, y)
        return phase_tip(phase) if phase is not None else ""

    # -- screen readers ----------------------------------------------------------

    def spoken(self) -> list[Spoken]:
        """Every moment, hollow ones too, in the order of time."""
        every = sorted((*self._in_order, *self._story.hollow), key=lambda one: one.at)
        return [
            Spoken(
                moment_name(moment),
                moment_told(moment, self._causes.get(moment.id)),
                self._place_of(moment),
                selected=moment.id == self._selection.moment,
            )
            for moment in every
        ]

    def _place_of(self, moment: Moment) -> QRect:
        center = mark_center(moment, self.viewport, self._lanes)
        if center is None or not 0 <= center.x() <= self.viewport.width:
            return QRect()
        side = self._theme.px(MARK)
        corner = center + QPointF(self.gutter - side / 2, -side / 2)
        return QRect(corner.toPoint(), QSize(side, side))

    # -- selection ---------------------------------------------------------------

    def _selected_moment(self) -> Moment | None:
        wanted = self._selection.moment
        every = (*self._in_order, *self._story.hollow)
        return next((one for one in every if one.id == wanted), None)

    def _selected_utterance(self) -> Utterance | None:
        wanted = self._selection.utterance
        return None if wanted is None else self._said.get(wanted)

    def _follow_selection(self) -> None:
        moment, said = self._selected_moment(), self._selected_utterance()
        target = moment or said
        if target is not None:
            span = target.span
            self._look(self.viewport.showing(span.start, span.end))
        if moment is not None:
            told = moment_told(moment, self._causes.get(moment.id))
            self.setAccessibleDescription(f"{moment_name(moment)}: {told}")
        tell_selection(self)
        self.update()
