"""The sidebar's window: a panel, a strip, or only the dot; never focused or moving.

All boxes are measured when the window is made, from the theme and the longest words
that can come up. Showing new texts touches no layout.

What the coach can do has one key each (``intents``) and stands in a small menu: right
click, the Menu key, or the sign with three dots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QImage,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QWidget

from sidelight.ui.platform.overlay import make_overlay
from sidelight.ui.sidebar.coach_menu import CoachMenu
from sidelight.ui.sidebar.dot_only import DotOnly
from sidelight.ui.sidebar.intents import (
    BINDINGS,
    Binding,
    Intent,
    intent_of,
    keys_told,
    request_for,
)
from sidelight.ui.sidebar.panel import Panel
from sidelight.ui.sidebar.strip import Strip
from sidelight.ui.sidebar.wording import Note, SidebarTexts, Way
from sidelight.ui.theme.tokens import Radius, Space
from sidelight.ui.widgets.quiet_button import QuietButton, Sign

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import (
        QCloseEvent,
        QEnterEvent,
        QKeyEvent,
        QMouseEvent,
        QMoveEvent,
        QPaintEvent,
    )

    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 288
"""At 100 % text, in logical pixels: about 7 cm on a usual screen."""

TOLD_MS: Final = 4_000
"""How long a confirmation stands."""

FRESH_MS: Final = 8_000
"""How long good news stands, and trouble in the strip."""

SNAPSHOT_RATIO: Final = 2.0
"""Device pixels per logical pixel in saved pictures."""


def sidebar_width(theme: Theme) -> int:
    """Grows half as fast as the text: still narrow at 200 %."""
    return round(WIDTH * (1 + (theme.scale - 1) / 2))


class SidebarWindow(QWidget):
    """The overlay beside the camera.

    Signals:
        closed: The coach closed it.
        asked: The coach wants this of the engine (``Request``).
        transcript_asked: The coach wants the transcript opened, or closed.

    Args:
        theme: Fonts, colours, spacing.
        folded: Begin as a strip.
        bindings: The key of each intent.
    """

    closed = Signal()
    asked = Signal(object)
    transcript_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        folded: bool = False,
        bindings: tuple[Binding, ...] = BINDINGS,
    ) -> None:
        super().__init__()
        make_overlay(self)
        self.setWindowTitle("Sidelight")
        self.setAccessibleName("Sidelight: how long since you last partnered")
        self.setAccessibleDescription(keys_told(bindings))
        self.setToolTip(keys_told(bindings))
        self._theme = theme
        self._bindings = bindings
        self._texts: SidebarTexts | None = None
        self._told = ""
        self._note: Note | None = None
        self._told_for = QTimer(self, interval=TOLD_MS, singleShot=True)
        self._told_for.timeout.connect(self._stop_telling)
        self._fresh_for = QTimer(self, interval=FRESH_MS, singleShot=True)
        self._fresh_for.timeout.connect(self._compose)
        self._grip: QPoint | None = None
        self._corner = self.pos()
        width = sidebar_width(theme)
        self.panel = Panel(theme, width, self)
        self.strip = Strip(theme, width, self)
        self.dot = DotOnly(theme, self)
        for link in (self.panel.way, self.strip.way):
            link.clicked.connect(self._go_this_way)
        self.menu = CoachMenu(theme, bindings, self.do, self)
        self._dots = QuietButton(theme, Sign.MENU, "What you can do", self)
        self._dots.clicked.connect(self._open_menu)
        self._fold = QuietButton(theme, Sign.FOLD, "Fold to one line", self)
        self._unfold = QuietButton(theme, Sign.UNFOLD, "Show all", self)
        self._close = QuietButton(theme, Sign.CLOSE, "Close the sidebar", self)
        self._fold.clicked.connect(lambda: self.fold(folded=True))
        self._unfold.clicked.connect(lambda: self.fold(folded=False))
        self._close.clicked.connect(self.close)
        self.folded = folded
        self.hiding = False
        self._take_shape()

    def show_texts(self, texts: SidebarTexts) -> None:
        """Cross-fade to what has changed. Thread: the window's."""
        self._texts = texts
        if texts.note != self._note:
            self._note = texts.note
            self._fresh_for.start()
        self._compose()

    def tell(self, text: str) -> None:
        """Confirm something for a moment, in at most four words."""
        self._told = text
        self._told_for.start()
        self._compose()

    def do(self, intent: Intent) -> None:
        """Do what the coach wants, or ask the engine for it."""
        if intent is Intent.HIDE:
            self.hide_all(hiding=not self.hiding)
            return
        if self._texts is None or not self._texts.running:
            return
        if intent is Intent.TRANSCRIPT:
            self.transcript_asked.emit()
            return
        self.asked.emit(request_for(intent, paused=self._texts.paused))

    def show_fault(self, message: str, remedy: str) -> None:
        """Keep a fault for whoever asks: a tool tip on the health line, no pop-up."""
        self.panel.show_fault(f"{message} {remedy}")

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.panel.settle()
        self.strip.settle()
        self.dot.settle()

    def fold(self, *, folded: bool) -> None:
        """Become a strip, or the panel again; the top edge stays where it is."""
        self.folded = folded
        self._take_shape()

    def hide_all(self, *, hiding: bool) -> None:
        """Show nothing but the dot, or everything again. Never out of sight."""
        self.hiding = hiding
        self._take_shape()

    def _take_shape(self) -> None:
        page: QWidget = self.strip if self.folded else self.panel
        if self.hiding:
            page = self.dot
        for each in (self.panel, self.strip, self.dot):
            each.setVisible(each is page)
        self.setFixedSize(page.sizeHint().expandedTo(page.minimumSize()))
        self.move(self._corner)
        page.setGeometry(self.rect())
        self._place_signs()
        self._show_signs(shown=self.underMouse())

    def place(self) -> None:
        """Stand at the top of the screen, right of the middle, beside the camera."""
        screen = self.screen().availableGeometry()
        x = screen.center().x() + self._theme.px(Space.XL)
        x = min(x, screen.right() - self.width())
        self.move(x, screen.top() + self._theme.px(Space.S))

    def picture(self) -> QImage:
        """The sidebar as it looks at rest, on its own rounded ground."""
        self.settle()
        self._show_signs(shown=False)
        image = QImage(self.size() * SNAPSHOT_RATIO, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(SNAPSHOT_RATIO)
        image.fill(Qt.GlobalColor.transparent)
        self.render(image, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        return image

    def _compose(self) -> None:
        """What is told stands before what is so; good news goes by."""
        texts = self._texts
        if texts is None:
            return
        fresh = self._fresh_for.isActive()
        note = texts.note
        if note is not None and note.passing and not fresh:
            note = None
        if self._told:
            note = Note(self._told, way=None if note is None else note.way)
            fresh = True
        self.panel.show_texts(texts, note)
        self.strip.show_texts(texts, note, fresh=fresh)
        self.dot.show_health(texts.health, note)

    def _stop_telling(self) -> None:
        self._told = ""
        self._compose()

    def _go_this_way(self) -> None:
        note = self._note
        match note.way if note is not None else None:
            case Way.RESUME:
                self.do(Intent.PAUSE)
            case Way.UNDO:
                self.do(Intent.UNDO)
            case None:
                pass

    def _open_menu(self, at: QPoint | None = None) -> None:
        texts = self._texts
        if not self.menu.isVisible():
            self.menu.open_at(
                at or self.mapToGlobal(self._dots.geometry().bottomLeft()),
                running=texts is not None and texts.running,
                paused=texts is not None and texts.paused,
                hiding=self.hiding,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key for each intent; the Menu key shows them."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Menu or (shift and event.key() == Qt.Key.Key_F10):
            self._open_menu()
            return
        intent = intent_of(event, self._bindings)
        if intent is None:
            super().keyPressEvent(event)
        else:
            self.do(intent)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the coach can do."""
        mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self._open_menu(event.globalPos() if mouse else None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rounded ground with a hairline."""
        del event
        colors = self._theme.palette
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colors.hairline), 1))
            painter.setBrush(QColor(colors.surface))
            box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(box, Radius.SIDEBAR, Radius.SIDEBAR)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer comes: the signs appear."""
        super().enterEvent(event)
        self._show_signs(shown=True)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer goes: the signs go."""
        super().leaveEvent(event)
        self._show_signs(shown=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the window anywhere."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if QGuiApplication.platformName() == "wayland":
            self.windowHandle().startSystemMove()
            return
        self._grip = event.globalPosition().toPoint() - self._corner

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move with the pointer (moved by us: a window manager may take the focus)."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.hiding:
            self.hide_all(hiding=False)
        else:
            self.fold(folded=not self.folded)

    def moveEvent(self, event: QMoveEvent) -> None:
        """Know where it stands.

        On X11 a window manager that has just framed the window may tell Qt that it
        stands at the frame's origin (seen with openbox): that is not where it stands,
        and what is resized would be moved there.
        """
        super().moveEvent(event)
        if not (event.spontaneous() and event.pos() == QPoint()):
            self._corner = event.pos()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so; what to do about it is the application's business."""
        super().closeEvent(event)
        self._told_for.stop()
        self._fresh_for.stop()
        self.closed.emit()

    def _place_signs(self) -> None:
        inset = self._theme.px(Space.S)
        x = self.width() - inset - self._close.width()
        y = inset
        if self.folded:
            y = (self.height() - self._close.height()) // 2
        fold = self._unfold if self.folded else self._fold
        for button in (self._close, fold, self._dots):
            button.move(x, y)
            x -= button.width()

    def _show_signs(self, *, shown: bool) -> None:
        shown = shown and not self.hiding
        self._close.setVisible(shown)
        self._dots.setVisible(shown)
        self._fold.setVisible(shown and not self.folded)
        self._unfold.setVisible(shown and self.folded)
