"""The coach's own buttons at work: in every window of ours, and where chosen elsewhere.

They are asked of the system only while a session runs; before and after it a clicker
belongs to the slides again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from sidelight.settings.keys import FIXED
from sidelight.ui.sidebar.intents import BINDINGS, Binding, Intent

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.settings.keys import Buttons
    from sidelight.ui.platform.hotkeys import Hotkeys

TITLES: Final = {one.intent.name.lower(): one.name for one in BINDINGS}
"""What each deed is called."""


def bindings_with(buttons: Buttons) -> tuple[Binding, ...]:
    """The keys that come with the program, and the coach's own beside them."""
    return tuple(
        replace(one, button=buttons.bound.get(one.intent.name.lower(), ""))
        for one in BINDINGS
    )


class ButtonDesk(QObject):
    """Knows the coach's buttons and passes on what they ask for.

    Signals:
        wanted: A button was pressed while another program had the keyboard
            (``Intent``).
        rebound: The keys are these now (``tuple[Binding, ...]``).
        refused: A button that cannot be had everywhere: a sentence and its remedy.

    Args:
        buttons: The coach's last.
        remember: Keeps others.
        hotkeys: The system's.
    """

    wanted = Signal(object)
    rebound = Signal(object)
    refused = Signal(str, str)

    def __init__(
        self,
        buttons: Buttons,
        remember: Callable[[Buttons], None],
        hotkeys: Hotkeys,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.buttons = buttons
        self._remember = remember
        self._hotkeys = hotkeys
        self._running = self._waiting = False
        hotkeys.pressed.connect(self._press)
        hotkeys.refused.connect(self.refused)

    def start(self) -> None:
        """Tell the windows their keys."""
        self.rebound.emit(bindings_with(self.buttons))

    def set_running(self, *, running: bool) -> None:
        """Whether there is a session that buttons could act on."""
        if running is not self._running:
            self._running = running
            self._ask()

    def set_waiting(self, *, waiting: bool) -> None:
        """Whether the next button is to be bound: then no system may keep it to us."""
        self._waiting = waiting
        self._ask()

    def set_button(self, deed: str, key: str) -> None:
        """From now on this key does this.

        Raises:
            UserError: It means something else already.
        """
        self._change(self.buttons.with_button(deed, key, titles=TITLES, fixed=FIXED))

    def remove_button(self, deed: str) -> None:
        """From now on only the key that came with the program does this."""
        self._change(self.buttons.without(deed))

    def set_everywhere(self, *, everywhere: bool) -> None:
        """Whether buttons work while another program has the keyboard."""
        self._change(replace(self.buttons, everywhere=everywhere))

    def adopt(self, buttons: Buttons) -> None:
        """Somebody set them elsewhere to be so: they are."""
        self._change(buttons)

    def close(self) -> None:
        """Give every key back to the system."""
        self._hotkeys.close()

    def _change(self, buttons: Buttons) -> None:
        if buttons == self.buttons:
            return
        self.buttons = buttons
        self._remember(buttons)
        self.rebound.emit(bindings_with(buttons))
        self._ask()

    def _ask(self) -> None:
        if self._running and not self._waiting and self.buttons.everywhere:
            self._hotkeys.bind(self.buttons.bound)
        else:
            self._hotkeys.close()

    @Slot(str)
    def _press(self, deed: str) -> None:
        self.wanted.emit(Intent[deed.upper()])
