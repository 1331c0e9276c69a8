"""Lending the keyboard to a window that never takes the focus, when its coach asks.

On X11 it is grabbed: no other window loses the focus, and typing goes on there when it
is let go. Elsewhere the window takes the focus for that time and its flag comes back
afterwards (not run on Windows or macOS).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_FLAG = Qt.WindowType.WindowDoesNotAcceptFocus


def lend_keyboard(window: QWidget) -> None:
    """Keys go to this window from now on. Thread: the window's."""
    if QGuiApplication.platformName() != "xcb":
        window.windowHandle().setFlag(_FLAG, on=False)
        window.activateWindow()
    window.grabKeyboard()


def give_keyboard_back(window: QWidget) -> None:
    """Keys go where they went before."""
    window.releaseKeyboard()
    if QGuiApplication.platformName() != "xcb":
        window.windowHandle().setFlag(_FLAG, on=True)
