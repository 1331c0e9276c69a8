"""Keys that work while another program has the keyboard, as far as the system allows.

One interface, one file for each system. Nothing is watched: each system is asked for
exactly the keys that the coach chose, and tells of nothing else. What would take a key
of writing away from every other program is not asked for at all.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from sidelight.settings.keys import key_words
from sidelight.ui.platform.keytable import Chord, chord
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

BY_HAND: Final = tr(
    "In your desktop's own keyboard settings a key can be given the command"
    " “sidelight mark” or “sidelight did”."
)
"""The way that is left everywhere."""


class Hotkeys(QObject):
    """Asks the system for keys.

    Signals:
        pressed: A key was pressed, by the name it was asked for with.
        refused: One calm sentence about a key that cannot be had, and its remedy.

    Thread: the window's.
    """

    pressed = Signal(str)
    refused = Signal(str, str)

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Have these keys from now on, and no others.

        Args:
            wanted: Each key as ``QKeySequence`` writes it, by a name of one's own.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Give every key back."""
        raise NotImplementedError

    def _askable(self, wanted: Mapping[str, str]) -> dict[str, Chord]:
        """What can be asked for at all; the rest is refused."""
        found: dict[str, Chord] = {}
        for name, key in wanted.items():
            asked = chord(key)
            if asked is None:
                self._refuse_unknown(key)
            elif asked.types:
                self.refused.emit(
                    tr(
                        "{key} is for writing, so it only works in Sidelight's own"
                        " windows.",
                        key=key_words(key),
                    ),
                    tr("Choose another button if it is to work everywhere."),
                )
            else:
                found[name] = asked
        return found

    def _refuse_unknown(self, key: str) -> None:
        self.refused.emit(
            tr("This system does not lend {key} to a program.", key=key_words(key)),
            BY_HAND,
        )

    def _refuse_taken(self, key: str) -> None:
        self.refused.emit(
            tr("Another program already uses {key} everywhere.", key=key_words(key)),
            tr("It still works in Sidelight's own windows."),
        )


class NoHotkeys(Hotkeys):
    """Where no system can be asked: says how it is done by hand."""

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Nothing but the words."""
        if wanted:
            self.refused.emit(
                tr("Here buttons only work while Sidelight has the keyboard."), BY_HAND
            )

    def close(self) -> None:
        """There is nothing to give back."""


def open_hotkeys(parent: QObject | None = None) -> Hotkeys:
    """The system's own, chosen by what the application draws with."""
    drawn_with = QGuiApplication.platformName()
    if sys.platform == "win32":
        from sidelight.ui.platform.hotkeys_windows import WindowsHotkeys  # noqa: PLC0415

        return WindowsHotkeys.here(parent)
    if sys.platform == "darwin":
        from sidelight.ui.platform.hotkeys_mac import MacHotkeys  # noqa: PLC0415

        return MacHotkeys.here(parent)
    if drawn_with in ("xcb", "wayland") and os.environ.get("WAYLAND_DISPLAY"):
        # Keys of X11 stop at the edge of its own windows there.
        from sidelight.ui.platform.hotkeys_portal import PortalHotkeys  # noqa: PLC0415

        return PortalHotkeys(parent)
    if drawn_with == "xcb":
        from sidelight.ui.platform.hotkeys_x11 import X11Hotkeys  # noqa: PLC0415

        return X11Hotkeys(parent)
    return NoHotkeys(parent)
