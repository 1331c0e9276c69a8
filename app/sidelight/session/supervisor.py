"""The supervisor thread: starts the worker, feeds it, adapts it, replaces it.

Whatever happens to a worker, the recording does not notice: a new one is started and
goes on from the last final. After each answer the worker waits for sound, so one that
has been given work and does not answer in time is hung; one whose pipe closes is dead.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from sidelight.domain.directives import Finish
from sidelight.domain.events import (
    DirectiveGiven,
    InterruptionCause,
    RecognitionInterrupted,
    RecognitionStarted,
)
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, to_millis
from sidelight.session.adapting import Adapter, LagLimits
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
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from sidelight.domain.directives import Directive
    from sidelight.domain.errors import UserError
    from sidelight.domain.known import Known
    from sidelight.session.recorder import Recorder
    from sidelight.session.sound import Arrivals, SessionSound
    from sidelight.session.worker import FromWorker, ToWorker
    from sidelight.speech.short_windows import Compared

_TICK_S: Final = 0.1
"""How soon a waiting supervisor notices ``stop`` and a dead worker."""

WORTH_A_WORD_S: Final = 5.0
"""How long recognition is late before the coach is told."""

_PROGRESS: Final = 10 * SAMPLE_RATE
"""A worker that heard this much more than the one before it counts as a fresh start."""

_log = logging.getLogger(__name__)


class Worker(Protocol):
    """A running worker, wherever it runs."""

    @property
    def connection(self) -> Connection:
        """To the worker; the supervisor's end."""
        ...

    def end(self) -> None:
        """Close the connection and return when nothing of the worker is left."""
        ...


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """How much patience a worker gets.

    Attributes:
        load_s: For loading the model.
        answer_s: For one answer; two seconds of sound and one final at most.
        attempts: How many in a row may fail before the rest of a *finished* recording
            is given up. While it goes on there is no limit.
        pause_s: Before the second attempt in a row; doubles with each, up to
            ``longest_pause_s``.
        longest_pause_s: See ``pause_s``.
        lag: When to adapt.
        lighter: Names of models that cost less, for a machine that is too slow; see
            ``Adapter``.
    """

    load_s: float = 120.0
    answer_s: float = 30.0
    attempts: int = 5
    pause_s: float = 0.5
    longest_pause_s: float = 30.0
    lag: LagLimits = field(default_factory=LagLimits)
    lighter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognising:
    """How recognition stands.

    Attributes:
        model: Name of the model, or ``""`` while none is loaded.
        position: End of the sound that was heard.
        lag_ms: Wall-clock age of the oldest sound that was not.
        behind: Whether that has been more than it should be for a while.
        broken: Whether no worker could be kept alive.
        later: Whether it waits until no more sound comes.
        compute_ms: CPU time all workers have used.
    """

    model: str
    position: Samples
    lag_ms: int
    behind: bool
    broken: bool
    later: bool
    compute_ms: int


class _Lost(Exception):  # noqa: N818 - it is news, not a mistake
    def __init__(self, cause: InterruptionCause) -> None:
        super().__init__(cause)
        self.cause = cause


class _Renewed(Exception):  # noqa: N818 - it is news, not a mistake
    pass


class _Stopped(Exception):  # noqa: N818 - it is news, not a mistake
    pass


class Supervisor:
    """Owned by the engine, which starts and stops it.

    Args:
        start_worker: Starts a worker process (or, in tests, a thread).
        sound: What the worker hears.
        arrivals: When it came in.
        recorder: Stores what the worker finds.
        resume_point: What is known when a new worker begins, from what is stored.
        failed: Told once when the model cannot be used.
        limits: Patience.
        now: Steady clock, seconds.
        compared: Told what a worker measured of its model.
    """

    def __init__(
        self,
        *,
        start_worker: Callable[[], Worker],
        sound: SessionSound,
        arrivals: Arrivals,
        recorder: Recorder,
        resume_point: Callable[[], Known],
        failed: Callable[[UserError], None],
        limits: WorkerLimits,
        now: Callable[[], float],
        compared: Callable[[Compared], None] = lambda _: None,
    ) -> None:
        self._compared = compared
        self._start_worker = start_worker
        self._sound = sound
        self._arrivals = arrivals
        self._recorder = recorder
        self._resume_point = resume_point
        self._failed = failed
        self._limits = limits
        self._now = now
        self._adapter = Adapter(limits.lag, limits.lighter)
        self._renewing = threading.Event()
        self._stopping = threading.Event()
        self._finished = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor")
        self._position = Samples(0)
        self._best = Samples(0)
        self._model = ""
        self._attempts = 0
        self._broken = False
        self._late_since: float | None = None
        self._compute_before = 0
        self._compute = 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker and the thread, whether or not all sound was heard."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def renew(self) -> None:
        """Go on with a fresh worker that knows only what may still be known."""
        self._renewing.set()

    @property
    def finished(self) -> bool:
        """Whether all sound was heard, or the rest given up."""
        return self._finished.is_set()

    @property
    def state(self) -> Recognising:
        """How it stands. Any thread."""
        lag_s = self._lag_s()
        return Recognising(
            model=self._model,
            position=self._position,
            lag_ms=round(lag_s * 1000),
            behind=self._behind(lag_s),
            broken=self._broken,
            later=self._adapter.later,
            compute_ms=self._compute_before + self._compute,
        )

    def _behind(self, lag_s: float) -> bool:
        """Late for long enough to be worth a word, and not caught up since.

        A worker that was just started, or renewed, is late for some seconds; nobody
        need be told.
        """
        if lag_s < self._limits.lag.caught_up_s:
            self._late_since = None
            return False
        if self._late_since is None:
            if lag_s <= self._limits.lag.behind_s:
                return False
            self._late_since = self._now()
        return self._now() - self._late_since >= WORTH_A_WORD_S

    def _lag_s(self) -> float:
        arrived = self._arrivals.time_of(Millis(to_millis(self._position) + 1))
        return 0.0 if arrived is None else max(0.0, self._now() - arrived)

    def _run(self) -> None:
        try:
            while not self._stopping.wait(self._pause_s()):
                try:
                    self._work()
                except _Renewed:
                    self._count_compute()
                except _Lost as lost:
                    self._note_loss(lost.cause)
                    if self._gives_up(lost.cause):
                        return
                else:
                    return
        except _Stopped:
            pass
        except Exception:
            # Our bug; it flies on to the thread's border. The recording goes on.
            self._broken = True
            raise
        finally:
            self._finished.set()

    def _pause_s(self) -> float:
        """Nothing before the first attempt and the first repeat, then ever longer."""
        if self._attempts <= 1:
            return 0.0
        return min(
            self._limits.longest_pause_s,
            self._limits.pause_s * 2.0 ** (self._attempts - 2),
        )

    def _note_loss(self, cause: InterruptionCause) -> None:
        _log.warning("worker lost (%s) at sample %d", cause, self._position)
        if self._position >= self._best + _PROGRESS:
            self._attempts = 0
        self._best = Samples(max(self._best, self._position))
        self._attempts += 1
        self._broken = self._attempts > 1 or cause is InterruptionCause.MODEL_FAILED
        self._count_compute()
        at = to_millis(self._position)
        self._recorder.post([RecognitionInterrupted(at, cause)])

    def _count_compute(self) -> None:
        self._compute_before += self._compute
        self._compute = 0

    def _gives_up(self, cause: InterruptionCause) -> bool:
        if cause is InterruptionCause.MODEL_FAILED:
            return True
        return self._sound.complete and self._attempts >= self._limits.attempts

    def _work(self) -> None:
        """One worker's life.

        Raises:
            _Lost: It died or hung.
            _Renewed: ``renew`` was called.
            _Stopped: ``stop`` was called.
        """
        worker = self._start_worker()
        try:
            self._begin(worker)
            finishing = False
            while not finishing:
                order = self._next_order()
                finishing = isinstance(order, Direct) and isinstance(
                    order.directive, Finish
                )
                self._give(worker, order)
        finally:
            worker.end()

    def _begin(self, worker: Worker) -> None:
        answer = self._receive(worker, self._limits.load_s, renewable=False)
        if isinstance(answer, Failed):
            self._failed(answer.fault)
            raise _Lost(InterruptionCause.MODEL_FAILED)
        if not isinstance(answer, Ready):
            raise _unexpected(answer)
        # All that the worker before this one found is stored before we look.
        self._renewing.clear()
        self._recorder.flush()
        known = self._resume_point()
        self._recorder.post([RecognitionStarted(known.decided, answer.model)])
        self._recorder.flush()
        self._model = answer.model  # only now: sound may be waiting for it
        self._give(worker, Begin(known))
        for directive in self._adapter.restart(to_millis(self._position)):
            self._direct(worker, directive)

    def _direct(self, worker: Worker, directive: Directive) -> None:
        at = to_millis(self._position)
        self._recorder.post([DirectiveGiven(at, directive)])
        self._give(worker, Direct(directive))

    def _next_order(self) -> Sound | Direct:
        while not self._stopping.is_set():
            if self._renewing.is_set():
                raise _Renewed
            if self._sound.complete:
                self._adapter.finish()
            elif self._adapter.later:
                self._stopping.wait(_TICK_S)
                continue
            at = to_millis(self._position)
            directive = self._adapter.decide(self._lag_s(), self._now(), at)
            if directive is not None:
                self._recorder.post([DirectiveGiven(at, directive)])
                return Direct(directive)
            if self._sound.wait_beyond(self._position, _TICK_S):
                return Sound(self._sound.read(self._position, MOST_AT_ONCE))
            if self._sound.complete and self._sound.end <= self._position:
                return Direct(Finish(to_millis(self._sound.end)))
        raise _Stopped

    def _give(self, worker: Worker, order: ToWorker) -> None:
        try:
            worker.connection.send(order)
        except (BrokenPipeError, ConnectionResetError):
            raise _Lost(InterruptionCause.WORKER_DIED) from None
        answer = self._receive(worker, self._limits.answer_s)
        if not isinstance(answer, Produced):
            raise _unexpected(answer)
        self._recorder.post(answer.items)
        if answer.compared is not None:
            self._compared(answer.compared)
        self._position = answer.position
        self._compute = answer.compute_ms
        if self._broken and self._position > self._best:
            self._broken = False

    def _receive(
        self, worker: Worker, patience_s: float, *, renewable: bool = True
    ) -> FromWorker:
        deadline = self._now() + patience_s
        try:
            while not worker.connection.poll(_TICK_S):
                if self._stopping.is_set():
                    raise _Stopped
                if renewable and self._renewing.is_set():
                    raise _Renewed  # what it is working on may be off the record
                if self._now() > deadline:
                    raise _Lost(InterruptionCause.WORKER_HUNG)
            message: FromWorker = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            raise _Lost(InterruptionCause.WORKER_DIED) from None
        return message


def _unexpected(answer: FromWorker) -> TypeError:
    return TypeError(f"a worker answered with {type(answer).__name__}")
