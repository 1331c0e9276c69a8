"""Logging without content: where something went wrong, never what was said.

Our own log lines hold ids, positions and counts. An exception is written as its type
and the places in the code it passed: its message may quote a session, so it is left
out.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_LOGGER: Final = "sidelight"
_LINE: Final = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
_LARGEST: Final = 1_000_000
_KEPT: Final = 2

ExceptionInfo = (
    tuple[type[BaseException], BaseException, "TracebackType | None"]
    | tuple[None, None, None]
)


class ContentFreeFormatter(logging.Formatter):
    """Writes exceptions as types and places."""

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - inherited
        """The exception and what it came from, one line each, without messages."""
        lines = []
        error = ei[1]
        while error is not None:
            places = " < ".join(
                f"{Path(step.filename).name}:{step.lineno} {step.name}"
                for step in reversed(traceback.extract_tb(error.__traceback__))
            )
            lines.append(f"{type(error).__qualname__} at {places or 'no place'}")
            error = error.__cause__ or (
                None if error.__suppress_context__ else error.__context__
            )
        return "\n  from ".join(lines)


def set_up(folder: Path, process: str) -> None:
    """Write this process's log to a small rotating file, and nothing anywhere else.

    Where the folder cannot be written there is no log: the program still runs.

    Args:
        folder: Made where missing, private to this user.
        process: Name of the file: engine, worker, window.
    """
    # Other libraries may log what they were given; they have no handler to write to.
    logging.getLogger().addHandler(logging.NullHandler())
    logger = logging.getLogger(_LOGGER)
    logger.setLevel(logging.INFO)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / f"{process}.log",
            maxBytes=_LARGEST,
            backupCount=_KEPT,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        return
    handler.setFormatter(ContentFreeFormatter(_LINE))
    logger.addHandler(handler)
    # A full disk must not print tracebacks over the person's terminal.
    logging.raiseExceptions = False


def install_borders(tell: Callable[[], None] = lambda: None) -> None:
    """Catch what nobody caught: log it without content, tell the person once.

    Args:
        tell: Called at the first one only, in the thread where it happened.
    """
    told = threading.Event()

    def border(error: BaseException | None) -> None:
        logging.getLogger(_LOGGER).critical("unexpected error", exc_info=error)
        if not told.is_set():
            told.set()
            tell()

    def from_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_type is not SystemExit:
            border(arguments.exc_value)

    def from_main(
        kind: type[BaseException],
        error: BaseException,
        places: TracebackType | None,
    ) -> None:
        del kind, places
        border(error)

    sys.excepthook = from_main
    threading.excepthook = from_thread


def silence_streams() -> None:
    """Give a child process nowhere to print: its words belong in the log."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
