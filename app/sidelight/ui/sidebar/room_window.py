"""The room's window: the line in a low window or on the whole screen, or the dark.

Unlike the sidebar it takes the keyboard when it is clicked: in a room nothing is typed
elsewhere, and a clicker is a keyboard. It comes up without taking it, except over a
whole screen, where nothing else is to be seen.

Dark, it shows the health dot in a corner with one word, so that it is not taken for a
screen that is off, and nothing else; every key still works, and
``H``, Escape and a double click lead out without a sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QPainter
from PySide6.QtWidgets import QWidget

from sidelight.ui.sidebar.health_dot import HealthDot
from sidelight.ui.sidebar.intents import Intent, intent_of, keys_told
from sidelight.ui.sidebar.room_line import RoomLine
from sidelight.ui.sidebar.room_wording import room_words
from sidelight.ui.sidebar.wording import HEALTH_WORDS
from sidelight.ui.theme.room import RoomScreen, letter_px, room_theme
from sidelight.ui.theme.tokens import Motion, Role, Space
from sidelight.ui.widgets.fading_label import FadingLabel
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import (
        QCloseEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from sidelight.ui.sidebar.intents import Binding
    from sidelight.ui.sidebar.wording import SidebarTexts
    from sidelight.ui.theme.theme import Theme

FLAGS: Final = (
    Qt.WindowType.Window
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
)

_SNAPSHOT_RATIO: Final = 1.0
"""Device pixels per logical pixel in pictures: the letters are large already."""


class RoomWindow(QWidget):
    """What the room's screen shows.

    Signals:
        wanted: The coach wants this (``Intent``).
        left: Back to the sidebar.
        grown: The line has the whole screen now, or no longer (``bool``).
        menu_asked: The menu, at this point of the screen (``QPoint``).

    Args:
        theme: Of the sidebar; the colours are the room's own.
        screen: The room's.
        bindings: The keys of each intent.
    """

    wanted = Signal(object)
    left = Signal()
    grown = Signal(bool)
    menu_asked = Signal(object)

    def __init__(
        self, theme: Theme, screen: RoomScreen, bindings: tuple[Binding, ...]
    ) -> None:
        super().__init__()
        self.setWindowFlags(FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("Sidelight")
        self.setAccessibleName(tr("Sidelight: how long since you last partnered"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._screen = screen
        self._grip: QPoint | None = None
        self.full = self.dark = False
        px = letter_px(screen.px_per_mm, theme.scale)
        room = screen.free.width() - 2 * theme.px(Space.S)
        self.line = RoomLine(room_theme(theme), px, room, self)
        night = room_theme(theme, dark=True)
        self.sign = HealthDot(night, self)
        ink = night.palette.ink_soft
        self.said = FadingLabel(
            night, Role.BODY, ink, reserve=HEALTH_WORDS, parent=self
        )
        self.said.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.rebind(bindings)
        self._take_shape()

    def rebind(self, bindings: tuple[Binding, ...]) -> None:
        """From now on these keys do these things."""
        self._bindings = bindings
        self.setAccessibleDescription(keys_told(bindings))

    def show_texts(self, texts: SidebarTexts, told: str = "") -> None:
        """Cross-fade to what has changed.

        Args:
            texts: Everything there is to say.
            told: What is confirmed for a moment. Not in the dark.
        """
        words = room_words(texts, self.line.form, told=told)
        self.line.show_words(words)
        self.sign.show_dot(words.dot, words.spoken)
        self.said.show_text(texts.health.beside, Motion.TICK)

    def take(self, *, full: bool, dark: bool) -> None:
        """Have the whole screen or not, be dark or not."""
        if (full, dark) == (self.full, self.dark):
            return
        grew, self.full, self.dark = full is not self.full, full, dark
        self._take_shape()
        if grew and self.isVisible():
            self.appear()

    def appear(self) -> None:
        """Come up; over a whole screen with the keyboard."""
        if self.full:
            self.setGeometry(self._screen.whole)
            self.showFullScreen()
            self.raise_()
            self.activateWindow()
        else:
            self.showNormal()
            self.setGeometry(self._low())
            self.raise_()

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.line.settle()
        self.sign.settle()
        self.said.settle()

    def picture(self) -> QImage:
        """As it looks at rest."""
        self.settle()
        image = QImage(self.size() * _SNAPSHOT_RATIO, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        self.render(image)
        return image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each intent; Escape leaves, F11 grows, Menu shows them all."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        intent = intent_of(event, self._bindings)
        if intent is not None:
            self.wanted.emit(intent)
        elif event.key() == Qt.Key.Key_Menu or (
            shift and event.key() == Qt.Key.Key_F10
        ):
            self.menu_asked.emit(self.mapToGlobal(self.rect().center()))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_F11 and not self.dark:
            self.grown.emit(not self.full)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the coach can do."""
        self.menu_asked.emit(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the low window; the keyboard comes along."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.activateWindow()
            if not self.full:
                self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move with the pointer."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Out of the dark; or the whole screen, and back."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.dark:
            self.wanted.emit(Intent.HIDE)
        else:
            self.grown.emit(not self.full)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line fills the window, the sign keeps to its corner."""
        super().resizeEvent(event)
        self.line.setGeometry(self.rect())
        inset = self._theme.px(Space.L)
        corner = self.rect().bottomRight()
        self.sign.move(
            corner.x() - inset - self.sign.width(),
            corner.y() - inset - self.sign.height(),
        )
        said, gap = self.said.sizeHint(), self._theme.px(Space.S)
        middle = self.sign.geometry().center().y()
        left = self.sign.x() - gap - said.width()
        top = middle - said.height() // 2
        self.said.setGeometry(left, top, said.width(), said.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and nothing on it."""
        colors = room_theme(self._theme, dark=self.dark).palette
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(colors.surface))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the window manager: the sidebar comes back."""
        super().closeEvent(event)
        self.left.emit()

    def _take_shape(self) -> None:
        self.line.setVisible(not self.dark)
        self.sign.setVisible(self.dark)
        self.said.setVisible(self.dark)
        hidden = self.dark and self.full
        shape = Qt.CursorShape.BlankCursor if hidden else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.resize(self._screen.whole.size() if self.full else self._low().size())
        self.update()

    def _low(self) -> QRect:
        """Wide and low, at the foot of the screen."""
        size = self.line.sizeHint()
        there = self._screen.free
        foot = there.bottom() - size.height() - self._theme.px(Space.XL)
        width = min(size.width(), there.width())
        left = there.left() + (there.width() - width) // 2
        return QRect(left, foot, width, size.height())
