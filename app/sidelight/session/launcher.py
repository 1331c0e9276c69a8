"""Starts engine and window as processes, keeps both alive, ends both in order.

The launcher is the ``sidelight`` command itself. It looks after processes and knows
nothing of what they do; each child says once, over its pipe, whether it could begin.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

from sidelight.domain.errors import UserError
from sidelight.session.client import ControlClient, kill_engine
from sidelight.session.launching import Began, Refused, Show
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import Quit, TakeOver
from sidelight.session.process import interrupts_ignored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.session.continuing import Anchor
    from sidelight.session.process import ChildProcess

_BEGIN_S: Final = 60.0
"""For a child's imports on a very busy computer; usually under a second."""

SPARE_AFTER_S: Final = 5.0
"""When a spare engine is got ready: not while everything else starts."""

_LEAVE_S: Final = 10.0
"""For the engine to store what it has after ``Quit``."""

_WINDOW_STARTS: Final = 5
"""A window that dies more often than this does not come back."""

_ENGINE_STARTS: Final = 5
"""Nor an engine, within …"""

_ENGINE_STARTS_S: Final = 600.0
"""… this time: then something is wrong that starting again does not mend."""

_SEE_LOG: Final = "The log in Sidelight's data folder says where."

_log = logging.getLogger(__name__)


class Launcher:
    """Owns the two children; use it in a ``with`` block, in the main thread.

    Attributes:
        began: Whether the engine could begin.
        window_closed: Whether a person has closed the window.

    Args:
        start_engine: Starts it, for a new session or where the last one was left.
        start_spare: Starts one that has done all that takes time, and waits for an
            ``Anchor``; ``None``: a dead engine's place is taken from scratch.
        start_window: Starts the window, each time it is needed; ``None``: there is
            none.
        run_folder: Where the engine listens.
    """

    def __init__(
        self,
        start_engine: Callable[[Anchor | None], ChildProcess],
        start_window: Callable[[], ChildProcess] | None,
        run_folder: Path,
        *,
        start_spare: Callable[[], ChildProcess] | None = None,
    ) -> None:
        self._start_engine = start_engine
        self._start_spare = start_spare
        self._spare: ChildProcess | None = None
        self._spare_due = 0.0
        self._start_window = start_window
        self._run_folder = run_folder
        self._engine: ChildProcess | None = None
        self._engine_starts: list[float] = []
        self._window: ChildProcess | None = None
        self.began = False
        self._window_starts = 0
        self.window_closed = False

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing running, whatever happened and however often Ctrl-C is hit."""
        with interrupts_ignored():
            self.end()

    def begin(self) -> ControlClient:
        """Start window and engine at once.

        The window is seen as soon as it can be, and says that it is getting ready; what
        there is to show it is told when the engine has begun.

        Returns:
            A client of the engine, to be closed by the caller.

        Raises:
            UserError: The engine could not begin.
        """
        window = self._start_window_alone()
        client = self._open_engine(None)
        _say(window, Began())
        return client

    def show(self) -> None:
        """Open the window to an engine that somebody else looks after."""
        self._open_window()

    def join(self) -> ControlClient:
        """Look after an engine that lost its launcher; open a window to it.

        Returns:
            A client of the engine, to be closed by the caller.

        Raises:
            UserError: None is running.
        """
        client = ControlClient.connect(self._run_folder)
        self.began = True
        client.send(TakeOver())  # the window of the launcher before is still open
        self._open_window()
        return client

    def revive(self, anchor: Anchor) -> ControlClient:
        """Start an engine in place of one that died or stands still.

        Args:
            anchor: Where the session was when it was last seen alive.

        Returns:
            A client of the new engine, to be closed by the caller.

        Raises:
            UserError: It could not begin, or died too often.
        """
        now = time.monotonic()
        recent = [at for at in self._engine_starts if now - at < _ENGINE_STARTS_S]
        if len(recent) >= _ENGINE_STARTS:
            raise UserError(
                "Sidelight's engine stopped working several times.", _SEE_LOG
            )
        self._engine_starts = [*recent, now]
        if self._engine is not None:
            _log.warning("the engine ended with %s", self._engine.exit_code)
            self._engine.kill()
            self._engine = None
        else:
            kill_engine(self._run_folder)
        return self._open_engine(anchor)

    def look_after_spare(self) -> None:
        """Have another engine ready, some seconds after the last began.

        Call it often; it returns at once.
        """
        if self._spare is not None and self._spare.exit_code is not None:
            self._spare.end()
            self._spare = None
            self._spare_due = time.monotonic() + _ENGINE_STARTS_S
        due = self.began and time.monotonic() >= self._spare_due
        if self._start_spare is not None and self._spare is None and due:
            self._spare = self._start_spare()

    def look_after_window(self) -> None:
        """Start the window again if it died. Call it often; it returns at once.

        A window that a person closed stays closed: ``window_closed`` is set then.

        Raises:
            UserError: It said why it cannot be shown, or died again and again.
        """
        window = self._window
        if window is None or window.exit_code is None:
            return
        refusal = _refusal(window)
        code = window.exit_code
        window.end()
        self._window = None
        if refusal is not None:
            raise refusal
        if code == 0:
            self.window_closed = True
            return
        _log.warning("the window ended with %d", code)
        if self._window_starts >= _WINDOW_STARTS:
            raise UserError(
                "The window stopped working several times.",
                _SEE_LOG,
            )
        self._open_window()

    def wait_for_window(self, timeout_s: float) -> bool:
        """Wait until the window was closed, or closed itself.

        Returns:
            Whether it is closed.

        Raises:
            UserError: As ``look_after_window``.
        """
        deadline = time.monotonic() + timeout_s
        while not self.window_closed:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if self._window is not None:
                self._window.join(min(left, 0.5))
            self.look_after_window()
        return True

    @property
    def engine_lives(self) -> bool:
        """Whether the engine is there."""
        return self._engine is not None and self._engine.exit_code is None

    def end(self) -> None:
        """End the window, then the engine, which stores what it has before it goes."""
        if self._window is not None:
            self._window.end(gentle_s=0)
            self._window = None
        if self._spare is not None:
            self._spare.end(gentle_s=0)
            self._spare = None
        if self.began:
            # Not before: another program's engine may be the one that listens there.
            self._ask_engine_to_leave()
        if self._engine is None:
            return
        if self.began:
            self._engine.join(_LEAVE_S)
        self._engine.end()
        self._engine = None

    def _open_engine(self, anchor: Anchor | None) -> ControlClient:
        self._engine = self._from_spare(anchor) or self._start_engine(anchor)
        self._spare_due = time.monotonic() + SPARE_AFTER_S
        _await_begin(self._engine)
        self.began = True
        return ControlClient.connect(self._run_folder)

    def _from_spare(self, anchor: Anchor | None) -> ChildProcess | None:
        spare, self._spare = self._spare, None
        if spare is None:
            return None
        try:
            if spare.exit_code is None and anchor is not None:
                spare.connection.send(anchor)
                return spare
        except (BrokenPipeError, ConnectionResetError):
            pass
        spare.end(gentle_s=0)
        return None

    def _open_window(self) -> None:
        _say(self._start_window_alone(), Began())

    def _start_window_alone(self) -> ChildProcess | None:
        if self._start_window is not None:
            self._window_starts += 1
            self._window = self._start_window()
        _say(self._window, Show())
        return self._window

    def _ask_engine_to_leave(self) -> None:
        try:
            with ControlClient.connect(self._run_folder) as client:
                client.send(Quit())
                # Until it hangs up: a client that leaves at once may not be heard.
                while client.receive(_LEAVE_S) is not None:
                    pass
        except (UserError, ConnectionLost):
            _log.info("the engine had left already")


def _say(window: ChildProcess | None, word: Show | Began) -> None:
    if window is not None:
        # That it is gone is noticed where windows are looked after.
        with suppress(BrokenPipeError, ConnectionResetError):
            window.connection.send(word)


def _await_begin(child: ChildProcess) -> None:
    deadline = time.monotonic() + _BEGIN_S
    try:
        while not child.connection.poll(0.1):
            if time.monotonic() > deadline:
                raise UserError(
                    "Sidelight's engine does not start; the computer is very busy.",
                    "Try again when it is not.",
                )
        said = child.connection.recv()
    except (EOFError, OSError):
        raise UserError(
            "Sidelight's engine could not start.",
            _SEE_LOG,
        ) from None
    if isinstance(said, Refused):
        raise said.fault


def _refusal(child: ChildProcess) -> UserError | None:
    """What an ended child said about why."""
    try:
        while child.connection.poll():
            said = child.connection.recv()
            if isinstance(said, Refused):
                return said.fault
    except (EOFError, OSError):
        pass
    return None
