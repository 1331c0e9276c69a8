"""The room's one line: large, dim, and still; what changes cross-fades in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from sidelight.ui.kindwords import QUESTIONS
from sidelight.ui.sidebar.headline import LONGEST_TIMES
from sidelight.ui.sidebar.health_dot import HealthDot
from sidelight.ui.sidebar.room_wording import Form, RoomWords
from sidelight.ui.sidebar.wording import LONGEST_BRIEF, TROUBLES, Dot
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

_LABEL: Final = 0.36
"""Size of what stands above the line, as a share of the line's: seven minutes of arc at
two metres, so read where the keyboard is, once."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    font: QFont
    soft: bool
    x: int
    baseline: int


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
        self._third = room_font(theme, round(px * _LABEL), soft=True)
        self._dot = HealthDot(
            replace(theme, scale=px * _DOT_OF_LETTER / _DOT_AT_100), self
        )
        self.form = self._choose(room)
        self._words = RoomWords("", ("", ""), "", "", Dot.HOLLOW, "")
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
        if (words.above, words.line) != (self._was.above, self._was.line):
            self._fade.run(Motion.RESET if reset else Motion.TICK)

    def settle(self) -> None:
        """Finish a cross-fade at once."""
        self._fade.settle()
        self._dot.settle()

    @property
    def reads(self) -> str:
        """What can be read in the line, cut where it had to be."""
        return "".join(piece.text for piece in self._line_pieces(self._words))

    def sizeHint(self) -> QSize:
        """The widest line of this form with its dot and the room around it."""
        high = self._label_height + QFontMetrics(self._first).height()
        high += 2 * round(self._px * _ABOVE)
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
                    painter.setFont(piece.font)
                    ink = colors.ink_soft if piece.soft else colors.ink
                    painter.setPen(QColor(ink))
                    painter.drawText(piece.x, piece.baseline, piece.text)

    def _choose(self, room: int) -> Form:
        """The most words that fit, whatever comes up: they never change on the way."""
        fits = self._widest(Form.FULL) + 2 * self._margin <= room
        return Form.FULL if fits else Form.LEAST

    @property
    def _margin(self) -> int:
        return round(self._px * _SIDE)

    @property
    def _dot_room(self) -> int:
        return self._dot.width() + round(self._px * _DOT_OF_LETTER)

    def _widest(self, form: Form) -> int:
        times = max(self._width(time) for time in LONGEST_TIMES)
        kinds = max(self._width(kind, soft=True) for kind in QUESTIONS.values())
        trouble = max(self._width(words) for words in TROUBLES)
        dot = self._width(SEPARATOR, soft=True)
        line = max(times, trouble, self._width(LONGEST_BRIEF))
        if form is Form.FULL:
            line = times + dot + max(kinds, trouble)
        return self._dot_room + line

    def _font(self, *, soft: bool) -> QFont:
        return self._second if soft else self._first

    def _width(self, text: str, *, soft: bool = False) -> int:
        return QFontMetrics(self._font(soft=soft)).horizontalAdvance(text)

    @property
    def _left(self) -> int:
        return max(0, (self.width() - self._widest(self.form)) // 2)

    @property
    def _label_height(self) -> int:
        return QFontMetrics(self._third).height()

    @property
    def _baseline(self) -> int:
        """Of the line; with what stands above it, it is in the middle."""
        metrics = QFontMetrics(self._first)
        both = self._label_height + metrics.height()
        return (self.height() - both) // 2 + self._label_height + metrics.ascent()

    def _pieces(self, words: RoomWords) -> list[_Piece]:
        pieces = self._line_pieces(words)
        if words.above:
            metrics = QFontMetrics(self._first)
            foot = self._baseline - metrics.ascent()
            above = foot - QFontMetrics(self._third).descent()
            x = self._left + self._dot_room
            piece = _Piece(words.above, self._third, soft=True, x=x, baseline=above)
            pieces.append(piece)
        return pieces

    def _line_pieces(self, words: RoomWords) -> list[_Piece]:
        x = self._left + self._dot_room

        def piece(text: str, *, soft: bool) -> _Piece:
            font = self._font(soft=soft)
            return _Piece(text, font, soft=soft, x=x, baseline=self._baseline)

        if words.over:
            room = self.width() - x - self._margin // 2
            metrics = QFontMetrics(self._first)
            return [piece(elide(words.over, metrics, room, 1)[0], soft=False)]
        first, second = words.parts
        if not first:
            return [piece(second, soft=False)]
        pieces = [piece(first, soft=False)]
        x += self._width(first)
        if second:
            pieces.append(piece(SEPARATOR, soft=True))
            x += self._width(SEPARATOR, soft=True)
            pieces.append(piece(second, soft=True))
        return pieces
