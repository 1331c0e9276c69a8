"""Whether this X11 screen blends windows, so that what is behind shines through."""

from __future__ import annotations

import ctypes

from PySide6.QtGui import QGuiApplication

from sidelight.ui.platform.libraries import XCB, library


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _AtomReply(ctypes.Structure):
    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


def composited() -> bool:
    """Whether windows are blended; outside of X11 every system we know does.

    A compositing manager owns the selection ``_NET_WM_CM_S0`` (Extended Window Manager
    Hints, "Compositing managers"). Blocks for two round trips, under a millisecond.
    """
    if QGuiApplication.platformName() != "xcb":
        return True
    xcb = library(XCB)
    if xcb is None:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        atom = _ask(xcb, "xcb_intern_atom", connection, *_interned(b"_NET_WM_CM_S0"))
        return _ask(xcb, "xcb_get_selection_owner", connection, atom) != 0
    finally:
        xcb.xcb_disconnect(connection)


def _interned(name: bytes) -> tuple[object, ...]:
    return ctypes.c_uint8(0), ctypes.c_uint16(len(name)), name


def _ask(xcb: ctypes.CDLL, what: str, connection: object, *told: object) -> int:
    """Send one request and wait for the number in its reply; 0 where there is none."""
    request, answer = getattr(xcb, what), getattr(xcb, f"{what}_reply")
    request.restype = _Cookie
    answer.restype = ctypes.POINTER(_AtomReply)
    reply = answer(connection, request(connection, *told), None)
    if not reply:
        return 0
    value = int(reply.contents.value)
    free = ctypes.CDLL(None).free
    free.argtypes = (ctypes.c_void_p,)
    free(reply)
    return value
