"""The process that brings recordings in for home: it tells, and is told to cancel."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from sidelight.session.importing.batch import Batch
    from sidelight.session.importing.progress import Progress


class Telling:
    """Sends progress; that nobody is there to hear it stops the batch elsewhere."""

    def __init__(self, connection: Connection) -> None:
        """Take the launcher's end."""
        self._connection = connection

    def __call__(self, progress: Progress) -> None:
        """Thread: any, one call after the other."""
        try:
            self._connection.send(progress)
        except (BrokenPipeError, ConnectionResetError):
            return


def serve(connection: Connection, batch: Batch) -> None:
    """Run a batch until it is over, or the launcher hangs up.

    Args:
        connection: Gives the numbers of recordings to cancel.
        batch: Tells through ``Telling``.

    Raises:
        UserError: A session began.
    """

    def obey() -> None:
        try:
            while True:
                batch.cancel(int(connection.recv()))
        except (EOFError, OSError):
            batch.stop()

    # It waits in the pipe, which only the end of this process closes.
    threading.Thread(target=obey, name="import-orders", daemon=True).start()
    batch.run()
