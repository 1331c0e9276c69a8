"""What there is of a running session beside its sidebar: the room, and own buttons.

Joins the stage, the button desk and its dialog, and knows where choices are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from sidelight.settings.keys import Buttons
from sidelight.settings.room import RoomChoice, RoomView
from sidelight.ui.platform.hotkeys import open_hotkeys
from sidelight.ui.sidebar.buttons import ButtonDesk
from sidelight.ui.sidebar.intents import Intent
from sidelight.ui.sidebar.room_stage import RoomStage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.domain.session import Session
    from sidelight.ui.sidebar.buttons_dialog import ButtonsDialog
    from sidelight.ui.sidebar.window import SidebarWindow
    from sidelight.ui.sidebar.wording import SidebarTexts
    from sidelight.ui.theme.theme import Theme


class SessionViews(QObject):
    """Owned by the session's window.

    Args:
        theme: Fonts and colours.
        sidebar: The sidebar.
        settings: Where choices are kept; ``None``: nowhere, and nobody chose any.
    """

    def __init__(
        self,
        theme: Theme,
        sidebar: SidebarWindow,
        settings: Path | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sidebar = sidebar
        self._settings = settings
        self._dialog: ButtonsDialog | None = None
        self._waiting: Callable[[], None] | None = None
        choice, buttons = RoomChoice(RoomView.SIDEBAR), Buttons()
        if settings is not None:
            choice, buttons = RoomChoice.recall(settings), Buttons.recall(settings)
        self.stage = RoomStage(theme, sidebar, choice, self._keep, self)
        sidebar.reminded.connect(self.stage.tell)
        self.buttons = ButtonDesk(buttons, self._keep, open_hotkeys(self), self)
        self.buttons.rebound.connect(self.stage.rebind)
        self.buttons.wanted.connect(self.stage.do)
        self.buttons.refused.connect(sidebar.show_fault)
        self.stage.buttons_asked.connect(self.open_buttons)
        self.stage.awake.connect(self._wake)

    def open(self, *, in_room: bool | None = None) -> None:
        """Show what is to be seen; tell the windows their keys.

        Args:
            in_room: Whether everybody is in one room, where that is known already.
        """
        self.buttons.start()
        self.stage.open()
        if in_room is not None:
            self.stage.set_room(in_room=in_room)

    def show(self, texts: SidebarTexts, session: Session | None) -> None:
        """There is this to say."""
        self.stage.show_texts(texts)
        self.buttons.set_running(running=texts.running)
        if session is not None:
            self.stage.set_room(in_room=session.in_room)

    @Slot(str)
    def tell(self, text: str) -> None:
        """Confirm something for a moment."""
        self.stage.tell(text)

    def look_again(self) -> None:
        """The settings may have changed what is remembered."""
        if self._settings is not None:
            self.stage.adopt(RoomChoice.recall(self._settings))
            self.buttons.adopt(Buttons.recall(self._settings))

    @Slot()
    def hide_or_show(self) -> None:
        """What the command asks for: the same as the key."""
        self.stage.do(Intent.HIDE)

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.stage.settle()

    def when_seen(self, show: Callable[[], None]) -> None:
        """Show something as soon as the screen is not dark: at once, or when woken."""
        if self.stage.dark:
            self._waiting = show
        else:
            show()

    def close(self) -> None:
        """The session's views go; keys go back to the system."""
        self._waiting = None
        self.buttons.close()
        self.stage.close()
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    @Slot()
    def open_buttons(self) -> None:
        """Let the coach bind buttons."""
        if self._dialog is None:
            from sidelight.ui.sidebar.buttons_dialog import (  # noqa: PLC0415 (rare)
                ButtonsDialog,
            )

            self._dialog = ButtonsDialog(self._theme, self.buttons)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    @Slot()
    def _wake(self) -> None:
        if self._waiting is not None:
            show, self._waiting = self._waiting, None
            show()

    def _keep(self, choice: RoomChoice | Buttons) -> None:
        if self._settings is not None:
            choice.remember(self._settings)
