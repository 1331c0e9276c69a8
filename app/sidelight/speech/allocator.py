"""Memory settings that make the encoder cheaper, for the process that recognises."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

# From glibc's <malloc.h>.
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_MAX: Final = -4
_M_ARENA_MAX: Final = -8
_KEEP_EVERYTHING: Final = 2**31 - 1


def keep_large_allocations() -> bool:
    """Let glibc reuse the encoder's large buffers instead of returning them each time.

    Encoding a 30-s window allocates over 32 MB at a time; glibc maps and unmaps each,
    and the page faults were over 40 % of the encoder's time (measured, ctranslate2 4.8,
    int8). Call it at the start of the process that recognises, before ctranslate2 is
    imported: it changes the whole process, and what it allocated it keeps.

    Returns:
        Whether it took effect: only with glibc on Linux.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):
        return False
    settings = (
        (_M_MMAP_MAX, 0),
        (_M_TRIM_THRESHOLD, _KEEP_EVERYTHING),
        (_M_ARENA_MAX, 1),
    )
    done = [int(libc.mallopt(option, value)) for option, value in settings]
    return min(done) == 1
