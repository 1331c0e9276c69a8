"""A window that is under way before anybody knows what it is to show.

Its process needs as long for Qt as the launcher needs for the record, so both are done
at once. What this module loads, everybody waits for.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Self

from sidelight.session.launching import Show
from sidelight.session.process import interrupts_ignored

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.process import ChildProcess


class FirstWindow:
    """Starts windows, as a launcher wants it; the first was started before it did.

    In a ``with`` block: one that nobody took is ended with it, unseen.

    Args:
        start: Starts a window's process.
    """

    def __init__(self, start: Callable[[], ChildProcess]) -> None:
        self._start = start
        self._first: ChildProcess | None = start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        first, self._first = self._first, None
        if first is not None:
            with interrupts_ignored():
                first.end(gentle_s=0)

    def __call__(self) -> ChildProcess:
        """The first window; after that, a new one each time."""
        first, self._first = self._first, None
        return first or self._start()

    def show(self) -> None:
        """Let it be seen while the rest is got ready; again does no harm."""
        if self._first is not None:
            # That it is gone is noticed by whoever takes it.
            with suppress(BrokenPipeError, ConnectionResetError):
                self._first.connection.send(Show())
