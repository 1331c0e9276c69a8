"""One session at a time in one place: a lock that a dying process lets go of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.domain.errors import UserError


ENGINE_LOCK: Final = "engine.lock"
"""In the run folder; held by its engine."""


@contextmanager
def only_one(
    path: Path, taken: UserError, *, patience_s: float = 0.0
) -> Iterator[None]:
    """Hold the lock; the system releases it when the process ends, however it ends.

    Args:
        path: The lock file; its folder exists.
        taken: Raised when another process holds it.
        patience_s: How long to wait for it: a process that was killed takes a moment to
            be gone.
    """
    lock = FileLock(path, timeout=patience_s, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise taken from None
    try:
        yield
    finally:
        lock.release()


def is_taken(path: Path) -> bool:
    """Whether another process holds the lock now."""
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return True
    lock.release()
    return False


def engine_runs(run: Path) -> bool:
    """Whether there is an engine in this run folder, whether or not it answers yet."""
    return is_taken(run / ENGINE_LOCK)
