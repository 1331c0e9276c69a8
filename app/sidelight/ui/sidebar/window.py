"""The sidebar's window: a panel, or folded to a strip; never focused, never moving.

All boxes are measured when the window is made, from the theme and the longest words
that can come up. Showing new texts touches no layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from sidelight.ui.platform.overlay import make_overlay
from sidelight.ui.sidebar.panel import Panel
from sidelight.ui.sidebar.strip import Strip
from sidelight.ui.theme.tokens import Radius, Space
from sidelight.ui.widgets.quiet_button import QuietButton, Sign

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QEnterEvent, QMouseEvent, QPaintEvent

    from sidelight.ui.sidebar.wording import SidebarTexts
    from sidelight.ui.theme.theme import Theme

WIDTH: Final = 288
"""At 100 % text, in logical pixels: about 7 cm on a usual screen."""

SNAPSHOT_RATIO: Final = 2.0
"""Device pixels per logical pixel in saved pictures."""


def sidebar_width(theme: Theme) -> int:
    """Grows half as fast as the text: still narrow at 200 %."""
    return round(WIDTH * (1 + (theme.scale - 1) / 2))


class SidebarWindow(QWidget):
    """The overlay beside the camera.

    Signals:
        closed: The coach closed it.

    Args:
        theme: Fonts, colours, spacing.
        folded: Begin as a strip.
    """

    closed = Signal()

    def __init__(self, theme: Theme, *, folded: bool = False) -> None:
        super().__init__()
        make_overlay(self)
        self.setWindowTitle("Sidelight")
        self.setAccessibleName("Sidelight: how long since you last partnered")
        self._theme = theme
        self._grip: QPoint | None = None
        width = sidebar_width(theme)
        self.panel = Panel(theme, width, self)
        self.strip = Strip(theme, width, self)
        self._fold = QuietButton(theme, Sign.FOLD, "Fold to one line", self)
        self._unfold = QuietButton(theme, Sign.UNFOLD, "Show all", self)
        self._close = QuietButton(theme, Sign.CLOSE, "Close the sidebar", self)
        self._fold.clicked.connect(lambda: self.fold(folded=True))
        self._unfold.clicked.connect(lambda: self.fold(folded=False))
        self._close.clicked.connect(self.close)
        self.folded = folded
        self.fold(folded=folded)

    def show_texts(self, texts: SidebarTexts) -> None:
        """Cross-fade to what has changed. Thread: the window's."""
        self.panel.show_texts(texts)
        self.strip.show_texts(texts)

    def show_fault(self, message: str, remedy: str) -> None:
        """Keep a fault for whoever asks: a tool tip on the health line, no pop-up."""
        self.panel.show_fault(f"{message} {remedy}")

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.panel.settle()
        self.strip.settle()

    def fold(self, *, folded: bool) -> None:
        """Become a strip, or the panel again; the top edge stays where it is."""
        self.folded = folded
        page = self.strip if folded else self.panel
        self.panel.setVisible(not folded)
        self.strip.setVisible(folded)
        self.setFixedSize(page.sizeHint().expandedTo(page.minimumSize()))
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
        self._grip = event.globalPosition().toPoint() - self.pos()

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
        if event.button() is Qt.MouseButton.LeftButton:
            self.fold(folded=not self.folded)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so; what to do about it is the application's business."""
        super().closeEvent(event)
        self.closed.emit()

    def _place_signs(self) -> None:
        inset = self._theme.px(Space.S)
        x = self.width() - inset - self._close.width()
        y = inset
        if self.folded:
            y = (self.height() - self._close.height()) // 2
        for button in (self._close, self._unfold if self.folded else self._fold):
            button.move(x, y)
            x -= button.width()

    def _show_signs(self, *, shown: bool) -> None:
        self._close.setVisible(shown)
        self._fold.setVisible(shown and not self.folded)
        self._unfold.setVisible(shown and self.folded)
