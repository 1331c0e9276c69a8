"""Who is on stage in a room: the sidebar, the line, or the dark.

On a call this does nothing. With one microphone the coach's last choice is taken up as
soon as the session is known, and each new choice is remembered. The sidebar stays what
it is, only out of sight: it goes on being told, and does what keys ask for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from sidelight.settings.room import VIEWS, RoomChoice, RoomView
from sidelight.ui.sidebar.coach_menu import CoachMenu, menu_for
from sidelight.ui.sidebar.intents import BINDINGS, Binding, Intent
from sidelight.ui.sidebar.wording import is_new_state
from sidelight.ui.theme.room import RoomScreen
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QAction, QScreen

    from sidelight.ui.sidebar.room_window import RoomWindow
    from sidelight.ui.sidebar.window import SidebarWindow
    from sidelight.ui.sidebar.wording import SidebarTexts
    from sidelight.ui.theme.theme import Theme

TOLD_MS: Final = 4_000
"""How long a confirmation stands."""

KNOWN_WITHIN_MS: Final = 1_000
"""How long the sidebar waits to be shown until it is known what is to be seen."""

VIEW_NAMES: Final = {view: tr_below(name) for view, name in VIEWS.items()}


class RoomStage(QObject):
    """Shows one of the three; nothing of it touches the recording.

    Signals:
        awake: The screen is dark no longer.
        buttons_asked: The coach wants to bind a button.

    Args:
        theme: Fonts and colours.
        sidebar: Shown unless something else is.
        choice: The coach's last.
        remember: Keeps a new one.
    """

    awake = Signal()
    buttons_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        sidebar: SidebarWindow,
        choice: RoomChoice,
        remember: Callable[[RoomChoice], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sidebar = sidebar
        self._choice = choice
        self._remember = remember
        self._bindings: tuple[Binding, ...] = BINDINGS
        self._texts: SidebarTexts | None = None
        self._told = ""
        self._in_room: bool | None = None
        self.window: RoomWindow | None = None
        self._view = RoomView.SIDEBAR
        self._stands_on = ""
        self._told_for = QTimer(self, interval=TOLD_MS, singleShot=True)
        self._told_for.timeout.connect(self._stop_telling)
        self._waiting = QTimer(self, interval=KNOWN_WITHIN_MS, singleShot=True)
        self._waiting.timeout.connect(self._show_sidebar)
        self._menu: CoachMenu | None = None
        self._lines: list[QAction] = []
        self._add_lines(sidebar.menu)

    @property
    def view(self) -> RoomView:
        """What is on stage."""
        return self._view

    @property
    def dark(self) -> bool:
        """Whether the screen is dark now."""
        return self.window is not None and self.window.full and self.window.dark

    def open(self) -> None:
        """Show the sidebar, at once unless it may not be what is to be seen."""
        if self._choice.view is RoomView.SIDEBAR:
            self._show_sidebar()
        else:
            self._waiting.start()

    def set_room(self, *, in_room: bool) -> None:
        """It is known now whether everybody is in one room. Once counts."""
        if self._in_room is not None:
            return
        self._in_room = in_room
        self._waiting.stop()
        for line in self._lines:
            line.setVisible(in_room)
        self._enter(self._choice.view if in_room else RoomView.SIDEBAR)

    def show_texts(self, texts: SidebarTexts) -> None:
        """There is this to say."""
        before = None if self._texts is None else self._texts.note
        if texts.note != before and is_new_state(texts.note):
            self._told = ""
        self._texts = texts
        self._compose()

    def tell(self, text: str) -> None:
        """Confirm something for a moment, in at most four words."""
        self._told = text
        self._told_for.start()
        self._compose()

    def settle(self) -> None:
        """Finish every cross-fade at once: what is gone is not seen any more."""
        if self.window is not None:
            self.window.settle()

    def choose(self, view: RoomView) -> None:
        """The coach wants to see this from now on."""
        self._keep(self._choice.seen_as(view))
        self._enter(view)

    def adopt(self, choice: RoomChoice) -> None:
        """Somebody set it elsewhere to be so: take that on at once."""
        if choice == self._choice:
            return
        self._choice = choice
        if self._in_room:
            self._enter(choice.view)

    @Slot(object)
    def do(self, intent: Intent) -> None:
        """Do what a key asks for, whatever is on stage."""
        window = self.window
        if intent is not Intent.HIDE or window is None:
            self._sidebar.do(intent)
        elif self._view is RoomView.DARK:
            self._choice = replace(self._choice, full=True)
            self.choose(RoomView.LINE)
        else:
            window.take(full=window.full, dark=not window.dark)
            self._tell_awake()

    def rebind(self, bindings: tuple[Binding, ...]) -> None:
        """From now on these keys do these things."""
        self._bindings = bindings
        self._sidebar.rebind(bindings)
        if self.window is not None:
            self.window.rebind(bindings)
        if self._menu is not None:
            self._menu.rebind(bindings)

    def close(self) -> None:
        """The session's views go: the review comes, or the end."""
        self._waiting.stop()
        self._told_for.stop()
        self._drop()

    def _enter(self, view: RoomView) -> None:
        self._view = view
        if view is RoomView.SIDEBAR:
            self._drop()
            self._show_sidebar()
            return
        dark = view is RoomView.DARK
        screen = self._screen()
        if self.window is not None and screen.name() != self._stands_on:
            self._drop()  # it was carried over: letters of that screen's size
        window = self.window or self._make(screen)
        window.take(full=dark or self._choice.full, dark=dark)
        window.appear()
        self._sidebar.hide()
        self._tell_awake()

    def _make(self, screen: QScreen) -> RoomWindow:
        from sidelight.ui.sidebar.room_window import RoomWindow  # noqa: PLC0415 (rooms)

        self._stands_on = screen.name()
        window = RoomWindow(self._theme, RoomScreen.of(screen), self._bindings)
        self._menu = CoachMenu(self._theme, self._bindings, self.do, window)
        self._add_lines(self._menu)
        for line in self._lines:
            line.setVisible(True)
        window.wanted.connect(self.do)
        window.left.connect(self._leave)
        window.grown.connect(self._grow)
        window.menu_asked.connect(self._open_menu)
        self.window = window
        self._compose()
        window.settle()
        return window

    def _drop(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.left.disconnect(self._leave)
            window.close()
            window.deleteLater()
            self._lines = [one for one in self._lines if one.parent() is not self._menu]
            self._menu = None
            self._tell_awake()

    def _tell_awake(self) -> None:
        if not self.dark:
            self.awake.emit()

    @Slot()
    def _show_sidebar(self) -> None:
        if self.window is None:
            self._sidebar.show()

    @Slot()
    def _leave(self) -> None:
        self.choose(RoomView.SIDEBAR)

    @Slot(bool)
    def _grow(self, full: bool) -> None:  # noqa: FBT001 - a signal's
        self._keep(replace(self._choice, full=full))
        self._enter(self._view)

    def _keep(self, choice: RoomChoice) -> None:
        self._choice = replace(choice, screen=self._screen().name())
        self._remember(self._choice)

    def _screen(self) -> QScreen:
        """The room's: where the line was last, else where the sidebar is."""
        if self.window is not None and self.window.isVisible():
            return self.window.screen()
        named = [
            one
            for one in QGuiApplication.screens()
            if one.name() == self._choice.screen
        ]
        return named[0] if named else self._sidebar.screen()

    def _compose(self) -> None:
        if self.window is not None and self._texts is not None:
            self.window.show_texts(self._texts, self._told)

    @Slot()
    def _stop_telling(self) -> None:
        self._told = ""
        self._compose()

    @Slot(object)
    def _open_menu(self, at: QPoint) -> None:
        if self._menu is not None and self.window is not None:
            menu_for(self._menu, self._texts, at, hiding=self.window.dark)

    def _add_lines(self, menu: CoachMenu) -> None:
        self._lines.append(menu.offer_rule())
        for view, name in VIEW_NAMES.items():
            line = menu.offer_line(name)
            line.triggered.connect(lambda _=False, view=view: self.choose(view))
            self._lines.append(line)
        for line in self._lines:
            line.setVisible(bool(self._in_room))
        menu.offer_rule()
        buttons = menu.offer_line(tr("Your own buttons…"))
        buttons.triggered.connect(self.buttons_asked)
