"""Asking the system to leave a window out of shared screens and recordings.

A wish, never a promise: some programs show the window all the same. It is there so that
a coach who has to share a screen need not show private times; it is no disguise: the
window stays on the coach's own screen, and nothing else hides.

Windows from 10 version 2004 on can (``SetWindowDisplayAffinity``; read in its manual:
only for windows that are not translucent is it dependable, and it has to be said again
after each show). macOS could until 14 (``NSWindow.sharingType``; from 15 on screen
sharing looks past it). On Linux no system can.

Not run on Windows or macOS: written against fakes of the two libraries
(``tests/fakes/sharing.py``).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import platform
import sys
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

WDA_NONE: Final = 0x00
WDA_EXCLUDE_FROM_CAPTURE: Final = 0x11
"""Of ``SetWindowDisplayAffinity``. 0x01 shows a black box: worse than to be seen."""

FIRST_WINDOWS: Final = 19041
"""The build that knows 0x11; an older one refuses it."""

SHARING_NONE: Final = 0
SHARING_READ_ONLY: Final = 1
"""Of ``NSWindowSharingType``."""

FIRST_BLIND_MACOS: Final = 15


class Shield(Protocol):
    """Leaves a window out of what is shared, as far as the system does it."""

    @property
    def needs_opaque(self) -> bool:
        """Whether it only works for windows that nothing shines through."""

    def cover(self, window: int, *, covered: bool) -> bool:
        """Ask for it, or take it back; again after each show.

        Args:
            window: The system's own handle, as ``QWidget.winId`` has it.
            covered: Whether to leave it out.

        Returns:
            Whether the system now says what was asked for.
        """


class WindowsShield:
    """``user32``.

    Args:
        set_affinity: ``SetWindowDisplayAffinity(window, affinity)``, 0 if refused.
        get_affinity: The affinity that a window has; it is read back, because a refusal
            has been seen to go unsaid.
    """

    needs_opaque: Final = True

    def __init__(
        self,
        set_affinity: Callable[[int, int], int],
        get_affinity: Callable[[int], int],
    ) -> None:
        self._set = set_affinity
        self._get = get_affinity

    def cover(self, window: int, *, covered: bool) -> bool:
        """As ``Shield`` says."""
        wanted = WDA_EXCLUDE_FROM_CAPTURE if covered else WDA_NONE
        return bool(self._set(window, wanted)) and self._get(window) == wanted


class MacShield:
    """``AppKit``.

    Args:
        set_sharing: Sets the ``sharingType`` of the window that a view is in; false
            where the view is in none yet.
    """

    needs_opaque: Final = False

    def __init__(self, set_sharing: Callable[[int, int], bool]) -> None:
        self._set = set_sharing

    def cover(self, window: int, *, covered: bool) -> bool:
        """As ``Shield`` says; the handle is that of a view."""
        return self._set(window, SHARING_NONE if covered else SHARING_READ_ONLY)


def can_shield(system: str, version: tuple[int, ...]) -> bool:
    """Whether a system does it at all.

    Args:
        system: As ``sys.platform`` has it.
        version: Of macOS, its numbers; of Windows, its build as the only number.
    """
    match system:
        case "win32":
            return version >= (FIRST_WINDOWS,)
        case "darwin":
            return () < version < (FIRST_BLIND_MACOS,)
        case _:
            return False


def shield_here() -> Shield | None:
    """That of this system, or ``None``: it has none."""
    if sys.platform == "win32":
        if can_shield("win32", (sys.getwindowsversion().build,)):
            return _windows_shield()
    elif sys.platform == "darwin" and can_shield("darwin", _mac_version()):
        return _mac_shield()
    return None


def _mac_version() -> tuple[int, ...]:
    return tuple(int(part) for part in platform.mac_ver()[0].split(".") if part)


if sys.platform == "win32":

    def _windows_shield() -> Shield:
        from ctypes import wintypes  # noqa: PLC0415 - only there on Windows

        user32 = ctypes.WinDLL("user32", use_last_error=True)
        setter = user32.SetWindowDisplayAffinity
        setter.argtypes = (wintypes.HWND, wintypes.DWORD)
        setter.restype = wintypes.BOOL
        getter = user32.GetWindowDisplayAffinity
        getter.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.DWORD))
        getter.restype = wintypes.BOOL

        def affinity(window: int) -> int:
            found = wintypes.DWORD()
            return found.value if getter(window, ctypes.byref(found)) else -1

        return WindowsShield(setter, affinity)


def _mac_shield() -> Shield:
    objc = ctypes.CDLL(ctypes.util.find_library("objc"))
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = (ctypes.c_char_p,)
    pointer, number = ctypes.c_void_p, ctypes.c_ulong
    send = ("objc_msgSend", objc)
    ask = ctypes.CFUNCTYPE(pointer, pointer, pointer)(send)
    tell = ctypes.CFUNCTYPE(None, pointer, pointer, number)(send)

    def set_sharing(view: int, sharing: int) -> bool:
        window = ask(view, objc.sel_registerName(b"window"))
        if not window:
            return False
        tell(window, objc.sel_registerName(b"setSharingType:"), sharing)
        return True

    return MacShield(set_sharing)
