"""The headline: ``Partnered · 6 min · where next`` in one of four settings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sidelight.ui.sidebar.wording import (
    COARSE_FROM,
    HEALTH_WORDS,
    JUST_NOW,
    NAMES,
    NOT_YET,
    PARTNERED,
    Headline,
)
from sidelight.ui.theme.tokens import Motion, Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.elide import elide
from sidelight.ui.widgets.fading_label import Fade
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme

_TIMES: Final = (JUST_NOW, NOT_YET, tr("{n} min", n=COARSE_FROM * 18))
"""The widest times that can come up; three hours is the longest session."""


class Setting(Enum):
    """How the three parts are set. Chosen once, by the room there is."""

    LINE = auto()
    """All in one line of the same size: for the strip."""

    BRIEF = auto()
    """The same without its first word where a kind follows: for a narrow strip."""

    DISPLAY = auto()
    """The word above, the time large, the kind beside it on the same baseline."""

    STACKED = auto()
    """The word above, the time large, the kind below: for large text."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    font: QFont
    color: QColor
    x: int
    baseline: int


class HeadlineView(QLabel):
    """Draws the headline; its size depends on theme and room alone.

    Args:
        theme: Fonts and colours.
        room: Width in logical pixels that it may take.
        compact: One line where it fits, for the strip.
    """

    def __init__(
        self,
        theme: Theme,
        room: int,
        *,
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fade = Fade(self, theme)
        self._shown = Headline(PARTNERED, NOT_YET)
        self._over = self._cue = ""
        self._was = (self._shown, self._over)
        self._label = theme.font(Role.STRONG if compact else Role.LABEL)
        self._time = theme.font(Role.STRONG if compact else Role.SINCE)
        self._how = theme.font(Role.BODY if compact else Role.HOW)
        # In the strip there is no other place for how things are.
        self._hows = (*NAMES.values(), *(HEALTH_WORDS if compact else ()))
        self._settings = (
            (Setting.LINE, Setting.BRIEF) if compact else (Setting.DISPLAY,)
        )
        self.setting = Setting.STACKED
        self.set_room(room)
        expanding = QSizePolicy.Policy.Expanding
        self.setSizePolicy(expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setText(self._shown.line)
        self.setAccessibleName(self._shown.line)

    def set_room(self, room: int) -> None:
        """Set it anew for another width: the coach's own act, so nothing fades.

        Args:
            room: Width in logical pixels that it may take.
        """
        fitting = (one for one in self._settings if self._widest(one) <= room)
        self.setting = next(fitting, Setting.STACKED)
        self.setFixedHeight(self._height())
        self.updateGeometry()
        self.update()

    @property
    def least_line(self) -> int:
        """The width in logical pixels that the last setting before stacking takes."""
        return self._widest(self._settings[-1])

    def show_headline(self, headline: Headline, over: str = "", cue: str = "") -> None:
        """Cross-fade to this; slowly if it is a reset, quicker if time has passed.

        Args:
            headline: How long since, and how.
            over: A line that stands in its place for a while, if it is not empty.
            cue: The same, for a cue: it comes and goes slowly.
        """
        slow = cue != self._cue
        over, self._cue = over or cue, cue
        if (headline, over) == (self._shown, self._over):
            return
        reset = slow or headline.moment != self._shown.moment
        self._was = (self._shown, self._over)
        self._shown, self._over = headline, over
        self.setText(over or headline.line)
        self.setAccessibleName(over or headline.line)
        self._fade.run(Motion.RESET if reset else Motion.TICK)

    def has_room(self, text: str) -> bool:
        """Whether this can stand in its place without being cut short."""
        return QFontMetrics(self._how).horizontalAdvance(text) <= self.width()

    @property
    def fading(self) -> bool:
        """Whether a cross-fade is going on."""
        return self._fade.running

    def settle(self) -> None:
        """Finish a cross-fade at once."""
        self._fade.settle()

    def sizeHint(self) -> QSize:
        """The room it was given when made; the text does not matter."""
        return QSize(self._widest(self.setting), self.height())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what stays once, and what changes as a cross-fade in place."""
        del event
        with QPainter(self) as painter:
            before = self._pieces(*self._was)
            shown = self._pieces(self._shown, self._over)
            gone = [piece for piece in before if piece not in shown]
            for pieces, opacity in (
                (gone, self._fade.leaving),
                ([piece for piece in shown if piece in before], 1.0),
                ([piece for piece in shown if piece not in before], self._fade.coming),
            ):
                painter.setOpacity(opacity)
                for piece in pieces:
                    painter.setFont(piece.font)
                    painter.setPen(piece.color)
                    painter.drawText(piece.x, piece.baseline, piece.text)

    def _widest(self, setting: Setting) -> int:
        hows = [QFontMetrics(self._how).horizontalAdvance(n) for n in self._hows]
        times = [QFontMetrics(self._time).horizontalAdvance(time) for time in _TIMES]
        dot = QFontMetrics(self._how).horizontalAdvance(SEPARATOR)
        label = QFontMetrics(self._label).horizontalAdvance(PARTNERED)
        match setting:
            case Setting.LINE:
                return label + max(times) + max(hows) + 2 * dot
            case Setting.BRIEF:
                begun = QFontMetrics(self._time).horizontalAdvance(NOT_YET)
                return max(max(times) + dot + max(hows), label + dot + begun)
            case Setting.DISPLAY:
                return max(times) + dot + max(hows)
            case Setting.STACKED:
                return max(*times, *hows, label)

    def _height(self) -> int:
        label, time, how = map(QFontMetrics, (self._label, self._time, self._how))
        gap = self._theme.px(Space.XS / 2)
        match self.setting:
            case Setting.LINE | Setting.BRIEF:
                return time.height()
            case Setting.DISPLAY:
                return label.height() + gap + time.height()
            case Setting.STACKED:
                return label.height() + gap + time.height() + how.height()

    def _pieces(self, headline: Headline, over: str) -> list[_Piece]:
        if over:
            return [self._piece_over(over)]
        label, time, how = map(QFontMetrics, (self._label, self._time, self._how))
        colors = self._theme.palette
        soft, ink = QColor(colors.ink_soft), QColor(colors.ink)
        time_color = ink if headline.moment else soft
        kind = SEPARATOR.lstrip() + headline.how if headline.how else ""
        space = how.horizontalAdvance(" ")
        if self.setting is Setting.BRIEF and kind:
            end = time.horizontalAdvance(headline.since) + space
            return [
                _Piece(headline.since, self._time, time_color, 0, time.ascent()),
                _Piece(kind, self._how, soft, end, time.ascent()),
            ]
        if self.setting in (Setting.LINE, Setting.BRIEF):
            base = time.ascent()
            after_label = label.horizontalAdvance(headline.label)
            dot = how.horizontalAdvance(SEPARATOR)
            at = after_label + dot
            since = headline.since
            end = at + time.horizontalAdvance(since) + space
            return [
                _Piece(headline.label, self._label, soft, 0, base),
                _Piece(SEPARATOR, self._how, soft, after_label, base),
                _Piece(since, self._time, time_color, at, base),
                _Piece(kind, self._how, soft, end, base),
            ]
        since = headline.since
        base = label.height() + self._theme.px(Space.XS / 2) + time.ascent()
        pieces = [
            _Piece(headline.label, self._label, soft, 0, label.ascent()),
            _Piece(since, self._time, time_color, 0, base),
        ]
        if self.setting is Setting.STACKED:
            below = base + time.descent() + how.ascent()
            return [*pieces, _Piece(headline.how, self._how, soft, 0, below)]
        at = time.horizontalAdvance(since) + space
        return [*pieces, _Piece(kind, self._how, soft, at, base)]

    def _piece_over(self, text: str) -> _Piece:
        """The line instead, in the middle of the height, as long as there is room."""
        metrics = QFontMetrics(self._how)
        shown = elide(text, metrics, self.width(), 1)[0]
        top = (self.height() - metrics.height()) // 2
        ink = QColor(self._theme.palette.ink)
        return _Piece(shown, self._how, ink, 0, top + metrics.ascent())
