"""From the spool to words and moments: one worker, told by this end what to hear.

The worker's protocol is the live one (``session.worker``); there is no hurry, so there
is no supervisor that adapts it. What was heard is stored each minute of sound: stopped,
killed or started again, a session goes on from its last stored utterance.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.errors import UserError
from sidelight.domain.events import (
    InterruptionCause,
    RecognitionInterrupted,
    RecognitionStarted,
    SessionEnded,
    UtteranceHeard,
)
from sidelight.domain.known import Known
from sidelight.domain.passing import Passing
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, to_millis
from sidelight.session.worker import (
    MOST_AT_ONCE,
    Begin,
    Direct,
    Failed,
    Produced,
    Ready,
    Sound,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from sidelight.domain.events import Event, StoredEvent
    from sidelight.session.refining.work import ClosedLater
    from sidelight.session.supervisor import Worker
    from sidelight.session.worker import FromWorker, ToWorker

_TICK_S: Final = 0.1
_LOAD_S: Final = 300.0
_ANSWER_S: Final = 300.0
"""Several may share a slow computer, and nobody waits; a hung one is noticed all the
same."""

_STORED_EVERY: Final = Samples(60 * SAMPLE_RATE)
ATTEMPTS: Final = 3
"""Workers that may be lost in a row, none of which stored anything."""


class HeardFiles(Protocol):
    """What of a session's store is heard: ``record.events.SessionStore``."""

    def events(self) -> Sequence[StoredEvent]:
        """What is stored."""
        ...

    def append_all(
        self, events: Sequence[Event], committed_at: Millis
    ) -> Sequence[StoredEvent]:
        """Store all of these, or none."""
        ...

    def read_spool(self) -> ClosedLater:
        """Its sound."""
        ...

    def finish(self) -> None:
        """The session is over."""
        ...


class HeardDesk(Protocol):
    """Opens a session for a moment: ``refining.desk.RecordDesk``."""

    def read(self) -> AbstractContextManager[HeardFiles]:
        """For reading; nobody is kept out."""
        ...

    def write(self) -> AbstractContextManager[HeardFiles]:
        """For storing."""
        ...


class _Lost(Exception):  # noqa: N818 - it is news, not a mistake
    def __init__(self, cause: InterruptionCause) -> None:
        super().__init__(cause)
        self.cause = cause


def hear(
    desk: HeardDesk,
    start_worker: Callable[[], Worker],
    look: Callable[[], None],
    far: Callable[[Millis, Millis], None],
) -> int:
    """Hear a session's sound to its end, and end the session.

    Args:
        desk: Of a session whose sound is complete.
        start_worker: Starts a recogniser.
        look: Called ten times a second, and may raise; what was stored stays.
        far: Told how much was heard, and of how much.

    Returns:
        How many utterances there are.

    Raises:
        UserError: The model cannot be used, the recogniser dies again and again, or the
            record cannot be read or written.
    """
    lost = 0
    while True:
        with desk.read() as files:
            sound = files.read_spool()
            ear = _Ear(desk, files.events(), sound, look, far)
            try:
                return ear.hear(start_worker)
            except _Lost as loss:
                lost = 1 if ear.stored else lost + 1
                at = ear.store(loss.cause)
            finally:
                sound.close()
        if lost >= ATTEMPTS:
            raise UserError(
                f"The speech model stopped working {lost} times, at {at / 1000:.0f} s.",
                "What was heard before is kept. Try again with another one: --model.",
            )


class _Ear:
    """One worker's life."""

    def __init__(
        self,
        desk: HeardDesk,
        before: Sequence[StoredEvent],
        sound: ClosedLater,
        look: Callable[[], None],
        far: Callable[[Millis, Millis], None],
    ) -> None:
        self.stored = False
        self._desk = desk
        self._known = Known.of(before)
        self._sound = sound
        self._length = sound.length
        self._look = look
        self._far = far
        self._position = Samples(0)
        self._heard: list[Event] = []

    def hear(self, start_worker: Callable[[], Worker]) -> int:
        """To the end."""
        worker = start_worker()
        try:
            answer = self._receive(worker, _LOAD_S)
            if isinstance(answer, Failed):
                raise answer.fault
            if not isinstance(answer, Ready):
                raise _unexpected(answer)
            begun = RecognitionStarted(self._known.decided, answer.model)
            self._heard.append(begun)
            self._give(worker, Begin(self._known))
            kept_to = self._position
            while self._position < self._length:
                block = self._sound.read(self._position, MOST_AT_ONCE)
                self._give(worker, Sound(AudioBlock(self._position, block)))
                self._far(to_millis(self._position), to_millis(self._length))
                if self._position - kept_to >= _STORED_EVERY:
                    self.store()
                    kept_to = self._position
            end = to_millis(self._length)
            self._give(worker, Direct(Finish(end)))
        finally:
            worker.end()
        return self._end(end)

    def store(self, cause: InterruptionCause | None = None) -> Millis:
        """Put down what was heard, and why it goes no further; where it is."""
        at = to_millis(self._position)
        said = any(isinstance(one, UtteranceHeard) for one in self._heard)
        if cause is not None:
            self._heard.append(RecognitionInterrupted(at, cause))
        if self._heard:
            with self._desk.write() as files:
                files.append_all(self._heard, to_millis(self._length))
        self.stored = self.stored or said
        self._heard = []
        return at

    def _end(self, end: Millis) -> int:
        self._heard.append(SessionEnded(end))
        with self._desk.write() as files:
            files.append_all(self._heard, end)
            files.finish()
            events = files.events()
        return sum(isinstance(one.event, UtteranceHeard) for one in events)

    def _give(self, worker: Worker, order: ToWorker) -> None:
        try:
            worker.connection.send(order)
        except (BrokenPipeError, ConnectionResetError):
            raise _Lost(InterruptionCause.WORKER_DIED) from None
        answer = self._receive(worker, _ANSWER_S)
        if not isinstance(answer, Produced):
            raise _unexpected(answer)
        self._heard += [one for one in answer.items if not isinstance(one, Passing)]
        self._position = answer.position

    def _receive(self, worker: Worker, patience_s: float) -> FromWorker:
        deadline = time.monotonic() + patience_s
        try:
            while not worker.connection.poll(_TICK_S):
                self._look()
                if time.monotonic() > deadline:
                    raise _Lost(InterruptionCause.WORKER_HUNG)
            self._look()
            message: FromWorker = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            raise _Lost(InterruptionCause.WORKER_DIED) from None
        return message


def _unexpected(answer: FromWorker) -> TypeError:
    return TypeError(f"a worker answered with {type(answer).__name__}")
