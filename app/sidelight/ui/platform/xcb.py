"""The few calls of libxcb that keys need, and their memory as Python values.

Called through ``ctypes``, as ``ui.platform.display`` does: Qt's own X11 plug-in needs
the same library, so there is nothing to install, and unlike Xlib it never ends the
process over an error.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Final, Self

from sidelight.ui.platform.libraries import XCB, library

KEY_PRESS: Final = 2
KEY_RELEASE: Final = 3
MAPPING_CHANGED: Final = 34
_SENT: Final = 0x7F
"""Of the event's type: the highest bit only says that another program sent it."""

_ASYNC: Final = 1


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Setup(ctypes.Structure):
    """``xcb_setup_t`` as far as the keycodes."""

    _fields_ = (
        ("before", ctypes.c_uint8 * 34),
        ("min_keycode", ctypes.c_uint8),
        ("max_keycode", ctypes.c_uint8),
    )


class _Screens(ctypes.Structure):
    """``xcb_screen_iterator_t``; a screen begins with the number of its root."""

    _fields_ = (
        ("data", ctypes.POINTER(ctypes.c_uint32)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


class _Mapping(ctypes.Structure):
    """``xcb_get_keyboard_mapping_reply_t``; the keysyms follow it."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("keysyms_per_keycode", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("pad", ctypes.c_uint8 * 24),
    )


class _KeyEvent(ctypes.Structure):
    """``xcb_key_press_event_t``, the same for a release."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("detail", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
        ("windows", ctypes.c_uint32 * 3),
        ("places", ctypes.c_int16 * 4),
        ("state", ctypes.c_uint16),
        ("same_screen", ctypes.c_uint8),
    )


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """What the server told.

    Attributes:
        kind: ``KEY_PRESS``, ``KEY_RELEASE``, ``MAPPING_CHANGED`` or another number.
        keycode: Which key.
        state: What was held beside it, as a mask.
        time: The server's clock, milliseconds.
    """

    kind: int
    keycode: int
    state: int
    time: int


class XConnection:
    """One connection to the X server. Thread: one.

    Raises:
        OSError: There is no such library, or the display does not answer.
    """

    def __init__(self) -> None:
        xcb = library(XCB)
        if xcb is None:
            raise OSError("libxcb is missing")
        self._xcb = _declared(xcb)
        self._free = ctypes.CDLL(None).free
        self._free.argtypes = (ctypes.c_void_p,)
        self._at = ctypes.c_void_p(self._xcb.xcb_connect(None, None))
        if self._xcb.xcb_connection_has_error(self._at):
            self.close()
            raise OSError("the display does not answer")
        setup = self._xcb.xcb_get_setup(self._at)
        keys = ctypes.cast(setup, ctypes.POINTER(_Setup)).contents
        self._first, self._last = int(keys.min_keycode), int(keys.max_keycode)
        self._root = int(self._xcb.xcb_setup_roots_iterator(setup).data[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the server gives every key back."""
        self._xcb.xcb_disconnect(self._at)

    @property
    def descriptor(self) -> int:
        """Can be read when the server has told something."""
        return int(self._xcb.xcb_get_file_descriptor(self._at))

    def keycodes(self, keysym: int) -> tuple[int, ...]:
        """The keys that have this symbol without anything held down."""
        count = self._last - self._first + 1
        cookie = self._xcb.xcb_get_keyboard_mapping(self._at, self._first, count)
        reply = self._xcb.xcb_get_keyboard_mapping_reply(self._at, cookie, None)
        if not reply:
            return ()
        try:
            each = int(reply.contents.keysyms_per_keycode)
            behind = ctypes.addressof(reply.contents) + ctypes.sizeof(_Mapping)
            found = (ctypes.c_uint32 * (count * each)).from_address(behind)
            return tuple(
                self._first + number
                for number in range(count)
                if found[number * each] == keysym
            )
        finally:
            self._free(reply)

    def grab(self, keycode: int, held: int) -> bool:
        """Be told of this key, whoever has the focus; ``False``: it is taken."""
        cookie = self._xcb.xcb_grab_key_checked(
            self._at, 0, self._root, held, keycode, _ASYNC, _ASYNC
        )
        error = self._xcb.xcb_request_check(self._at, cookie)
        if error:
            self._free(error)
        return not error

    def ungrab(self, keycode: int, held: int) -> None:
        """Be told of it no more."""
        self._xcb.xcb_ungrab_key(self._at, keycode, self._root, held)
        self._xcb.xcb_flush(self._at)

    @property
    def lost(self) -> bool:
        """Whether the server is gone."""
        return bool(self._xcb.xcb_connection_has_error(self._at))

    def next_event(self) -> KeyEvent | None:
        """What the server told and nobody has read yet; ``None``: nothing."""
        raw = self._xcb.xcb_poll_for_event(self._at)
        if not raw:
            return None
        try:
            event = raw.contents
            return KeyEvent(
                int(event.response_type) & _SENT,
                int(event.detail),
                int(event.state),
                int(event.time),
            )
        finally:
            self._free(raw)


def _declared(xcb: ctypes.CDLL) -> ctypes.CDLL:
    """The library with the shapes of its calls."""
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    byte, short = ctypes.c_uint8, ctypes.c_uint16
    shapes: dict[str, tuple[tuple[object, ...], object]] = {
        "xcb_connect": ((ctypes.c_char_p, pointer), pointer),
        "xcb_connection_has_error": ((pointer,), ctypes.c_int),
        "xcb_disconnect": ((pointer,), None),
        "xcb_get_file_descriptor": ((pointer,), ctypes.c_int),
        "xcb_get_setup": ((pointer,), pointer),
        "xcb_setup_roots_iterator": ((pointer,), _Screens),
        "xcb_flush": ((pointer,), ctypes.c_int),
        "xcb_get_keyboard_mapping": ((pointer, byte, byte), _Cookie),
        "xcb_get_keyboard_mapping_reply": (
            (pointer, _Cookie, pointer),
            ctypes.POINTER(_Mapping),
        ),
        "xcb_grab_key_checked": (
            (pointer, byte, number, short, byte, byte, byte),
            _Cookie,
        ),
        "xcb_ungrab_key": ((pointer, byte, number, short), _Cookie),
        "xcb_request_check": ((pointer, _Cookie), pointer),
        "xcb_poll_for_event": ((pointer,), ctypes.POINTER(_KeyEvent)),
    }
    for name, (arguments, result) in shapes.items():
        call = getattr(xcb, name)
        call.argtypes, call.restype = arguments, result
    return xcb
