"""A child process from the inside: its border, and whether its parent is there."""

from __future__ import annotations

import logging
import multiprocessing
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sidelight import logs
from sidelight.domain.errors import UserError
from sidelight.network import guard
from sidelight.record.dumps import keep_memory_out_of_dumps
from sidelight.session.launching import Refused
from sidelight.session.lost import ConnectionLost
from sidelight.session.process import ignore_interrupts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

_log = logging.getLogger(__name__)


@contextmanager
def child_border(connection: Connection, log_folder: Path, name: str) -> Iterator[None]:
    """The world's faults go to the launcher, ours to the log.

    Args:
        connection: To the launcher.
        log_folder: For this process's log.
        name: Of the log: engine, window, home.
    """
    guard.install()
    keep_memory_out_of_dumps()  # before there is a key, or a word, in it
    ignore_interrupts()
    logs.silence_streams()
    logs.set_up(log_folder, name)
    logs.install_borders()
    try:
        yield
    except UserError as fault:
        try:
            connection.send(Refused(fault))
        except OSError:
            _log.info("nobody is left to be told")
        sys.exit(1)
    except ConnectionLost:
        _log.info("the engine is gone")
        sys.exit(1)


def launcher_is_gone() -> bool:
    """Whether the process that started this one has ended."""
    parent = multiprocessing.parent_process()
    return parent is not None and not parent.is_alive()
