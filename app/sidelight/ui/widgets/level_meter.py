"""How loud the microphone is: a bar and a word. Never red, never blinking."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from sidelight.audio.quiet import TOO_QUIET_DBFS
from sidelight.ui.theme.tokens import Role, Size, Space
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme

_QUIETEST_DBFS: Final = -60.0
"""The bar's left end."""

_LOUD_DBFS: Final = -1.0
"""From here on it is likely distorted."""

_HELD: Final = 20
"""Turns for which the loudest stays: a second, for a voice has gaps."""

_FALL_DB: Final = 2.5
"""How far it falls in a turn after that."""

_THICK: Final = 6
WAITING: Final = tr("waiting for it")
QUIET: Final = tr("say something")
GOOD: Final = tr("hears you well")
LOUD: Final = tr("too loud")
OFF: Final = tr("not listening")


class LevelMeter(QWidget):
    """Fed some 20 times a second; it has no clock of its own.

    Bar and word tell the same: the loudest of the last second.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._dbfs = _QUIETEST_DBFS
        self._last: deque[float] = deque(maxlen=_HELD)
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Microphone level"))
        self.rest(OFF)

    @property
    def word(self) -> str:
        """What it says beside the bar."""
        return self._word

    @property
    def level(self) -> float:
        """What the bar shows, in dBFS."""
        return self._dbfs

    def rest(self, word: str) -> None:
        """No bar, and why."""
        self._dbfs = _QUIETEST_DBFS
        self._last.clear()
        self._say(word)

    def hear(self, dbfs: float | None) -> None:
        """Show the newest peak; ``None``: the microphone has not begun yet."""
        if dbfs is None:
            self.rest(WAITING)
            return
        self._last.append(dbfs)
        self._dbfs = max(*self._last, self._dbfs - _FALL_DB, _QUIETEST_DBFS)
        if self._dbfs >= _LOUD_DBFS:
            self._say(LOUD)
        elif self._dbfs > TOO_QUIET_DBFS:
            self._say(GOOD)
        else:
            self._say(QUIET)

    def sizeHint(self) -> QSize:
        """One line."""
        metrics = QFontMetrics(self._theme.font(Role.SMALL))
        return QSize(self._theme.px(Size.LINE), metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for the words and a short bar."""
        return QSize(
            self._words_width() + self._theme.px(Size.LEAST), self.sizeHint().height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The groove, the bar in it, and the word."""
        del event
        theme, colors = self._theme, self._theme.palette
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            thick = theme.px(_THICK)
            room = self.width() - self._words_width() - theme.px(Space.M)
            groove = QRectF(0, (self.height() - thick) / 2, room, thick)
            painter.setBrush(QColor(colors.curve_fill))
            painter.drawRoundedRect(groove, thick / 2, thick / 2)
            share = 1 - max(min(self._dbfs, 0.0), _QUIETEST_DBFS) / _QUIETEST_DBFS
            if share > 0:
                well = self._word == GOOD
                painter.setBrush(QColor(colors.good if well else colors.attention))
                if self._word == QUIET:
                    painter.setBrush(QColor(colors.curve))
                bar = QRectF(groove)
                bar.setWidth(max(room * share, thick))
                painter.drawRoundedRect(bar, thick / 2, thick / 2)
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(QColor(colors.ink_soft))
            words = QRectF(
                room + theme.px(Space.M), 0, self._words_width(), self.height()
            )
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._word)

    def _words_width(self) -> int:
        metrics = QFontMetrics(self._theme.font(Role.SMALL))
        return max(map(metrics.horizontalAdvance, (WAITING, QUIET, GOOD, LOUD))) + 1

    def _say(self, word: str) -> None:
        if word != self._word:
            self._word = word
            self.setAccessibleDescription(word)
        self.update()
