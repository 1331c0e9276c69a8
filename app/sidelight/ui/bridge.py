"""From the engine's messages to what views read: one thread, one fold, item models.

The reader thread only waits and puts; the window's thread takes in slices short enough
that nobody sees them, so a long session is folded in without a stall. What the window
shows is already stored; partials and levels excepted, which are never kept.
"""

from __future__ import annotations

import logging
import queue
import threading
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from sidelight.domain.events import (
    DirectiveGiven,
    Event,
    GapFound,
    MarkPlaced,
    MomentNoticed,
    MomentWithdrawn,
    OffRecord,
    RecognitionInterrupted,
    RecognitionStarted,
    RequestHeard,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    StoredEvent,
    UtteranceHeard,
)
from sidelight.domain.story import Story
from sidelight.domain.wire import WireError
from sidelight.session.control import ConnectionLost
from sidelight.session.messages import (
    EventStored,
    FaultTold,
    Follow,
    Levels,
    Message,
    PartialHeard,
    Request,
    Status,
)
from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from sidelight.domain.transcript import Partial, Speaker

INBOX: Final = 256
"""Messages that may wait; beyond it the reader waits, and the engine drops nothing but
the outdated."""

SLICE_MS: Final = 8
"""How long the window's thread folds before it lets others have a turn."""

PARTIAL_MS: Final = 100
"""Restless words are shown at most this often."""

_log = logging.getLogger(__name__)


class EngineLink(Protocol):
    """The part of ``ControlClient`` that the window uses."""

    def send(self, request: Request) -> None:
        """Send one request."""

    def receive(self, timeout_s: float | None = None) -> Message | None:
        """Wait for the next message; raises ``ConnectionLost`` at the end."""

    def interrupt(self) -> None:
        """Make a waiting ``receive`` raise ``ConnectionLost``."""


class _Reader:
    """The one thread that waits for the engine. Owned by the bridge."""

    def __init__(self, link: EngineLink, knock: SignalInstance) -> None:
        self._link = link
        self._knock = knock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._read, name="window-reader")
        self.inbox: queue.Queue[Message | None] = queue.Queue(INBOX)

    @property
    def stopped(self) -> bool:
        """Whether nothing more is to be taken from the inbox."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Stop reading and wait for the thread."""
        self._stopping.set()
        self._link.interrupt()
        self._thread.join()

    def _read(self) -> None:
        while not self._stopping.is_set():
            try:
                message = self._link.receive()
            except ConnectionLost:
                break
            except WireError:
                _log.warning("the engine sent a message that is none of ours")
                continue
            if message is not None:
                self._put(message)
        self._put(None)

    def _put(self, message: Message | None) -> None:
        while not self._stopping.is_set():
            try:
                self.inbox.put(message, timeout=0.1)
            except queue.Full:
                continue
            self._knock.emit()
            return


class Bridge(QObject):
    """Folds the engine's messages and says what changed.

    Signals:
        changed: The story, the status or the connection is new.
        positioned: A status with this position (``int``, milliseconds) was taken in.
        partialed: The newest words so far of a speaker (``Partial``), at most 10 Hz.
        faulted: A sentence and its remedy (``str``, ``str``).
        ended: The session is over; every stored event has been folded.
        lost: The engine is gone.

    Attributes:
        story: The fold of every event received.
        status: The engine's newest, or ``None`` before the first.
        levels: Newest peak of each channel, dBFS; polled by whoever shows them.
        connected: Whether the engine is there.
        transcript: Utterances as rows.
        moments: Moments as rows.
    """

    changed = Signal()
    positioned = Signal(int)
    partialed = Signal(object)
    faulted = Signal(str, str)
    ended = Signal()
    lost = Signal()
    _knocked = Signal()

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.story = Story()
        self.status: Status | None = None
        self.levels: tuple[float, ...] = ()
        self.connected = True
        self.transcript = TranscriptModel(self)
        self.moments = MomentsModel(self)
        self._link = link
        self._stale = False
        self._partials: dict[Speaker, Partial] = {}
        self._partial_timer = QTimer(self, interval=PARTIAL_MS, singleShot=True)
        self._partial_timer.timeout.connect(self._show_partials)
        self._slice = QTimer(self, interval=0, singleShot=True)
        self._slice.timeout.connect(self._take)
        self._knocked.connect(self._wake, Qt.ConnectionType.QueuedConnection)
        self._reader = _Reader(link, self._knocked)

    def start(self) -> None:
        """Follow from the first event; the thread runs until ``stop``."""
        self._reader.start()
        try:
            self._link.send(Follow(self.story.last_seq))
        except ConnectionLost:
            _log.info("the engine was gone before the window could follow")

    def stop(self) -> None:
        """End the thread and every timer. The fold stays as it is."""
        self._reader.stop()
        self._slice.stop()
        self._partial_timer.stop()

    @Slot()
    def _wake(self) -> None:
        # A knock may still be on its way when the bridge has been stopped.
        if not self._reader.stopped and not self._slice.isActive():
            self._slice.start()

    @Slot()
    def _take(self) -> None:
        """Take messages in for a few milliseconds, then let the window breathe."""
        clock = QElapsedTimer()
        clock.start()
        while clock.elapsed() < SLICE_MS:
            try:
                message = self._reader.inbox.get_nowait()
            except queue.Empty:
                break
            self._fold(message)
        else:
            self._slice.start()
        if self._stale:
            self._announce()

    def _announce(self) -> None:
        self._stale = False
        self.changed.emit()

    def _fold(self, message: Message | None) -> None:
        match message:
            case EventStored(stored=stored):
                self._follow(stored)
            case Status():
                self.status = message
                self._announce()
                self.positioned.emit(message.position)
            case PartialHeard(partial=partial):
                self._partials[partial.speaker] = partial
                if not self._partial_timer.isActive():
                    self._partial_timer.start()
            case Levels(dbfs=dbfs):
                self.levels = dbfs
            case FaultTold(message=sentence, remedy=remedy):
                self.faulted.emit(sentence, remedy)
            case None:
                self.connected = False
                self._announce()
                self.lost.emit()
            case _:
                assert_never(message)

    def _follow(self, stored: StoredEvent) -> None:
        self.story = self.story.after(stored)
        self._to_models(stored.event)
        self._stale = True
        if self.story.ended:
            self._announce()
            self.ended.emit()

    def _to_models(self, event: Event) -> None:
        match event:
            case UtteranceHeard(utterance=utterance):
                self._partials.pop(utterance.speaker, None)
                self.transcript.add(utterance)
            case MomentNoticed(moment=moment):
                self.moments.add(moment)
                self.transcript.attach(moment)
            case MomentWithdrawn(moment_id=gone, cause=cause):
                self.moments.withdraw(gone, cause)
                self.transcript.detach(gone)
            case OffRecord():
                self._forget_erased()
            case (
                SessionStarted()
                | RequestHeard()
                | MarkPlaced()
                | GapFound()
                | SessionPaused()
                | SessionResumed()
                | RecognitionStarted()
                | RecognitionInterrupted()
                | DirectiveGiven()
                | SessionEnded()
            ):
                pass  # read from the story
            case _:
                assert_never(event)

    def _forget_erased(self) -> None:
        """The story holds what is left; the models follow it."""
        story = self.story
        shown = {m.id for m in story.moments} | {m.id for m, _ in story.withdrawn}
        for row in (self.moments.row(n) for n in range(self.moments.rowCount())):
            if row.moment.id not in shown:
                self.transcript.detach(row.moment.id)
        self.moments.keep(shown)
        self.transcript.keep({u.id for u in story.utterances})
        self._partials.clear()

    @Slot()
    def _show_partials(self) -> None:
        for partial in self._partials.values():
            self.partialed.emit(partial)
        self._partials.clear()
