"""One session at a time in one place: a lock that a dying process lets go of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.domain.errors import UserError


@contextmanager
def only_one(path: Path, taken: UserError) -> Iterator[None]:
    """Hold the lock; the system releases it when the process ends, however it ends.

    Args:
        path: The lock file; its folder exists.
        taken: Raised when another process holds it.
    """
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise taken from None
    try:
        yield
    finally:
        lock.release()
