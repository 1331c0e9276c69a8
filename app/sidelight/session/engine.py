"""The engine: owns a session from its first sample to its last event. No Qt.

It starts and stops capture, recorder, supervisor and control server, each a thread of
its own, and itself only watches. The order of the end: no more sound → the rest is
recognised → ``SessionEnded`` → the files are closed; then it serves whoever still looks
until it is told to quit.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    MarkPlaced,
    SessionEnded,
    SessionStarted,
    UtteranceHeard,
)
from sidelight.domain.moments import Mark
from sidelight.domain.timeline import Millis, to_millis
from sidelight.session.capture import Capture, Spool
from sidelight.session.control import ControlServer
from sidelight.session.eventlog import EventLog
from sidelight.session.messages import (
    AskStatus,
    End,
    FaultTold,
    Follow,
    Health,
    Levels,
    PartialHeard,
    PlaceMark,
    Quit,
    Status,
)
from sidelight.session.recorder import EventStore, Recorder
from sidelight.session.sound import Arrivals, KeptSound, SessionSound
from sidelight.session.supervisor import Supervisor, Worker, WorkerLimits
from sidelight.session.worker import Begin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sidelight.audio.source import Source
    from sidelight.domain.events import StoredEvent
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Partial
    from sidelight.session.messages import Request

STATUS_INTERVAL_S: Final = 0.25

_log = logging.getLogger(__name__)


class SessionFiles(EventStore, Protocol):
    """What the record keeps of a session: ``record.events.SessionStore``."""

    def events(self, after: int = 0) -> Sequence[StoredEvent]:
        """The stored events after a number, in order. Any thread."""
        ...

    def open_spool(self) -> Spool:
        """Start the session's sound."""
        ...

    def read_spool(self) -> KeptSound:
        """Read it back; one reader for each thread."""
        ...


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What an engine is made of.

    Attributes:
        session: The session's fixed facts.
        source: Its sound.
        length_ms: How long that will be, or ``None`` while people speak.
        sound_waits: Let the sound begin when the recogniser is ready, or cannot be:
            for sound that waits without loss, such as a file.
        files: Where it is kept.
        run_folder: Existing private folder for the control socket.
        start_worker: Starts a recogniser.
        limits: Patience with it.
        now: Steady clock, seconds.
        abandoned: Whether nobody is left who could tell the engine to quit.
    """

    session: Session
    source: Source
    length_ms: int | None
    sound_waits: bool
    files: SessionFiles
    run_folder: Path
    start_worker: Callable[[], Worker]
    limits: WorkerLimits
    now: Callable[[], float]
    abandoned: Callable[[], bool]


class Engine:
    """Runs one session. ``run`` belongs to one thread; requests come from any."""

    def __init__(self, parts: EngineParts) -> None:
        self._parts = parts
        self._news = threading.Condition()
        self._end_asked = False
        self._quit_asked = False
        self._sound_failed = False
        self._ended = False
        arrivals = Arrivals()
        # Opened before it is read, so that there is something to read.
        spool = parts.files.open_spool()
        self._sound = SessionSound(parts.files.read_spool)
        self._log = EventLog(parts.files.events)
        self._server = ControlServer(parts.run_folder, self._log, self.ask)
        self._recorder = Recorder(
            store=parts.files,
            sound=self._sound,
            arrivals=arrivals,
            stored=self._publish,
            heard=self._show,
            failed=self._fault,
            now=parts.now,
        )
        self._capture = Capture(
            source=parts.source,
            spool=spool,
            sound=self._sound,
            arrivals=arrivals,
            offer=self._recorder.offer,
            levels=lambda dbfs: self._server.tell(Levels(dbfs)),
            failed=self._lose_sound,
            now=parts.now,
        )
        self._supervisor = Supervisor(
            start_worker=parts.start_worker,
            sound=self._sound,
            arrivals=arrivals,
            recorder=self._recorder,
            resume_point=self._resume_point,
            failed=self._fault,
            limits=parts.limits,
            now=parts.now,
        )

    def run(self, ready: Callable[[], None]) -> None:
        """Record until the sound ends or ``End``, serve until ``Quit``.

        Args:
            ready: Called once clients can connect.
        """
        self._server.start()
        try:
            self._recorder.start()
            try:
                self._recorder.post([SessionStarted(to_millis(0), self._parts.session)])
                ready()
                self._record()
            finally:
                self._recorder.stop()
            self._ended = True
            self._serve()
        finally:
            self._server.stop()

    def ask(self, request: Request) -> None:
        """A client wants something. Any thread; returns at once."""
        match request:
            case End():
                with self._news:
                    self._end_asked = True
                    self._news.notify()
            case Quit():
                with self._news:
                    self._quit_asked = True
                    self._news.notify()
            case AskStatus():
                self._server.tell(self._status())
            case PlaceMark(note=note):
                at = to_millis(self._sound.end)
                self._recorder.offer(MarkPlaced(at, Mark(at, note)))
            case Follow():
                pass  # the server's own business
            case _:
                assert_never(request)

    def _record(self) -> None:
        """From the first sample to ``SessionEnded``."""
        self._supervisor.start()
        capturing = stopping = False
        try:
            while not self._supervisor_is_done():
                if not capturing and self._sound_may_begin():
                    capturing = True
                    self._capture.start()
                self._server.tell(self._status())
                self._wait()
                if self._quit_asked or self._parts.abandoned():
                    break
                if self._end_asked and not stopping:
                    stopping = True
                    self._parts.source.stop()
        finally:
            self._capture.stop()
            self._supervisor.stop()
            self._sound.close()
            self._recorder.post([SessionEnded(to_millis(self._sound.end))])

    def _sound_may_begin(self) -> bool:
        state = self._supervisor.state
        ready = state.model != "" or state.broken
        return ready or self._end_asked or not self._parts.sound_waits

    def _supervisor_is_done(self) -> bool:
        # A recogniser that gave up early does not end the recording.
        return self._supervisor.finished and self._sound.complete

    def _serve(self) -> None:
        """The session is over; whoever still looks can read it."""
        self._server.tell(self._status())
        while not (self._quit_asked or self._parts.abandoned()):
            self._wait()

    def _wait(self) -> None:
        with self._news:
            if not self._quit_asked:
                self._news.wait(STATUS_INTERVAL_S)

    def _status(self) -> Status:
        state = self._supervisor.state
        if self._ended:
            health = Health.ENDED
        elif self._sound_failed:
            health = Health.NO_SOUND
        elif state.broken:
            health = Health.NO_RECOGNITION
        elif state.behind:
            health = Health.BEHIND
        else:
            health = Health.GOOD
        return Status(
            session=self._parts.session.id,
            model=state.model or self._parts.session.model,
            position=to_millis(self._sound.end),
            health=health,
            lag_ms=state.lag_ms,
            length_ms=self._parts.length_ms,
            compute_ms=state.compute_ms,
        )

    def _publish(self, stored: StoredEvent) -> None:
        self._log.append(stored)
        self._server.notice(stored)

    def _show(self, partial: Partial) -> None:
        self._server.tell(PartialHeard(partial))

    def _resume_point(self) -> Begin:
        """Where a new worker goes on: after everything that is final."""
        said = tuple(
            stored.event
            for stored in self._log.after(0, most=self._log.newest)
            if isinstance(stored.event, UtteranceHeard)
        )
        decided = said[-1].at if said else Millis(0)
        return Begin(decided, tuple(event.utterance for event in said))

    def _lose_sound(self, error: BaseException) -> None:
        self._sound_failed = True
        self._fault(error)

    def _fault(self, error: BaseException) -> None:
        """A border: say it once, without content, and go on."""
        if isinstance(error, UserError):
            self._server.tell(FaultTold(error.message, error.remedy))
            return
        _log.error("unexpected error", exc_info=error)
        self._server.tell(our_fault())


def our_fault() -> FaultTold:
    """What is said about a bug of ours."""
    return FaultTold(
        "Something went wrong inside Sidelight. The recording goes on.",
        "The log in its data folder says where, without any of what was said.",
    )
