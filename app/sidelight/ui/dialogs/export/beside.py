"""Answers an export window where no desk is: in the window of the session itself.

Its story is here, the record with sound and consent is not: the engine says what the
client agreed to, and what was asked before it did waits. Documents are made in a
thread.
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
        consent_asked: The engine is to say what the client agreed to.

    Args:
        tasks: The thread, and who hears of what went wrong in it.
        story: The session as it is when something is asked.
        engine: Whether the engine is there.
        parent: Qt's.
    """

    told = Signal(object)
    consent_asked = Signal()

    def __init__(
        self,
        tasks: Tasks,
        story: Callable[[], Story],
        engine: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._story = story
        self._engine = engine
        self._consent: str | None = None
        self._waiting: list[ExportRequest] = []

    @Slot(object)
    def ask(self, request: ExportRequest) -> None:
        """Do this; it is told by signal."""
        if self._consent is None:
            self._waiting.append(request)
            self.consent_asked.emit()
            self.look_for_engine()
        else:
            self._make(request, self._consent)

    @Slot()
    def look_for_engine(self) -> None:
        """Without it nobody answers: what is exported then says that it has none."""
        if self._waiting and not self._engine():
            self.take_consent("")

    @Slot(str)
    def take_consent(self, text: str) -> None:
        """What the record has of the client's consent to hand the session in.

        The first answer holds as long as the window is open.
        """
        if self._consent is not None:
            return
        self._consent = text
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            self._make(request, text)

    def _make(self, request: ExportRequest, consent: str) -> None:
        story = self._story()

        @contextmanager
        def opened(_: str) -> Iterator[tuple[None, Story]]:
            yield None, story

        self._tasks.run(
            lambda: self.told.emit(answer_export(request, opened, lambda _: consent))
        )
