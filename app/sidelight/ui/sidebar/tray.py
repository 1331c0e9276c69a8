"""The sign in the system's tray, where there is one: a second way to the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from sidelight.ui.sidebar.coach_menu import CoachMenu
from sidelight.ui.sidebar.window_menu import SETTINGS, TAKE, WindowAct
from sidelight.ui.theme.tokens import DARK, LIGHT
from sidelight.ui.theme.tray_sign import tray_icon
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.sidebar.intents import Binding
    from sidelight.ui.sidebar.window import SidebarWindow
    from sidelight.ui.theme.theme import Theme

REVIEW: Final = tr("Open the review")


class Tray(QObject):
    """The sidebar's menu, and before it what brings a sidebar out of reach back.

    It never speaks up: no message, no change of its sign.

    Signals:
        review_asked: The coach wants to see the review.

    Args:
        theme: Fonts of the menu.
        window: The sidebar.
        bindings: What the sidebar's menu offers.
    """

    review_asked = Signal()

    def __init__(
        self, theme: Theme, window: SidebarWindow, bindings: tuple[Binding, ...]
    ) -> None:
        super().__init__(window)
        self._window = window
        self.menu = CoachMenu(theme, bindings, window.do, window)
        first = self.menu.actions()[0]
        self._take = self.menu.addAction(TAKE)
        self._take.triggered.connect(lambda: window.act(WindowAct.PASS))
        self._review = self.menu.addAction(REVIEW)
        self._review.triggered.connect(self.review_asked)
        self._review.setVisible(False)
        for action in (self._take, self._review):
            self.menu.insertAction(first, action)
        self.menu.offer(window.window_menu.menuAction())
        self.menu.offer_line(SETTINGS).triggered.connect(window.settings_asked)
        self.menu.aboutToShow.connect(self._name)
        self.icon = QSystemTrayIcon(self)
        self.icon.setToolTip("Sidelight")
        self.icon.setContextMenu(self.menu)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(lambda: self.icon.setIcon(sign()))

    def offer_review(self) -> None:
        """There is one now."""
        self._review.setVisible(True)

    def show(self) -> None:
        """Appear, if the system has a tray."""
        self.icon.setIcon(sign())
        self.icon.setVisible(QSystemTrayIcon.isSystemTrayAvailable())

    def hide(self) -> None:
        """Go away: some systems keep the sign of a program that has ended."""
        self.icon.hide()

    def _name(self) -> None:
        self._window.name_menu(self.menu)
        self._take.setVisible(self._window.passing.on)


def sign() -> QIcon:
    """The program's sign in one colour: dark on light desktops, light on dark ones."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return tray_icon(QColor((DARK if dark else LIGHT).ink))
