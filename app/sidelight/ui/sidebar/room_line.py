"""The room's one line: large, dim, and still; what changes cross-fades in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from sidelight.ui.sidebar.health_dot import HealthDot
from sidelight.ui.sidebar.room_wording import (
    KINDS,
    LONGEST_TIMES,
    TROUBLES,
    Form,
    RoomWords,
)
from sidelight.ui.sidebar.wording import PARTNERED, Dot
from sidelight.ui.theme.room import room_font
from sidelight.ui.theme.tokens import Motion
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.elide import elide
from sidelight.ui.widgets.fading_label import Fade

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from sidelight.ui.theme.theme import Theme

_DOT_OF_LETTER: Final = 0.3
_DOT_AT_100: Final = 9
"""The dot's diameter: as a share of the font's size, and in the sidebar."""

_SIDE: Final = 0.55
_ABOVE: Final = 0.45
"""Room around the line, as a share of the font's size."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    soft: bool
    x: int


class RoomLine(QLabel):
    """Draws the line; its size depends on the theme, the letters and the room alone.

    Args:
        theme: In the room's colours.
        px: Size of the font; see ``theme.room.letter_px``.
        room: Width in logical pixels that it may take.
    """

    def __init__(
        self, theme: Theme, px: int, room: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._px = px
        self._fade = Fade(self, theme)
        self._first = room_font(theme, px)
        self._second = room_font(theme, px, soft=True)
        self._dot = HealthDot(
            replace(theme, scale=px * _DOT_OF_LETTER / _DOT_AT_100), self
        )
        self.form = self._choose(room)
        self._words = RoomWords(("", "", ""), "", "", Dot.FAINT, "")
        self._was = self._words
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_words(self, words: RoomWords) -> None:
        """Cross-fade to this: slowly for a reset, quicker if time has passed."""
        self._dot.show_dot(words.dot, words.spoken)
        if words == self._words:
            return
        reset = words.moment != self._words.moment or words.over != self._words.over
        self._was, self._words = self._words, words
        self.setText(words.line)
        self.setAccessibleName(words.spoken)
        if words.line != self._was.line:
            self._fade.run(Motion.RESET if reset else Motion.TICK)

    def settle(self) -> None:
        """Finish a cross-fade at once."""
        self._fade.settle()
        self._dot.settle()

    @property
    def reads(self) -> str:
        """What can be read there, cut where it had to be."""
        return "".join(piece.text for piece in self._pieces(self._words))

    def sizeHint(self) -> QSize:
        """The widest line of this form with its dot and the room around it."""
        high = QFontMetrics(self._first).height() + 2 * round(self._px * _ABOVE)
        return QSize(self._widest(self.form) + 2 * self._margin, high)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The dot stands before the line, in the middle of its small letters."""
        super().resizeEvent(event)
        middle = self._baseline - QFontMetrics(self._first).xHeight() / 2
        top = round(middle - self._dot.height() / 2)
        self._dot.move(self._left, top)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What stays is drawn once; what goes and what comes, over one another."""
        del event
        colors = self._theme.palette
        before, shown = self._pieces(self._was), self._pieces(self._words)
        with QPainter(self) as painter:
            for pieces, opacity in (
                ([one for one in before if one not in shown], self._fade.leaving),
                ([one for one in shown if one in before], 1.0),
                ([one for one in shown if one not in before], self._fade.coming),
            ):
                painter.setOpacity(opacity)
                for piece in pieces:
                    painter.setFont(self._font(soft=piece.soft))
                    ink = colors.ink_soft if piece.soft else colors.ink
                    painter.setPen(QColor(ink))
                    painter.drawText(piece.x, self._baseline, piece.text)

    def _choose(self, room: int) -> Form:
        """The most words that fit, whatever comes up: they never change on the way."""
        fitting = (
            form
            for form in (Form.FULL, Form.SHORT)
            if self._widest(form) + 2 * self._margin <= room
        )
        return next(fitting, Form.LEAST)

    @property
    def _margin(self) -> int:
        return round(self._px * _SIDE)

    @property
    def _dot_room(self) -> int:
        return self._dot.width() + round(self._px * _DOT_OF_LETTER)

    def _widest(self, form: Form) -> int:
        times = max(self._width(time) for time in LONGEST_TIMES)
        kinds = max(self._width(kind, soft=True) for kind in KINDS)
        trouble = max(self._width(words) for words in TROUBLES)
        dot = self._width(SEPARATOR, soft=True)
        label = self._width(PARTNERED, soft=True)
        line = {
            Form.FULL: max(label + times + kinds + 2 * dot, times + dot + trouble),
            Form.SHORT: max(times + kinds + dot, trouble),
            Form.LEAST: max(times, trouble),
        }[form]
        return self._dot_room + line

    def _font(self, *, soft: bool) -> QFont:
        return self._second if soft else self._first

    def _width(self, text: str, *, soft: bool = False) -> int:
        return QFontMetrics(self._font(soft=soft)).horizontalAdvance(text)

    @property
    def _left(self) -> int:
        return max(0, (self.width() - self._widest(self.form)) // 2)

    @property
    def _baseline(self) -> int:
        metrics = QFontMetrics(self._first)
        return (self.height() - metrics.height()) // 2 + metrics.ascent()

    def _pieces(self, words: RoomWords) -> list[_Piece]:
        x = self._left + self._dot_room
        if words.over:
            room = self.width() - x - self._margin // 2
            metrics = QFontMetrics(self._first)
            return [_Piece(elide(words.over, metrics, room, 1)[0], soft=False, x=x)]
        pieces: list[_Piece] = []
        for text, second in zip(words.parts, (True, False, True), strict=True):
            if not text:
                continue
            soft = second and any(words.parts[1:2])
            if pieces:
                pieces.append(_Piece(SEPARATOR, soft=True, x=x))
                x += self._width(SEPARATOR, soft=True)
            pieces.append(_Piece(text, soft=soft, x=x))
            x += self._width(text, soft=soft)
        return pieces
