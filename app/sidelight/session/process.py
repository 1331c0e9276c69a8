"""Child processes: started fresh ("spawn"), never interrupted by Ctrl-C, always ended.

A child inherits nothing but what is handed to it. Ctrl-C reaches the whole process
group; only the launcher acts on it and then ends its children in order.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

_GENTLE_S: Final = 1.0
_FIRM_S: Final = 2.0


class ChildProcess:
    """A running child and the pipe to it.

    Args:
        target: A module-level function, called in the child as
            ``target(connection, *arguments)``.
        arguments: Small values that can be pickled.
        name: For the list of processes.
    """

    def __init__(
        self, target: Callable[..., Any], arguments: tuple[object, ...], name: str
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self._process = context.Process(
            target=target, args=(theirs, *arguments), name=name
        )
        with theirs, interrupts_ignored():
            self._process.start()
        self.pid = self._process.pid or 0

    @property
    def exit_code(self) -> int | None:
        """``None`` while it runs; negative: the signal that ended it."""
        if wait([self.sentinel], timeout=0):
            # The system takes a child's pipes before it gives the code: whoever asked
            # between the two took a window that was closed for one that had died.
            self.join(_GENTLE_S)
        return self._process.exitcode

    @property
    def sentinel(self) -> int:
        """Becomes ready (``multiprocessing.connection.wait``) when the child ends."""
        return self._process.sentinel

    def join(self, timeout_s: float) -> bool:
        """Wait for its end.

        Returns:
            Whether it has ended.
        """
        self._process.join(timeout_s)
        return self._process.exitcode is not None

    def kill(self) -> None:
        """End it now: it stands still. Nothing of it is left afterwards."""
        self._process.kill()
        self.end(gentle_s=0)

    def end(self, gentle_s: float = _GENTLE_S) -> None:
        """Hang up, wait a little, then make sure. Nothing of it is left afterwards."""
        self.connection.close()
        if not self.join(gentle_s):
            self._process.terminate()
            if not self.join(_FIRM_S):
                self._process.kill()
                self._process.join()
        self._process.close()


def ignore_interrupts() -> None:
    """Leave Ctrl-C to the launcher. First thing in a child's main thread.

    A terminal that is closed takes its programs with it; the recording stays.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, signal.SIG_IGN)


@contextmanager
def terminates_in_order() -> Iterator[None]:
    """Treat a polite request to end like Ctrl-C, so that children are ended too."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def interrupts_ignored() -> Iterator[None]:
    """Deaf to Ctrl-C for a moment; a child that is started meanwhile stays deaf."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only a main thread may touch signals, and only the launcher must
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
