"""Keeps a process's memory, and the keys in it, out of crash files."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from typing import Final

_PR_SET_DUMPABLE: Final = 4
"""``prctl(2)``: with 0 no core file is written, and no other program of this user may
read the memory."""


def keep_memory_out_of_dumps() -> None:
    """From now on a crash of this process writes no memory to the disk.

    Windows writes none unless its user asked for it (LocalDumps); nothing to do there.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    with suppress(ValueError, OSError):  # a lower limit is as good
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
