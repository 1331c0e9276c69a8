"""Stepping aside: a session needs the whole computer, and comes first.

Whoever starts a session says so in a file, before anything else. The one who refines
looks whether its content has changed: looking at a lock would mean to hold it for a
moment, and to turn away a session that begins just then.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.session.client import engine_answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE_NAME: Final = "session-begins"

_ASK_EVERY_S: Final = 10.0
"""How often an engine is looked for that was there before, or was started otherwise."""


class SessionBegan(UserError):  # noqa: N818 - it is news, not a mistake
    """A session runs: nothing else computes meanwhile."""


_WAITS: Final = (
    "A session is running; refining waits.",
    "What was heard until now is kept; go on when the session has ended.",
)


def announce_session(run: Path) -> None:
    """Say that a session is about to begin.

    Args:
        run: The engine's run folder; it exists.

    Raises:
        UserError: The folder cannot be written.
    """
    try:
        (run / FILE_NAME).write_text(secrets.token_hex(8), encoding="ascii")
    except OSError as error:
        raise UserError(
            f"The folder {run} cannot be written ({error.strerror}).",
            "Make it writable for you, or free some space.",
        ) from error


class SessionWatch:
    """Notices that a session runs or begins.

    Args:
        run: The engine's run folder.
        runs: Whether an engine is there.
        now: Steady clock, seconds.
        because: What is said then: the two sentences.
    """

    def __init__(
        self,
        run: Path,
        *,
        because: tuple[str, str] = _WAITS,
        runs: Callable[[Path], bool] = engine_answers,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._run = run
        self._runs = runs
        self._now = now
        self._because = because
        self._before = self._said()
        self._asked_at: float | None = None

    def look(self) -> None:
        """Look once; cheap enough for every few seconds of computing.

        Raises:
            SessionBegan: A session runs, or is about to.
        """
        if self._said() != self._before:
            raise SessionBegan(*self._because)
        now = self._now()
        if self._asked_at is None or now - self._asked_at >= _ASK_EVERY_S:
            self._asked_at = now
            if self._runs(self._run):
                raise SessionBegan(*self._because)

    def _said(self) -> str:
        try:
            return (self._run / FILE_NAME).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return ""
