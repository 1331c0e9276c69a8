"""The engine: owns a session from its first sample to its last event. No Qt.

It starts and stops capture, recorder, supervisor and control server, each a thread of
its own, and itself only watches. The order of the end: no more sound → the rest is
recognised → ``SessionEnded`` → the files are closed and what must go is gone; then it
serves whoever still looks until it is told to quit.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, assert_never

import numpy as np

from sidelight.audio.watch import Trouble
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    LanguageDecided,
    MarkPlaced,
    SessionEnded,
    SessionStarted,
)
from sidelight.domain.known import Known
from sidelight.domain.moments import Mark, MomentArmed
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import SAMPLE_RATE, to_millis, to_samples
from sidelight.domain.transcript import EchoHeard, Partial, VoicesHeard
from sidelight.domain.wording import worded
from sidelight.session.capture import Capture, Spool
from sidelight.session.coach_desk import CoachDesk
from sidelight.session.continuing import ContinuedSource, NoMoreSound
from sidelight.session.control import ControlServer
from sidelight.session.deciding import OpenTeaching, nobody_teaches
from sidelight.session.did import Pressed
from sidelight.session.eventlog import EventLog
from sidelight.session.messages import (
    PAUSED,
    WENT_OFF,
    AddMoment,
    AskConsentText,
    AskStatus,
    ConsentTold,
    End,
    FaultTold,
    Follow,
    GoOffRecord,
    Health,
    Hide,
    HideAsked,
    Leave,
    Levels,
    Notice,
    PartialHeard,
    Pause,
    PlaceMark,
    Playback,
    PlaybackTold,
    Quit,
    Resume,
    Status,
    TakeOver,
    Told,
    Undo,
    WrapUp,
)
from sidelight.session.off_record import HidingFiles, OffRecordDesk
from sidelight.session.playback.desk import PlaybackDesk
from sidelight.session.prompting.desk import CueDesk
from sidelight.session.recorder import EventStore, Recorder
from sidelight.session.sound import Arrivals, SessionSound
from sidelight.session.sound_export import SoundFiles
from sidelight.session.supervisor import Recognising, Supervisor, Worker, WorkerLimits
from sidelight.session.unheard import NoSpool
from sidelight.session.wrapping_up import WrappingUp, WrapUpFiles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.audio.source import Source
    from sidelight.domain.events import Event, StoredEvent
    from sidelight.domain.passing import Passing
    from sidelight.domain.session import Session
    from sidelight.domain.timeline import Millis, Samples
    from sidelight.session.continuing import Anchor
    from sidelight.session.messages import Request
    from sidelight.session.process import ChildProcess
    from sidelight.session.wrap_acts import Act
    from sidelight.speech.short_windows import Compared

STATUS_INTERVAL_S: Final = 0.25

_log = logging.getLogger(__name__)


_FILLED_AT_ONCE: Final = 60 * SAMPLE_RATE

HARMLESS: Final = frozenset({Trouble.RETURNED, Trouble.DEFAULT_CHANGED})
"""Said for a moment; nothing is lost."""

_HEADPHONES: Final = Notice(
    "Your microphone hears your client from the loudspeaker.",
    "With headphones the words come out better. Nothing need be done now.",
)
ECHO_TOLD_S: Final = 10.0
"""How long that is shown; the pipeline says it once a minute at most."""

ROOM_INTERVAL_S: Final = 30.0
"""How often the disk is asked how much room it has."""


class SessionFiles(EventStore, WrapUpFiles, HidingFiles, SoundFiles, Protocol):
    """What the record keeps of a session: ``record.events.SessionStore``.

    Attributes:
        session: Its fixed facts.
    """

    session: Session

    def open_spool(self) -> Spool:
        """Start the session's sound."""
        ...

    def finish(self) -> None:
        """The session is over, its sound closed: what must go goes now."""
        ...


@dataclass(frozen=True, slots=True)
class EngineParts:
    """What an engine is made of.

    Attributes:
        source: Its sound; ``None``: no more comes, what is kept is to be recognised.
        length_ms: How long that will be, or ``None`` while people speak.
        sound_waits: Let the sound begin when the recogniser is ready, or cannot be:
            for sound that waits without loss, such as a file.
        files: Where it is kept.
        anchor: Where the session was when its engine died; ``None``: it begins.
        recognises: Whether what is heard is recognised now; otherwise the session has
            no end yet, and is recognised later.
        outlives: Go on when nobody is left who could tell the engine to quit.
        run_folder: Existing private folder for the control socket.
        start_worker: Starts a recogniser.
        limits: Patience with it.
        now: Steady clock, seconds.
        clock: The capture clock, seconds.
        room: What is to be said about room on the disk, or ``""``.
        abandoned: Whether nobody is left who could tell the engine to quit.
        start_player: Starts what plays the session's sound when it is over.
        compared: Remembers what a recogniser measured of its model.
        language: What is spoken, ISO 639; ``None``: decided from what is heard.
        cues: Whether the coach is to see cues; see ``session.prompting``.
        teaching: Opens what makes lessons of what the coach decides after the end.
        consent: What the record has of the client's consent to hand the session in.
    """

    source: Source | None
    length_ms: int | None
    sound_waits: bool
    files: SessionFiles
    anchor: Anchor | None
    recognises: bool
    outlives: bool
    run_folder: Path
    start_worker: Callable[[], Worker]
    limits: WorkerLimits
    now: Callable[[], float]
    clock: Callable[[], float]
    room: Callable[[], str]
    abandoned: Callable[[], bool]
    start_player: Callable[[], ChildProcess]
    compared: Callable[[Compared], None] = lambda _: None
    language: str | None = None
    cues: bool = False
    teaching: OpenTeaching = nobody_teaches
    consent: Callable[[], str] = str


class Engine:
    """Runs one session. ``run`` belongs to one thread; requests come from any."""

    def __init__(self, parts: EngineParts) -> None:
        self._parts = parts
        self._session = parts.files.session
        self._language = parts.language
        self._news = threading.Condition()
        self._end_asked = False
        self._quit_asked = False
        self._sound_failed = False
        self._ended = False
        self._wrap_up: deque[Act] = deque()
        self._advice: tuple[Notice, ...] = ()
        self._room_due = 0.0
        self._echo_until = 0.0
        self._arrivals = Arrivals()
        self._log = EventLog(parts.files.events)
        before = parts.files.events()
        self._log.replace(before)
        self._numbers = Known.of(before)  # of these only the numbers are used
        # Opened before it is read, so that there is something to read.
        spool = self._open_spool()
        self._sound = SessionSound(parts.files.read_spool, start=spool.position)
        self._server = ControlServer(parts.run_folder, self._log, self.ask)
        self._desk = OffRecordDesk(
            files=parts.files,
            log=self._log,
            sound=self._sound,
            changed=self._start_over,
            publish=self._publish,
            now=parts.now,
        )
        self._recorder = Recorder(
            store=parts.files,
            sound=self._sound,
            arrivals=self._arrivals,
            stored=self._publish,
            heard=self._use,
            failed=self._fault,
            refuses=self._refuses,
            tick=self._tick,
            now=parts.now,
        )
        self._coach = CoachDesk(
            layout=self._session.layout,
            before=before,
            log=self._log,
            off_record=self._desk,
            store=self._recorder.store,
            now=parts.now,
        )
        self._capture = self._make_capture(spool, tell(before).clocks.paused_at)
        self._supervisor = Supervisor(
            start_worker=parts.start_worker,
            sound=self._sound,
            arrivals=self._arrivals,
            recorder=self._recorder,
            resume_point=self._known,
            failed=self._fault,
            limits=parts.limits,
            now=parts.now,
            compared=parts.compared,
        )
        self._playback = PlaybackDesk(
            start=parts.start_player,
            opened=lambda _: nullcontext(parts.files),
            tell=lambda news: self._server.tell(PlaybackTold(news)),
        )
        self._cues = CueDesk(
            wanted=parts.cues and self._recognises,
            events=before,
            store=self._recorder.store,
            now=lambda: to_millis(self._sound.end),
            heard=lambda: to_millis(self._supervisor.state.position),
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
                if not self._log.newest:
                    self._recorder.post(self._first_events())
                ready()
                self._record()
            finally:
                self._recorder.stop()
            self._close()
            self._serve()
        finally:
            self._playback.close()
            self._server.stop()

    def _first_events(self) -> list[Event]:
        at = to_millis(0)
        language = self._language
        said = [] if language is None else [LanguageDecided(at, language)]
        return [SessionStarted(at, self._session), *said]

    # One arm a request.
    def ask(self, request: Request) -> None:  # noqa: C901, PLR0912
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
                self._server.tell(Told(worded("Bookmark set")))
            case AddMoment(kind=kind):
                self._recorder.offer(lambda: self._add_moment(kind))
            case Pause() | Resume():
                self._pause(wanted=isinstance(request, Pause))
            case GoOffRecord(last_ms=last_ms):
                self._recorder.offer(lambda: self._go_off_record(last_ms))
            case Undo():
                self._recorder.offer(self._undo)
            case Hide():
                self._server.tell(HideAsked())
            case TakeOver():
                self._server.tell(Leave())
            case WrapUp(act=act):
                with self._news:
                    self._wrap_up.append(act)
                    self._news.notify()
            case Playback(asked=asked):
                if self._ended:
                    self._playback.ask(asked)
            case AskConsentText():
                self._server.tell(ConsentTold(self._consent()))
            case Follow():
                pass  # the server's own business
            case _:
                assert_never(request)

    @property
    def _listens(self) -> bool:
        return self._session.mode is not Mode.NO_LISTENING

    @property
    def _recognises(self) -> bool:
        return self._listens and self._parts.recognises

    def _open_spool(self) -> Spool:
        if not self._listens:
            return NoSpool()
        if self._parts.source is None and (length := self._complete_length()):
            return NoSpool(length)
        spool = self._parts.files.open_spool()
        anchor = self._parts.anchor
        if anchor is not None and self._session.mode is not Mode.KEEP:
            # What was there before is gone with its keys; positions are not.
            left = to_samples(anchor.position) - spool.position
            while left > 0:
                count = min(left, _FILLED_AT_ONCE)
                channels = len(self._session.layout.speakers)
                spool.append(np.zeros((count, channels), np.float32))
                left -= count
        return spool

    def _complete_length(self) -> Samples | None:
        """How much sound is kept, if that is all; ``None``: its end is torn off."""
        kept = self._parts.files.read_spool()
        try:
            return kept.length if kept.finished else None
        finally:
            kept.close()

    def _make_capture(self, spool: Spool, paused_at: Millis | None) -> Capture:
        source = self._parts.source or NoMoreSound(self._session.layout)
        if self._parts.source is not None and self._parts.anchor is not None:
            source = ContinuedSource(source, spool.position, self._parts.anchor)
        self._source = source
        return Capture(
            source=source,
            spool=spool,
            sound=self._sound,
            arrivals=self._arrivals,
            offer=self._recorder.offer,
            levels=lambda dbfs: self._server.tell(Levels(dbfs)),
            failed=self._lose_sound,
            now=self._parts.now,
            paused_at=paused_at,
        )

    def _record(self) -> None:
        """From the first sample to ``SessionEnded``."""
        if self._recognises:
            self._supervisor.start()
        capturing = stopping = False
        try:
            while not self._is_done():
                if not capturing and self._sound_may_begin():
                    capturing = True
                    self._capture.start()
                self._look_at_room()
                self._server.tell(self._status())
                self._wait()
                if self._quit_asked or self._left_alone():
                    break
                if self._end_asked and not stopping:
                    stopping = True
                    self._source.stop()
        finally:
            complete = self._is_done() and (self._recognises or not self._listens)
            self._capture.stop()
            self._supervisor.stop()
            self._sound.close()
            if complete or not self._goes_on_later():
                recovered = self._parts.source is None
                self._recorder.offer(self._cues.finish)
                end = SessionEnded(to_millis(self._sound.end), recovered)
                self._recorder.post([end])

    def _sound_may_begin(self) -> bool:
        state = self._supervisor.state
        ready = state.model != "" or state.broken
        return ready or self._end_asked or not self._parts.sound_waits

    def _is_done(self) -> bool:
        # A recogniser that gave up early does not end the recording.
        heard = self._supervisor.finished or not self._recognises
        return heard and self._sound.complete

    def _goes_on_later(self) -> bool:
        """Whether there is sound to be recognised at the next start."""
        return self._session.mode is Mode.KEEP and self._sound.end > 0

    def _left_alone(self) -> bool:
        return not self._parts.outlives and self._parts.abandoned()

    def _close(self) -> None:
        """The files are closed; what must not outlive the session is destroyed."""
        try:
            self._parts.files.finish()
        except Exception as error:  # noqa: BLE001 - a border, see _fault
            self._fault(error)
        self._ended = True
        if self._session.mode is not Mode.KEEP:
            self._log.replace(self._parts.files.events())
            self._server.start_over()

    def _serve(self) -> None:
        """The session is over; whoever still looks can read it."""
        self._server.tell(self._status())
        self._wait()  # also where nobody is left to say Quit: others must hear the end
        while not (self._quit_asked or self._parts.abandoned()):
            self._put_down()
            self._wait()
        self._put_down()

    def _put_down(self) -> None:
        """Store what the coach does in the wrap-up. The recorder is done by now."""
        while self._wrap_up:
            try:
                desk = WrappingUp(self._parts.files, self._parts.teaching)
                stored = desk.do(self._wrap_up.popleft())
            except Exception as error:  # noqa: BLE001 - a border, see _fault
                self._fault(error)
                continue
            self._log.append(stored)
            self._server.notice(stored)

    def _wait(self) -> None:
        with self._news:
            if not self._quit_asked:
                self._news.wait(STATUS_INTERVAL_S)

    def _status(self) -> Status:
        state = self._supervisor.state
        end = self._sound.end
        opened_at = self._source.opened_at
        return Status(
            session=self._session.id,
            model=state.model or self._session.model,
            position=to_millis(end),
            health=self._health(state),
            lag_ms=state.lag_ms,
            length_ms=self._parts.length_ms,
            compute_ms=state.compute_ms,
            paused=self._capture.paused,
            undoable=self._desk.undoable,
            taken_ms=self._desk.taken_ms,
            notices=self._notices(),
            heard=to_millis(state.position),
            clock_s=None if opened_at is None else opened_at + end / SAMPLE_RATE,
        )

    def _health(self, state: Recognising) -> Health:
        if self._ended:
            return Health.ENDED
        if self._sound_failed:
            return Health.NO_SOUND
        if state.broken:
            return Health.NO_RECOGNITION
        if state.later or (self._listens and not self._recognises):
            return Health.LATER
        if state.behind:
            return Health.BEHIND
        return Health.GOOD

    def _notices(self) -> tuple[Notice, ...]:
        if self._ended:
            return ()
        devices = tuple(
            Notice(one.message, one.remedy, good=one.trouble in HARMLESS)
            for one in self._source.conditions(self._parts.clock())
        )
        echo = (_HEADPHONES,) if self._parts.now() < self._echo_until else ()
        return devices + self._advice + echo

    def _look_at_room(self) -> None:
        if self._parts.now() < self._room_due:
            return
        self._room_due = self._parts.now() + ROOM_INTERVAL_S
        warning = self._parts.room()
        remedy = "Free some space before the next session."
        self._advice = (Notice(warning, remedy),) if warning else ()

    def _consent(self) -> str:
        try:
            return self._parts.consent()
        except Exception as error:  # noqa: BLE001 - a border, see _fault
            self._fault(error)
            return ""  # the document says that it has none

    def _pause(self, *, wanted: bool) -> None:
        self._capture.pause(wanted=wanted)
        self._server.tell(Told(PAUSED if wanted else worded("Recording again")))
        self._server.tell(self._status())

    def _add_moment(self, kind: str | None) -> None:
        at = to_millis(self._sound.end)
        pressed = Pressed(
            at=at,
            heard=to_millis(self._supervisor.state.position),
            cue=self._cue_on_show(at),
            number=self._numbers.last_moment + 1,
        )
        self._server.tell(Told(self._coach.did(kind, pressed)))

    def _cue_on_show(self, now: Millis) -> str | None:
        """The process kind of the cue that every window shows now, if one does."""
        story = tell(self._log.after(0, most=self._log.newest))
        cue = story.cue_on_show(now)
        return None if cue is None else cue.kind

    def _go_off_record(self, last_ms: int | None) -> None:
        self._desk.hide(last_ms)
        self._coach.hid()
        self._server.tell(Told(WENT_OFF))
        self._server.tell(self._status())

    def _undo(self) -> None:
        self._server.tell(Told(self._coach.undo(to_millis(self._sound.end))))
        self._server.tell(self._status())

    def _start_over(self) -> None:
        """What may be seen is different now: nobody may go on from what was."""
        self._cues.start_over(self._log.after(0, most=self._log.newest))
        self._server.start_over()
        self._coach.start_over()
        self._supervisor.renew()

    def _refuses(self, event: Event) -> bool:
        return self._desk.refuses(event) or self._coach.refuses(event)

    def _publish(self, stored: StoredEvent) -> None:
        self._log.append(stored)
        self._coach.after(stored)
        self._numbers = Known.of((stored,)).numbered_as(self._numbers)
        self._cues.follow(stored)
        self._server.notice(stored)

    def _tick(self) -> None:
        self._desk.carry_out()
        self._cues.look()

    def _use(self, heard: Passing) -> None:
        self._coach.pass_by(heard)
        match heard:
            case EchoHeard():
                self._echo_until = self._parts.now() + ECHO_TOLD_S
            case VoicesHeard():
                self._cues.hear(heard)
            case Partial():
                self._server.tell(PartialHeard(heard))
            case MomentArmed():
                pass  # shown to nobody
            case _:
                assert_never(heard)

    def _known(self) -> Known:
        """Where a new worker goes on: after everything that is final."""
        return Known.of(self._log.after(0, most=self._log.newest)).numbered_as(
            self._numbers
        )

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
