"""How large a window may be on its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FRAME: Final = 40
"""Room for the title bar, whose height is known only once the window stands; logical
pixels."""


def fitting(window: QWidget, wanted: QSize) -> QSize:
    """The wanted size, or what the window's screen has room for."""
    if QGuiApplication.platformName() == "offscreen":
        return wanted  # that screen is made up; pictures keep their size
    room = window.screen().availableGeometry().size()
    return wanted.boundedTo(room - QSize(0, FRAME))
