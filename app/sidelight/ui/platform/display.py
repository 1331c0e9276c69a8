"""Choosing how Qt reaches the screen, before Qt does: it would abort the process."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.ui.platform.libraries import XCB, XCB_CURSOR, library

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_DISPLAY: Final = "There is no display to show the window on."
_HEADLESS: Final = (
    "Start it from a desktop session; the demo can do without: --headless."
)


def platform_for(environment: Mapping[str, str], *, headless: bool) -> str:
    """The Qt platform to use, or ``""`` for Qt's own choice.

    A native Wayland window can neither stay on top nor keep out of the focus (measured
    with sway), so X11, or XWayland, is used wherever there is one.

    Args:
        environment: Such as ``os.environ``.
        headless: Draw into memory; no screen is needed.

    Raises:
        UserError: There is no display.
    """
    if headless:
        return "offscreen"
    if "QT_QPA_PLATFORM" in environment:
        return environment["QT_QPA_PLATFORM"]
    if not sys.platform.startswith("linux"):
        return ""
    if environment.get("DISPLAY"):
        return "xcb"
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    raise UserError(_NO_DISPLAY, _HEADLESS)


def has_screen() -> bool:
    """Whether a window could be seen by somebody."""
    try:
        return platform_for(os.environ, headless=False) != "offscreen"
    except UserError:
        return False


def prepare_display(*, headless: bool) -> None:
    """Set what Qt reads when the application is made.

    Raises:
        UserError: No display, or it does not answer, or a system library is missing.
    """
    platform = platform_for(os.environ, headless=headless)
    if platform == "xcb":
        _check_x11()
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform


def _check_x11() -> None:
    if library(XCB_CURSOR) is None:
        raise UserError(
            "The library libxcb-cursor0 is missing, so no window can be shown.",
            "Install it: sudo apt install libxcb-cursor0",
        )
    xcb = library(XCB)
    if xcb is None:
        raise UserError(
            "The library libxcb1 is missing, so no window can be shown.",
            "Install it: sudo apt install libxcb1",
        )
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if failed:
        raise UserError("The display does not answer.", _HEADLESS)
