"""A key that is set by pressing it: a button that waits for the next key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from sidelight.settings.keys import key_words
from sidelight.ui.sidebar.intents import key_of
from sidelight.ui.widgets.button import Button
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from sidelight.ui.theme.theme import Theme

NO_KEY: Final = "none"
"""As ``settings.keys`` writes it."""

SET: Final = tr("Set a key…")
PRESS: Final = tr("Press the key now")
HELD: Final = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_unknown,
    }
)
"""Pressed alone they are no key."""


class KeyButton(Button):
    """Shows the key; pressed, it takes the next one. Escape changes nothing.

    Signals:
        typed: The key, as Qt writes it in files.

    Args:
        theme: Fonts and colours.
        name: What the key does, for screen readers.
    """

    typed = Signal(str)
    waiting = False  # asked for by events that come before ``__init__`` is over

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, SET, reserve=(PRESS,))
        self._name = name
        self._text = NO_KEY
        self.clicked.connect(lambda: self._wait(waiting=True))
        self.show_text(NO_KEY)

    def show_text(self, text: str) -> None:
        """This is the key now."""
        self._text = text
        self._wait(waiting=False)

    def event(self, event: QEvent) -> bool:
        """While it waits, no key is anything else: neither a shortcut nor the next."""
        if self.waiting and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is waited for any more."""
        self._wait(waiting=False)
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in HELD:
            return
        self._wait(waiting=False)
        if event.key() != Qt.Key.Key_Escape:
            written = QKeySequence.SequenceFormat.PortableText
            self.typed.emit(key_of(event).toString(written))

    def _wait(self, *, waiting: bool) -> None:
        self.waiting = waiting
        shown = SET if self._text == NO_KEY else key_words(self._text)
        self.setText(PRESS if waiting else shown)
        self.setAccessibleName(f"{self._name}: {self.text()}")
        self.update()
