"""Lets one set-up work in a checkout at a time, across processes."""

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from setup_steps.reporting import SetupError, say

POLL_S = 0.2

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextlib.contextmanager
def one_at_a_time(guard: Path) -> Iterator[None]:
    """Hold the guard file; wait, with a word about it, while another holds it.

    The system lets go of the lock when its holder ends, however it ends; so an
    interrupted set-up never blocks the next one.

    Args:
        guard: The file to lock; made where it is missing and left there.

    Raises:
        SetupError: The folder cannot be written.
    """
    try:
        handle = os.open(guard, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SetupError(
            f"The folder {guard.parent} cannot be written ({error.strerror}).",
            "Clone the repository into a folder of your own and run this there.",
        ) from error
    try:
        if not _try_lock(handle):
            say("Another set-up works in this folder; waiting for it to finish.")
            while not _try_lock(handle):
                time.sleep(POLL_S)
        yield
    finally:
        os.close(handle)
