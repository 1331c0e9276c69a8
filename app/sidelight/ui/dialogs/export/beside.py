"""Answers an export window where no desk is: in the window of the session itself.

Its story is here, the key to its sound is not; documents are made in a thread.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sidelight.session.exporting import answer_export

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.domain.story import Story
    from sidelight.session.export_messages import ExportRequest
    from sidelight.ui.tasks import Tasks


class ExportBeside(QObject):
    """Makes what is asked for, one after the other.

    Signals:
        told: What came of it (``ExportNews``), in the window's thread.

    Args:
        tasks: The thread, and who hears of what went wrong in it.
        story: The session as it is when something is asked.
        parent: Qt's.
    """

    told = Signal(object)

    def __init__(
        self, tasks: Tasks, story: Callable[[], Story], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._story = story

    @Slot(object)
    def ask(self, request: ExportRequest) -> None:
        """Do this; it is told by signal."""
        story = self._story()

        @contextmanager
        def opened(_: str) -> Iterator[tuple[None, Story]]:
            yield None, story

        self._tasks.run(lambda: self.told.emit(answer_export(request, opened)))
