"""System-wide keys on Windows: ``RegisterHotKey`` for the window's thread.

The system posts ``WM_HOTKEY`` to the thread that asked, whoever has the focus, and
refuses a key that another program has with error 1409. **Written from Microsoft's
documentation, not yet run on Windows**: the tests run it against a fake of ``user32``.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from sidelight.ui.platform.hotkeys import Hotkeys
from sidelight.ui.platform.keytable import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QObject

WM_HOTKEY: Final = 0x0312
NO_REPEAT: Final = 0x4000
"""Held down, the key counts once."""

_MASKS: Final = {Held.ALT: 1, Held.CTRL: 2, Held.SHIFT: 4, Held.META: 8}
_MESSAGES: Final = ("windows_generic_MSG", "windows_dispatcher_MSG")


class User32(Protocol):
    """The two calls of ``user32`` that are used; ``True`` is success."""

    def register(self, number: int, held: int, key: int) -> bool:
        """``RegisterHotKey(NULL, ...)``; ``False``: another program has it."""
        ...

    def unregister(self, number: int) -> None:
        """``UnregisterHotKey(NULL, ...)``."""
        ...


class WindowsHotkeys(Hotkeys):
    """Keys by number, for the thread that makes it.

    Args:
        user32: The system.
    """

    def __init__(self, user32: User32, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._user32 = user32
        self._names: dict[int, str] = {}
        self._filter = _Filter(self.take)

    @classmethod
    def here(cls, parent: QObject | None = None) -> WindowsHotkeys:
        """With the real system."""
        return cls(_RealUser32(), parent)

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Register these."""
        self.close()
        for number, (name, asked) in enumerate(self._askable(wanted).items(), start=1):
            if asked.codes.windows is None:
                self._refuse_unknown(wanted[name])
                continue
            held = sum(_MASKS[one] for one in asked.held) | NO_REPEAT
            if self._user32.register(number, held, asked.codes.windows):
                self._names[number] = name
            else:
                self._refuse_taken(wanted[name])
        if self._names:
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self._filter)

    def close(self) -> None:
        """Give every key back."""
        application = QCoreApplication.instance()
        if self._names and application is not None:
            application.removeNativeEventFilter(self._filter)
        for number in self._names:
            self._user32.unregister(number)
        self._names.clear()

    def take(self, number: int) -> None:
        """``WM_HOTKEY`` came, with this number."""
        if number in self._names:
            self.pressed.emit(self._names[number])


class _Filter(QAbstractNativeEventFilter):
    """Sees each message of the thread before Qt does."""

    def __init__(self, take: Callable[[int], None]) -> None:
        super().__init__()
        self._take = take

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Take what is a key's; everything else goes on to Qt."""
        name = kind.data() if isinstance(kind, QByteArray) else kind
        if bytes(name).decode() in _MESSAGES:
            found = wintypes.MSG.from_address(int(message))
            if found.message == WM_HOTKEY:
                self._take(int(found.wParam))
                return True, 0
        return False, 0


class _RealUser32:
    """``user32.dll``."""

    def __init__(self) -> None:
        # Named at run time: elsewhere than on Windows ``ctypes`` does not have it.
        self._dll = getattr(ctypes, "windll").user32  # noqa: B009
        number, key = ctypes.c_int, wintypes.UINT
        self._dll.RegisterHotKey.argtypes = (wintypes.HWND, number, key, key)
        self._dll.RegisterHotKey.restype = wintypes.BOOL
        self._dll.UnregisterHotKey.argtypes = (wintypes.HWND, number)

    def register(self, number: int, held: int, key: int) -> bool:
        return bool(self._dll.RegisterHotKey(None, number, held, key))

    def unregister(self, number: int) -> None:
        self._dll.UnregisterHotKey(None, number)
