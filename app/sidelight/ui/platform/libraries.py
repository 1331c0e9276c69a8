"""Libraries of X11, by the names under which the system itself loads them.

``ctypes.util.find_library`` starts ``ldconfig`` and reads its list, each time it is
asked: a window does not wait for that.
"""

from __future__ import annotations

import ctypes
from typing import Final

XCB: Final = "libxcb.so.1"
XCB_CURSOR: Final = "libxcb-cursor.so.0"
"""The one library of Qt's X11 plug-in that a plain desktop may lack."""


def library(name: str) -> ctypes.CDLL | None:
    """The library, loaded; ``None`` where there is none.

    Args:
        name: One of those above.
    """
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
