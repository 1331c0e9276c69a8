"""System-wide keys on macOS: Carbon's ``RegisterEventHotKey``.

Old, but what every program uses that must not ask for the right to watch the keyboard:
the system is asked for single keys and tells of nothing else. Media keys cannot be had
this way. Two programs may have the same key; then both are told, so nothing is ever
taken. **Written from Apple's headers, not yet run on macOS**: the tests run it against
a fake of Carbon.
"""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import TYPE_CHECKING, Any, Final, Protocol

from sidelight.ui.platform.hotkeys import Hotkeys
from sidelight.ui.platform.keytable import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

_MASKS: Final = {
    Held.CTRL: 0x0100,
    Held.SHIFT: 0x0200,
    Held.ALT: 0x0800,
    Held.META: 0x1000,
}
"""``cmdKey``, ``shiftKey``, ``optionKey``, ``controlKey``; Qt's Ctrl is command."""


def _four(text: str) -> int:
    """Four characters as one number, as Carbon writes its names."""
    return int.from_bytes(text.encode("ascii"), "big")


_KEYBOARD: Final = _four("keyb")
_HOTKEY_PRESSED: Final = 5
_OURS: Final = _four("SdLt")
_DIRECT_OBJECT: Final = _four("----")
_HOTKEY_ID: Final = _four("hkid")


class Carbon(Protocol):
    """What is used of Carbon."""

    def listen(self, pressed: Callable[[int], None]) -> None:
        """Tell of each registered key, by its number, in the application's loop."""
        ...

    def register(self, number: int, held: int, key: int) -> int | None:
        """Ask for a key: what it is given back with; ``None``: refused."""
        ...

    def unregister(self, reference: int) -> None:
        """Give it back."""
        ...


class MacHotkeys(Hotkeys):
    """Keys by number.

    Args:
        carbon: The system.
    """

    def __init__(self, carbon: Carbon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._carbon = carbon
        self._names: dict[int, str] = {}
        self._references: list[int] = []
        self._listening = False

    @classmethod
    def here(cls, parent: QObject | None = None) -> MacHotkeys:
        """With the real system."""
        return cls(_RealCarbon(), parent)

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Register these."""
        self.close()
        asked = self._askable(wanted)
        if asked and not self._listening:
            self._carbon.listen(self._take)
            self._listening = True
        for number, (name, chord) in enumerate(asked.items(), start=1):
            if chord.codes.mac is None:
                self._refuse_unknown(wanted[name])
                continue
            held = sum(_MASKS[one] for one in chord.held)
            reference = self._carbon.register(number, held, chord.codes.mac)
            if reference is None:
                self._refuse_taken(wanted[name])
            else:
                self._names[number] = name
                self._references.append(reference)

    def close(self) -> None:
        """Give every key back."""
        for reference in self._references:
            self._carbon.unregister(reference)
        self._references.clear()
        self._names.clear()

    def _take(self, number: int) -> None:
        if number in self._names:
            self.pressed.emit(self._names[number])


class _EventType(ctypes.Structure):
    """``EventTypeSpec``."""

    _fields_ = (("event_class", ctypes.c_uint32), ("kind", ctypes.c_uint32))


class _HotKeyId(ctypes.Structure):
    """``EventHotKeyID``."""

    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


class _RealCarbon:
    """The framework; its calls return 0 for success."""

    def __init__(self) -> None:
        self._lib = ctypes.CDLL(ctypes.util.find_library("Carbon"))
        pointer, number = ctypes.c_void_p, ctypes.c_uint32
        self._handler = ctypes.CFUNCTYPE(ctypes.c_int32, pointer, pointer, pointer)
        self._kept: list[Any] = []
        self._lib.GetApplicationEventTarget.restype = pointer
        self._lib.InstallEventHandler.argtypes = (
            *(pointer, self._handler, ctypes.c_ulong),
            *(ctypes.POINTER(_EventType), pointer, pointer),
        )
        self._lib.GetEventParameter.argtypes = (
            *(pointer, number, number, pointer, ctypes.c_ulong, pointer, pointer),
        )
        self._lib.RegisterEventHotKey.argtypes = (
            *(number, number, _HotKeyId, pointer, number),
            ctypes.POINTER(pointer),
        )
        self._lib.UnregisterEventHotKey.argtypes = (pointer,)

    def listen(self, pressed: Callable[[int], None]) -> None:
        def handle(_call: int, event: int, _data: int) -> int:
            found = _HotKeyId()
            size = ctypes.sizeof(found)
            failed = self._lib.GetEventParameter(
                event, _DIRECT_OBJECT, _HOTKEY_ID, None, size, None, ctypes.byref(found)
            )
            if not failed and found.signature == _OURS:
                pressed(int(found.id))
            return 0

        kept = self._handler(handle)
        kind = _EventType(_KEYBOARD, _HOTKEY_PRESSED)
        target = self._lib.GetApplicationEventTarget()
        self._lib.InstallEventHandler(target, kept, 1, ctypes.byref(kind), None, None)
        self._kept.append(kept)  # Carbon keeps no reference of its own

    def register(self, number: int, held: int, key: int) -> int | None:
        reference = ctypes.c_void_p()
        target = self._lib.GetApplicationEventTarget()
        ours = _HotKeyId(_OURS, number)
        failed = self._lib.RegisterEventHotKey(
            key, held, ours, target, 0, ctypes.byref(reference)
        )
        return None if failed else reference.value

    def unregister(self, reference: int) -> None:
        self._lib.UnregisterEventHotKey(reference)
