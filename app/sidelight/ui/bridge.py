"""From the engine's messages to what views read: one thread, one fold, item models.

The reader thread only waits and puts; the window's thread takes in slices short enough
that nobody sees them, so a long session is folded in without a stall. What the window
shows is already stored; partials and levels excepted, which are never kept. Requests go
out through a thread of their own: an engine that does not read cannot hold the window.

When the engine says "start over", the new story is folded aside and takes the old one's
place in one step: nothing flickers, and what is not in it is nowhere any more.
"""

from __future__ import annotations

import logging
import queue
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from sidelight.domain.errors import WireError
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    DecisionRestored,
    DecisionTakenBack,
    DirectiveGiven,
    Event,
    GapFound,
    LanguageDecided,
    LineAccepted,
    LineWithdrawn,
    LineWritten,
    MarkPlaced,
    MarkWithdrawn,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentNoticed,
    MomentRemoved,
    MomentWithdrawn,
    NoteShaped,
    NoteWritten,
    OffRecord,
    PassagesMerged,
    PassageSplit,
    RecognitionInterrupted,
    RecognitionStarted,
    RequestHeard,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SpeakerChanged,
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
    WordsEdited,
    WrapUpFinished,
)
from sidelight.domain.session import Mode
from sidelight.domain.story import Story
from sidelight.domain.transcript import Speaker
from sidelight.session.lost import ConnectionLost, LinkChanged
from sidelight.session.messages import (
    STATES,
    ConsentTold,
    EventStored,
    FaultTold,
    Follow,
    HideAsked,
    Leave,
    Levels,
    Message,
    PartialHeard,
    PlaybackTold,
    Request,
    StartOver,
    Status,
    Told,
)
from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.wordless import wordless
from sidelight.ui.words import tr, tr_worded

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from sidelight.domain.transcript import Partial

INBOX: Final = 256
"""Messages that may wait; beyond it the reader waits, and the engine drops nothing but
the outdated."""

SLICE_MS: Final = 8
"""How long the window's thread folds before it lets others have a turn."""

OUTBOX: Final = 32
"""Requests that may wait; more than that nobody presses."""

FLUSH_S: Final = 0.5
"""For an engine to take what is asked for last."""

NOT_SENT: Final = tr("not connected")
"""What becomes of a request while the engine is out of reach."""

PARTIAL_MS: Final = 100
"""Restless words are shown at most this often."""

_log = logging.getLogger(__name__)


class EngineLink(Protocol):
    """The part of ``FollowingClient`` that the window uses."""

    def send(self, request: Request) -> None:
        """Send one request."""

    def receive(self, timeout_s: float | None = None) -> Message | LinkChanged | None:
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
        self.inbox: queue.Queue[Message | LinkChanged | None] = queue.Queue(INBOX)

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

    def _put(self, message: Message | LinkChanged | None) -> None:
        while not self._stopping.is_set():
            try:
                self.inbox.put(message, timeout=0.1)
            except queue.Full:
                continue
            self._knock.emit()
            return


class _Flush:
    """Goes through the outbox behind everything that is to be sent."""

    def __init__(self) -> None:
        self.through = threading.Event()


class _Sender:
    """The one thread that may have to wait until the engine takes a request."""

    def __init__(self, link: EngineLink, refused: SignalInstance) -> None:
        self._link = link
        self._refused = refused
        self._outbox: queue.Queue[Request | _Flush | None] = queue.Queue(OUTBOX)
        self._thread = threading.Thread(target=self._send, name="window-sender")

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self) -> None:
        """Send no more and wait for the thread; the link is interrupted before."""
        while True:
            try:
                self._outbox.put_nowait(None)
            except queue.Full:
                with suppress(queue.Empty):
                    self._outbox.get_nowait()
                continue
            break
        self._thread.join()

    def flush(self, patience_s: float) -> None:
        """Wait until everything is sent that was offered, but not for ever."""
        mark = _Flush()
        with suppress(queue.Full):
            self._outbox.put_nowait(mark)
            mark.through.wait(patience_s)

    def offer(self, request: Request) -> bool:
        """Send this as soon as possible; ``False``: too much is waiting already."""
        try:
            self._outbox.put_nowait(request)
        except queue.Full:
            return False
        return True

    def _send(self) -> None:
        while (request := self._outbox.get()) is not None:
            if isinstance(request, _Flush):
                request.through.set()
                continue
            try:
                self._link.send(request)
            except ConnectionLost:
                if not isinstance(request, Follow):
                    self._refused.emit(NOT_SENT)


class Bridge(QObject):
    """Folds the engine's messages and says what changed.

    Signals:
        changed: The story, the status or the connection is new.
        positioned: A status with this position (``int``, milliseconds) was taken in.
        partialed: The newest words so far of a speaker (``Partial``), at most 10 Hz.
        faulted: A sentence and its remedy (``str``, ``str``).
        dismissed: Another window takes the place of this one.
        hide_asked: Hide, or show again.
        told: What a request came to (``str``), in at most four words.
        retold: The story is another one; what is not in it must not be seen any more.
        played: What is heard of its sound (``PlaybackNews``).
        consented: What its transcript is handed in with (``str``), as it was asked.
        ended: The session is over; every stored event has been folded. Once.
        lost: The engine is gone for good.

    Attributes:
        story: The fold of every event received; once it has ended, with what can be
            said of it only then.
        status: The engine's newest, or ``None`` before the first.
        levels: Newest peak of each channel, dBFS; polled by whoever shows them.
        connected: Whether the engine is there.
        looking: Whether an engine that is not there is being looked for.
        transcript: Utterances as rows.
        moments: Moments as rows.
    """

    changed = Signal()
    positioned = Signal(int)
    partialed = Signal(object)
    faulted = Signal(str, str)
    told = Signal(str)
    dismissed = Signal()
    hide_asked = Signal()
    retold = Signal()
    played = Signal(object)
    consented = Signal(str)
    ended = Signal()
    lost = Signal()
    _knocked = Signal()

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.story = Story()
        self.status: Status | None = None
        self.levels: tuple[float, ...] = ()
        self.connected = True
        self.looking = False
        self.transcript = TranscriptModel(self)
        self.moments = MomentsModel(self)
        self._stale = False
        self._fresh: Story | None = None
        self._awaited = 0
        self._end_told = False
        self._partials: dict[Speaker, Partial] = {}
        self._partial_timer = QTimer(self, interval=PARTIAL_MS, singleShot=True)
        self._partial_timer.timeout.connect(self._show_partials)
        self._slice = QTimer(self, interval=0, singleShot=True)
        self._slice.timeout.connect(self._take)
        self._knocked.connect(self._wake, Qt.ConnectionType.QueuedConnection)
        self._reader = _Reader(link, self._knocked)
        self._sender = _Sender(link, self.told)

    def start(self) -> None:
        """Follow from the first event; the threads run until ``stop``."""
        self._reader.start()
        self._sender.start()
        # No view shows words so far or levels: they would only wake the window.
        self.ask(Follow(self.story.last_seq, quiet=True))

    def ask(self, request: Request) -> None:
        """Send a request; returns at once. What it came to is told."""
        if not self._sender.offer(request):
            self.told.emit(NOT_SENT)

    def stop(self) -> None:
        """End the threads and every timer. The fold stays as it is.

        What was asked for last is sent first: it may be the coach's own words.
        """
        if self.connected:
            self._sender.flush(FLUSH_S)
        self._reader.stop()
        self._sender.stop()
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

    # One arm a message.
    def _fold(self, message: Message | LinkChanged | None) -> None:  # noqa: C901, PLR0912
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
            case Told(text=text):
                if text not in STATES:
                    self.told.emit(tr_worded(text))
            case Leave():
                self.dismissed.emit()
            case HideAsked():
                self.hide_asked.emit()
            case PlaybackTold(news=news):
                self.played.emit(news)
            case ConsentTold(text=text):
                self.consented.emit(text)
            case StartOver(newest=newest):
                self._start_over(newest)
            case LinkChanged(connected=there):
                self.connected, self.looking = there, not there
                if not there:
                    self._settle()  # the rest of a new story may never come
                    self._forget_words()  # the engine had their only key
                self._announce()
            case None:
                self._lose()
            case _:
                assert_never(message)

    def _lose(self) -> None:
        self.connected = self.looking = False
        self._settle()
        self._forget_words()
        self._announce()
        self.lost.emit()

    def _follow(self, stored: StoredEvent) -> None:
        if self._fresh is not None:
            self._fresh = self._fresh.after(stored)
            if self._fresh.last_seq >= self._awaited:
                self._settle()
        else:
            self.story = self.story.after(stored)
            self._to_models(stored.event)
        self._stale = True
        if self.story.ended and self._fresh is None and not self._end_told:
            self._end()

    def _end(self) -> None:
        self._forget_words()
        self._look_back()
        self._announce()
        if not self._end_told:
            self._end_told = True
            self.ended.emit()

    def _to_models(self, event: Event) -> None:
        match event:
            case UtteranceHeard(utterance=utterance):
                for speaker in (utterance.speaker, Speaker.UNKNOWN):
                    self._partials.pop(speaker, None)
                if utterance.text:
                    self.transcript.add(utterance)
            case MomentNoticed(moment=moment) if moment.hollow:
                pass  # counts for nothing; the timeline reads it from the story
            case MomentNoticed(moment=moment):
                self.moments.add(moment)
                self.transcript.attach(moment)
            case MomentWithdrawn(moment_id=gone, cause=cause):
                self.moments.withdraw(gone, cause)
                self.transcript.detach(gone)
            case (
                OffRecord()
                | MomentConfirmed()
                | MomentCorrected()
                | MomentRemoved()
                | MomentAdded()
            ):
                self._show_story()
            case (
                WordsEdited()
                | PassagesMerged()
                | PassageSplit()
                | SpeakerChanged()
                | DecisionTakenBack()
                | DecisionRestored()
            ):
                # Who spoke when is what only the whole session shows.
                self.story = _looked_back(self.story)
                self._show_story()
            case (
                SessionStarted()
                | RequestHeard()
                | MarkPlaced()
                | MarkWithdrawn()
                | GapFound()
                | SessionPaused()
                | SessionResumed()
                | RecognitionStarted()
                | LanguageDecided()
                | RecognitionInterrupted()
                | DirectiveGiven()
                | CueShown()
                | CueHeld()
                | SessionEnded()
                | TranscriptRefined()
                | TranscriptChosen()
                | NoteWritten()
                | LineAccepted()
                | LineWritten()
                | LineWithdrawn()
                | NoteShaped()
                | WrapUpFinished()
            ):
                pass  # read from the story
            case _:
                assert_never(event)

    def _start_over(self, newest: int) -> None:
        """Something is hidden, shown again or gone: fold what still counts afresh."""
        self._fresh = Story()
        self._awaited = newest
        self._partials.clear()
        if not newest:
            self._settle()

    def _settle(self) -> None:
        """The story that was folded aside is the story now."""
        if self._fresh is not None:
            self.story, self._fresh = _looked_back(self._fresh), None
            self._show_story()

    def _forget_words(self) -> None:
        """Live only: with the session its words are over, whoever says so first."""
        story = self.story
        if story.session is not None and story.session.mode is Mode.LIVE_ONLY:
            self.story = wordless(story)
            if self.story != story:
                self._show_story()

    def _look_back(self) -> None:
        """At the end, what the sound shows is seen too; never before."""
        story = _looked_back(self.story)
        if story.moments != self.story.moments or story.hollow:
            self.story = story
            self._show_story()

    def _show_story(self) -> None:
        """The models hold what the story holds, and nothing else."""
        story = self.story
        self._partials.clear()
        hollow = story.hollow if story.ended else ()  # nobody settles it before
        self.moments.show(story.moments, story.withdrawn, hollow, story.confirmed)
        said = (utterance for utterance in story.utterances if utterance.text)
        self.transcript.show(said, story.moments)
        self._stale = True
        self.retold.emit()

    @Slot()
    def _show_partials(self) -> None:
        for partial in self._partials.values():
            self.partialed.emit(partial)
        self._partials.clear()


def _looked_back(story: Story) -> Story:
    # Made of the whole dialogue's measures: no window that opens waits for them.
    from sidelight.session.looking_back import look_back  # noqa: PLC0415

    return look_back(story)
