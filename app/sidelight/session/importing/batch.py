"""Several recordings, as many at once as there are places; each may be cancelled."""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.errors import UserError
from sidelight.session.importing.progress import DOING, Doing, Progress, Stands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.domain.timeline import Millis
    from sidelight.session.importing.wanted import Recording
    from sidelight.session.importing.work import BroughtIn, Far

_TICK_S: Final = 0.2
_log = logging.getLogger(__name__)

OUR_FAULT: Final = (
    "Something went wrong that should not; the other recordings go on.",
    "The log in Sidelight's data folder says where; the file is as it was.",
)


class BringIn(Protocol):
    """Brings one recording in: ``work.Importer.bring_in``."""

    def __call__(
        self, recording: Recording, look: Callable[[], None], far: Far
    ) -> BroughtIn:
        """Raises ``UserError`` where it cannot be."""
        ...


class _Stopped(Exception):  # noqa: N818 - it is news, not a mistake
    pass


class Batch:
    """Owns a thread for each place.

    Args:
        recordings: What is wanted, in order.
        places: How many at once.
        bring_in: Brings one in. Thread: each place's.
        tell: Told each change, one after the other. Thread: any.
        look: Whether the computer is needed for something else: what it raises stops
            the whole batch, and is raised by ``run``.
    """

    def __init__(
        self,
        recordings: Sequence[Recording],
        places: int,
        bring_in: BringIn,
        tell: Callable[[Progress], None],
        look: Callable[[], None] = lambda: None,
    ) -> None:
        self._recordings = recordings
        self._bring_in = bring_in
        self._tell = tell
        self._look = look
        self._turn = threading.Lock()
        self._stopping = threading.Event()
        self._cancelled = [threading.Event() for _ in recordings]
        self._reason: UserError | None = None
        self._waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.progress = [Progress(n, one.name) for n, one in enumerate(recordings)]
        for number in range(len(recordings)):
            self._waiting.put(number)
        self._threads = [
            threading.Thread(target=self._work, name=f"import-{place}")
            for place in range(min(places, len(recordings)))
        ]

    def run(self) -> None:
        """Until every recording is over. Ctrl-C, or whatever is raised, stops all.

        Raises:
            UserError: ``look`` raised it.
        """
        for thread in self._threads:
            thread.start()
        try:
            for thread in self._threads:
                while thread.is_alive():
                    thread.join(_TICK_S)
        finally:
            self.stop()
            for thread in self._threads:
                thread.join()
        if self._reason is not None:
            raise self._reason

    def stop(self) -> None:
        """Cancel what is not over. Thread: any."""
        self._stopping.set()

    def cancel(self, number: int) -> None:
        """Cancel one of them. Thread: any."""
        self._cancelled[number].set()

    def _work(self) -> None:
        while True:
            try:
                number = self._waiting.get_nowait()
            except queue.Empty:
                return
            self._one(number)

    def _one(self, number: int) -> None:
        look = self._looker(number)

        def far(doing: Doing, at: Millis, of: Millis | None) -> None:
            self._note(number, stands=DOING[doing], at=at, of=of)

        try:
            look()
            done = self._bring_in(self._recordings[number], look, far)
        except _Stopped:
            self._note(number, stands=Stands.STOPPED)
        except UserError as fault:
            self._fail(number, fault)
        except Exception as error:  # noqa: BLE001 - a border: the others go on
            _log.error("an import failed", exc_info=error)
            self._fail(number, UserError(*OUR_FAULT))
        else:
            if done.fault is not None:
                self._fail(number, done.fault, done.session)
                return
            stands = Stands.THERE if done.there else Stands.DONE
            layout = None if done.there else done.layout
            self._note(number, stands=stands, session=done.session, layout=layout)

    def _looker(self, number: int) -> Callable[[], None]:
        def look() -> None:
            if self._stopping.is_set() or self._cancelled[number].is_set():
                raise _Stopped
            try:
                self._look()
            except UserError as reason:
                self._reason = reason
                self.stop()
                raise _Stopped from None

        return look

    def _fail(self, number: int, fault: UserError, session: str = "") -> None:
        self._note(
            number,
            stands=Stands.FAILED,
            session=session,
            message=fault.message,
            remedy=fault.remedy,
        )

    def _note(self, number: int, **changed: object) -> None:
        with self._turn:
            new = replace(self.progress[number], **changed)  # type: ignore[arg-type]
            self.progress[number] = new
            self._tell(new)
