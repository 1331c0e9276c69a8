"""Waking a thread that waits at a connection."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def shut(connection: Connection) -> None:
    """Wake every thread that reads from or writes to the connection, with an error."""
    if sys.platform == "win32":
        connection.close()
        return
    with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as twin:
        twin.shutdown(socket.SHUT_RDWR)
