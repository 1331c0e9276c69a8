"""The headline: ``Last partnered · 6 min ago · where next?``, set in five ways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sidelight.ui.kindwords import QUESTIONS
from sidelight.ui.sidebar.wording import (
    COARSE_FROM,
    DASH,
    JUST_BEGUN,
    JUST_NOW,
    NOT_YET,
    PARTNERED,
    TROUBLES,
    Headline,
    paused_label,
)
from sidelight.ui.theme.tokens import Motion, Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.elide import elide
from sidelight.ui.widgets.fading_label import Fade
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme

LONGEST_TIMES: Final = (
    JUST_NOW,
    NOT_YET,
    JUST_BEGUN,
    tr("{n} min ago", n=COARSE_FROM * 18),
)
"""The widest times that can come up; three hours is the longest session."""


_QUIET: Final = (NOT_YET, JUST_BEGUN, DASH)
"""What is said while there is no time to be read."""


class Setting(Enum):
    """How the three parts are set. Chosen once, by the room there is."""

    LINE = auto()
    """All in one line of the same size: for the strip."""

    BRIEF = auto()
    """The same without its first words where a kind follows: for a usual strip."""

    TIME = auto()
    """The time alone: for a narrow strip."""

    DISPLAY = auto()
    """The words above, the time large, the kind beside it on the same baseline."""

    STACKED = auto()
    """The words above, the time large, the kind below: for large text."""


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
        self._settings = (
            (Setting.LINE, Setting.BRIEF, Setting.TIME)
            if compact
            else (Setting.DISPLAY,)
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
        self._room = room
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
        room = self.width() - self.bleed
        return QFontMetrics(self._how).horizontalAdvance(text) <= room

    @property
    def bleed(self) -> int:
        """Logical pixels at its left where letters reach out, as the tail of a "j"."""
        return self._theme.px(Space.XXS)

    @property
    def holds_trouble(self) -> bool:
        """Whether the time has room beside whatever may be wrong. Only in a strip."""
        return self.bleed + self._beside(TROUBLES) <= self._room

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
        return self.bleed + self._widest_words(setting)

    def _widest_words(self, setting: Setting) -> int:
        label, time, how = map(QFontMetrics, (self._label, self._time, self._how))
        dot = how.horizontalAdvance(SEPARATOR)
        kinds = QUESTIONS.values()
        times = _longest(time, LONGEST_TIMES)
        first = label.horizontalAdvance(PARTNERED)
        above = _longest(label, map(paused_label, LONGEST_TIMES))
        match setting:
            case Setting.LINE:
                return first + dot + self._beside(kinds)
            case Setting.BRIEF:
                begun = time.horizontalAdvance(NOT_YET)
                return max(self._beside(kinds), first + dot + begun)
            case Setting.TIME:
                return max(times, _longest(how, TROUBLES))
            case Setting.DISPLAY:
                return max(self._beside(kinds), above)
            case Setting.STACKED:
                return max(times, _longest(how, kinds), above)

    def _beside(self, hows: Iterable[str]) -> int:
        """The widest time with the widest of these beside it."""
        time, how = QFontMetrics(self._time), QFontMetrics(self._how)
        dot = how.horizontalAdvance(SEPARATOR)
        return _longest(time, LONGEST_TIMES) + dot + _longest(how, hows)

    def _height(self) -> int:
        label, time, how = map(QFontMetrics, (self._label, self._time, self._how))
        gap = self._theme.px(Space.XS / 2)
        match self.setting:
            case Setting.LINE | Setting.BRIEF | Setting.TIME:
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
        time_color = soft if headline.since in _QUIET else ink
        left = self.bleed
        kind = SEPARATOR.lstrip() + headline.how if headline.how else ""
        space = how.horizontalAdvance(" ")
        since = headline.since
        if self.setting in (Setting.LINE, Setting.BRIEF, Setting.TIME):
            base, pieces = time.ascent(), []
            if self._says_label(headline):
                after = left + label.horizontalAdvance(headline.label)
                pieces = [
                    _Piece(headline.label, self._label, soft, left, base),
                    _Piece(SEPARATOR, self._how, soft, after, base),
                ]
                left = after + how.horizontalAdvance(SEPARATOR)
            pieces.append(_Piece(since, self._time, time_color, left, base))
            if kind and self.setting is not Setting.TIME:
                end = left + time.horizontalAdvance(since) + space
                pieces.append(_Piece(kind, self._how, soft, end, base))
            return pieces
        base = label.height() + self._theme.px(Space.XS / 2) + time.ascent()
        pieces = [
            _Piece(headline.label, self._label, soft, left, label.ascent()),
            _Piece(since, self._time, time_color, left, base),
        ]
        if self.setting is Setting.STACKED:
            below = base + time.descent() + how.ascent()
            return [*pieces, _Piece(headline.how, self._how, soft, left, below)]
        at = left + time.horizontalAdvance(since) + space
        return [*pieces, _Piece(kind, self._how, soft, at, base)]

    def _says_label(self, headline: Headline) -> bool:
        if not headline.label or self.setting is Setting.TIME:
            return False
        if headline.how and headline.how not in QUESTIONS.values():
            return False  # what is wrong needs the room
        return self.setting is Setting.LINE or not headline.how

    def _piece_over(self, text: str) -> _Piece:
        """The line instead, in the middle of the height, as long as there is room."""
        metrics = QFontMetrics(self._how)
        shown = elide(text, metrics, self.width() - self.bleed, 1)[0]
        top = (self.height() - metrics.height()) // 2
        ink = QColor(self._theme.palette.ink)
        return _Piece(shown, self._how, ink, self.bleed, top + metrics.ascent())


def _longest(metrics: QFontMetrics, texts: Iterable[str]) -> int:
    return max(metrics.horizontalAdvance(text) for text in texts)
