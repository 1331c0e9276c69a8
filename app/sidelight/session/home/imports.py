"""Recordings that home brings in: the owner of the process that does it.

One process at a time; what is added meanwhile waits for it. A session that begins ends
it; afterwards what was not complete goes on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import Millis
from sidelight.session.home.messages import ImportsSeen
from sidelight.session.importing.progress import Progress, Stands
from sidelight.session.launching import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from sidelight.session.importing.wanted import Recording
    from sidelight.session.process import ChildProcess

_DIED: Final = (
    "Bringing this recording in stopped unexpectedly.",
    "Bring it in again: it goes on where it stopped.",
)


class Imports:
    """Every recording since home was opened, and how far it is.

    Args:
        start: Starts the process for these recordings; raises ``UserError`` where there
            is no speech model.
        tell: Tells home.
        done: Called when nothing is left to do: there are new sessions.
    """

    def __init__(
        self,
        start: Callable[[Sequence[Recording]], ChildProcess],
        tell: Callable[[ImportsSeen], None],
        done: Callable[[], None],
    ) -> None:
        self._start = start
        self._tell = tell
        self._done = done
        self._recordings: list[Recording] = []
        self._lines: list[Progress] = []
        self._running: list[int] = []
        self._child: ChildProcess | None = None
        self._fault: tuple[str, str] = _DIED

    @property
    def connection(self) -> Connection | None:
        """To wait on; ``None``: there is no process."""
        return None if self._child is None else self._child.connection

    @property
    def busy(self) -> bool:
        """Whether anything is not over."""
        return any(not line.stands.over for line in self._lines)

    def bring_in(self, recordings: Sequence[Recording]) -> None:
        """Bring these in too.

        Raises:
            UserError: There is no speech model; nothing has begun.
        """
        first = len(self._lines)
        self._recordings += recordings
        self._lines += [Progress(first + n, x.name) for n, x in enumerate(recordings)]
        try:
            self.go_on()
        except BaseException:
            del self._recordings[first:], self._lines[first:]
            raise
        self.show()

    def cancel(self, number: int) -> None:
        """Cancel one; the same recording goes on when it is brought in again."""
        if self._child is not None and number in self._running:
            self._child.connection.send(self._running.index(number))
        elif not self._lines[number].stands.over:
            self._set(number, stands=Stands.STOPPED)
            self.show()

    def go_on(self) -> None:
        """Begin what waits, unless something is being done.

        Raises:
            UserError: There is no speech model.
        """
        waiting = [line.number for line in self._lines if not line.stands.over]
        if self._child is not None or not waiting:
            return
        self._child = self._start([self._recordings[number] for number in waiting])
        self._running = waiting
        self._fault = _DIED

    def hear(self) -> None:
        """Take in what the process told since the last call, and tell home."""
        child = self._child
        try:
            while child is not None and child.connection.poll():
                said: Progress | Refused = child.connection.recv()
                if isinstance(said, Refused):
                    self._fault = said.fault.message, said.fault.remedy
                else:
                    number = self._running[said.number]
                    self._lines[number] = replace(said, number=number)
        except (EOFError, ConnectionResetError):
            self._over(*self._fault)
        self.show()

    def pause(self) -> None:
        """End the process; what is not complete waits. Harmless where there is none."""
        self._let_go()
        for line in self._lines:
            if not line.stands.over:
                self._set(line.number, stands=Stands.WAITING, at=Millis(0), of=None)

    def show(self) -> None:
        """Tell home how it stands."""
        self._tell(ImportsSeen(tuple(self._lines)))

    def _over(self, message: str, remedy: str) -> None:
        running = self._running
        self._let_go()
        for number in running:
            if not self._lines[number].stands.over:
                self._set(number, stands=Stands.FAILED, message=message, remedy=remedy)
        self.go_on()  # what was added meanwhile
        if self._child is None:
            self._done()

    def _let_go(self) -> None:
        child, self._child = self._child, None
        self._running = []
        if child is not None:
            child.end()

    def _set(self, number: int, **changed: object) -> None:
        self._lines[number] = replace(self._lines[number], **changed)  # type: ignore[arg-type]
