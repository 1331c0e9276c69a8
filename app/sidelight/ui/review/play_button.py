"""A small button that plays the sound of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.domain.clock_time import clock
from sidelight.ui.theme.tokens import Space
from sidelight.ui.widgets.focus_ring import paint_ring
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.domain.timeline import Span
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

_SIZE: Final = 28
_MARK: Final = 9


class PlayButton(QAbstractButton):
    """A triangle in a ring; two bars while it is this that plays. No sound, no button.

    Signals:
        heard: The coach asked to hear it.

    Args:
        theme: Colours.
        playback: What is heard in this window.
        span: What it plays.
    """

    heard = Signal()

    def __init__(self, theme: Theme, playback: Playback, span: Span) -> None:
        super().__init__()
        self._theme, self._playback, self._span = theme, playback, span
        self._time = clock(span.start)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._press)
        playback.changed.connect(self._follow)
        if not playback.available:
            self.hide()  # and never shown before it stands in a window
        self._name()

    @property
    def plays(self) -> bool:
        """Whether it is this that sounds now."""
        return self._playback.playing and self._playback.stretch == self._span

    def sizeHint(self) -> QSize:
        """A square."""
        size = self._theme.px(_SIZE)
        return QSize(size, size)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, and triangle or bars."""
        del event
        colors, box = self._theme.palette, QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lit = self.underMouse() or self.isDown() or self.plays
            painter.setPen(QPen(QColor(colors.curve), 1))
            painter.setBrush(QColor(colors.selection if lit else colors.surface))
            inset = self._theme.px(Space.XXS)
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.ink))
            size = self._theme.px(_MARK)
            if self.plays:
                for bar in _bars(box.center(), size):
                    painter.drawRect(bar)
            else:
                painter.drawPolygon(_triangle(box.center(), size))
            if self.hasFocus():
                paint_ring(painter, self._theme, box)

    def _press(self) -> None:
        if self.plays:
            self._playback.halt()
        else:
            self._playback.play(self._span)
            self.heard.emit()

    def _follow(self) -> None:
        self.setVisible(self._playback.available)
        self._name()
        self.update()

    def _name(self) -> None:
        name = tr("Pause {time}") if self.plays else tr("Play {time}")
        name = name.format(time=self._time)
        self.setAccessibleName(name)
        self.setToolTip(name)


def _triangle(middle: QPointF, size: float) -> QPolygonF:
    """Points right, and looks centred: its middle of gravity is left of its box."""
    left, half = middle.x() - size * 0.38, size / 2
    return QPolygonF(
        [
            QPointF(left, middle.y() - half),
            QPointF(left, middle.y() + half),
            QPointF(left + size * 0.9, middle.y()),
        ]
    )


def _bars(middle: QPointF, size: float) -> tuple[QRectF, QRectF]:
    """Two upright ones, a third of the width each."""
    top, third = middle.y() - size / 2, size / 3
    left = QRectF(middle.x() - size / 2, top, third, size)
    return left, left.translated(2 * third, 0)
