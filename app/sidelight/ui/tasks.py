"""Work that would make the window wait, done in another thread.

What is slow, such as writing a picture, runs one after the other, in order.
This is one of the four borders: an unexpected error is logged without its content.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from sidelight.domain.errors import UserError
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_log = logging.getLogger(__name__)


class _Work(QRunnable):
    def __init__(self, work: Callable[[], None], tasks: Tasks) -> None:
        super().__init__()
        self._work = work
        self._tasks = tasks

    def run(self) -> None:
        try:
            self._work()
        except UserError as error:
            self._tasks.failed.emit(error)
        except Exception as error:  # noqa: BLE001 - the border for background work
            _log.error("background work failed: %s", type(error).__name__)
            self._tasks.failed.emit(
                UserError(
                    tr("Something went wrong inside the program."),
                    tr("The recording goes on; the log names the place."),
                )
            )


class Tasks(QObject):
    """Runs work off the window's thread, in the order it was given.

    Signals:
        failed: Carries a ``UserError``; arrives in the window's thread.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def run(self, work: Callable[[], None]) -> None:
        """Do this after everything given before; faults reach ``failed``."""
        self._pool.start(_Work(work, self))

    def finish(self) -> None:
        """Wait until everything given so far is done."""
        self._pool.waitForDone()
