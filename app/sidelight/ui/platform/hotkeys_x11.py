"""System-wide keys on X11: a passive grab of each key on the root window.

The focus stays where it is: the server sends the key to whoever grabbed it and to
nobody else. A second program that asks for the same key gets ``BadAccess``.
"""

from __future__ import annotations

import logging
from itertools import product
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSocketNotifier, Slot

from sidelight.ui.platform.hotkeys import Hotkeys
from sidelight.ui.platform.keytable import Held
from sidelight.ui.platform.xcb import (
    KEY_PRESS,
    KEY_RELEASE,
    MAPPING_CHANGED,
    KeyEvent,
    XConnection,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

_MASKS: Final = {Held.SHIFT: 1, Held.CTRL: 4, Held.ALT: 8, Held.META: 64}
_CAPS_LOCK: Final = 2
_NUM_LOCK: Final = 16
_LOCKS: Final = tuple(
    caps | num for caps, num in product((0, _CAPS_LOCK), (0, _NUM_LOCK))
)
"""A grab holds for exactly one state, so each key is grabbed with each of these."""

_ALL_HELD: Final = sum(_MASKS.values())

_log = logging.getLogger(__name__)


class X11Hotkeys(Hotkeys):
    """On a connection of its own, read when the window's loop finds time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connection: XConnection | None = None
        self._notifier: QSocketNotifier | None = None
        self._wanted: Mapping[str, str] = {}
        self._grabbed: dict[tuple[int, int], str] = {}
        self._let_go_at: dict[int, int] = {}

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Grab these."""
        self._ungrab()
        self._wanted = dict(wanted)
        if not wanted or not self._connected():
            return
        for name, asked in self._askable(wanted).items():
            held = sum(_MASKS[one] for one in asked.held)
            keycodes = self._server.keycodes(asked.codes.keysym)
            if not keycodes:
                _log.info("no key of this keyboard has the symbol of a button")
                continue  # a clicker that is not plugged in yet: see MAPPING_CHANGED
            taken = [code for code in keycodes if not self._grab(code, held, name)]
            if taken:
                self._refuse_taken(wanted[name])
        self._read()  # what came while the server was asked

    def close(self) -> None:
        """Hang up; with the connection every grab is gone."""
        self._grabbed.clear()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def _server(self) -> XConnection:
        assert self._connection is not None  # noqa: S101 - see _connected
        return self._connection

    def _connected(self) -> bool:
        if self._connection is not None:
            return True
        try:
            self._connection = XConnection()
        except OSError as error:
            _log.warning("no connection for keys: %s", error)
            return False
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._connection.descriptor, kind, self)
        self._notifier.activated.connect(self._read)
        return True

    def _grab(self, keycode: int, held: int, name: str) -> bool:
        states = [held | lock for lock in _LOCKS]
        if all(self._server.grab(keycode, state) for state in states):
            self._grabbed[keycode, held] = name
            return True
        for state in states:
            self._server.ungrab(keycode, state)  # those of the four that were free
        return False

    def _ungrab(self) -> None:
        for keycode, held in self._grabbed:
            for lock in _LOCKS:
                self._server.ungrab(keycode, held | lock)
        self._grabbed.clear()

    @Slot()
    def _read(self) -> None:
        if self._connection is None:
            return
        remapped = False
        while (event := self._connection.next_event()) is not None:
            remapped |= event.kind == MAPPING_CHANGED
            self._take(event)
        if self._connection.lost:
            self.close()
        elif remapped:
            self.bind(self._wanted)

    def _take(self, event: KeyEvent) -> None:
        if event.kind == KEY_RELEASE:
            self._let_go_at[event.keycode] = event.time
        if event.kind != KEY_PRESS:
            return
        # Held down, a key is let go and pressed again in the same millisecond.
        repeated = self._let_go_at.pop(event.keycode, -1) == event.time
        name = self._grabbed.get((event.keycode, event.state & _ALL_HELD))
        if name is not None and not repeated:
            self.pressed.emit(name)
