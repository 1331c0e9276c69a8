"""The worker process: recognises, and knows nothing but sound and events.

It *pulls*: each answer asks for sound from its own position on, and nothing is sent
that was not asked for. No keys, no database, no network. When the engine is gone, so is
the worker.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from sidelight.domain.directives import Directive, Finish
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from sidelight.audio.block import AudioBlock
    from sidelight.domain.events import Event
    from sidelight.domain.known import Known
    from sidelight.domain.passing import Passing
    from sidelight.speech.short_windows import Compared

MOST_AT_ONCE: Final = 2 * SAMPLE_RATE
"""Sound taken in one go when behind; keeps directives and heartbeats coming."""

_CATCHING_UP: Final = SAMPLE_RATE
"""An order with this much sound says that more is waiting."""

_BRIEFLY_S: Final = 0.02
"""The next sound is this close behind an answer when it was waiting."""

MOST_SPARE: Final = 0.1
"""Spare time is this share of all time at most: a laptop's fan is heard too."""

_log = logging.getLogger(__name__)


class Recognition(Protocol):
    """The deterministic step that the worker drives: ``session.pipeline.Pipeline``."""

    @property
    def position(self) -> Samples:
        """End of the sound that was fed."""
        ...

    def resume(self, position: Samples, known: Known) -> None:
        """Go on where another worker stopped; before the first ``feed``."""
        ...

    def feed(self, block: AudioBlock) -> list[Event | Passing]:
        """Hear the next sound."""
        ...

    def direct(self, directive: Directive) -> list[Event | Passing]:
        """Adapt, or finish."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """What a worker works with.

    Attributes:
        model: Name of the loaded model.
        pipeline: Fresh.
        resume_position: Where a fresh pipeline must begin, from ``Known.decided``.
        spare: Called when the newest sound was heard and the next is not there yet.
    """

    model: str
    pipeline: Recognition
    resume_position: Callable[[Millis], Samples]
    spare: Callable[[], Compared | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""

    model: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The model cannot be used, and trying again will not help."""

    fault: UserError


@dataclass(frozen=True, slots=True)
class Produced:
    """What came of the last order, and the request for the next: sound from there on.

    Attributes:
        items: Events to store and what only passes by, in order; often none.
        position: End of the sound heard so far.
        compute_ms: CPU time of the process since it was ready.
        compared: What was measured of the model in spare time before that order.
    """

    items: tuple[Event | Passing, ...]
    position: Samples
    compute_ms: int
    compared: Compared | None = None


FromWorker = Ready | Failed | Produced


@dataclass(frozen=True, slots=True)
class Begin:
    """Go on after the finals of another worker, or from the first sample."""

    known: Known


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound asked for: at least one sample, at most ``MOST_AT_ONCE``."""

    block: AudioBlock


@dataclass(frozen=True, slots=True)
class Direct:
    """Instead of sound."""

    directive: Directive


ToWorker = Begin | Sound | Direct


def serve(connection: Connection, open_recognition: Callable[[], Opened]) -> None:
    """Work until told to finish, or until the engine is gone.

    Args:
        connection: To the supervisor; closed at the end.
        open_recognition: Loads the model.
    """
    with connection:
        try:
            _serve(connection, open_recognition)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            _log.info("the engine is gone")


def _serve(connection: Connection, open_recognition: Callable[[], Opened]) -> None:
    try:
        opened = open_recognition()
    except UserError as fault:
        connection.send(Failed(fault))
        return
    began = time.process_time()
    connection.send(Ready(opened.model))
    pipeline = opened.pipeline
    finished = False
    spare = SpareTime(opened.spare, time.monotonic)
    while not finished:
        compared = None if connection.poll(_BRIEFLY_S) else spare.use()
        message: ToWorker = connection.recv()
        items: list[Event | Passing] = []
        match message:
            case Begin(known=known):
                pipeline.resume(opened.resume_position(known.decided), known)
            case Sound(block=block):
                items = pipeline.feed(block)
                spare.live = len(block.samples) < _CATCHING_UP
            case Direct(directive=directive):
                items = pipeline.direct(directive)
                finished = isinstance(directive, Finish)
            case _:
                assert_never(message)
        compute_ms = round((time.process_time() - began) * 1000)
        connection.send(Produced(tuple(items), pipeline.position, compute_ms, compared))


class SpareTime:
    """Lends what is left of the time to work that nobody waits for.

    Attributes:
        live: Whether the sound heard last was the newest.
    """

    def __init__(
        self, work: Callable[[], Compared | None], now: Callable[[], float]
    ) -> None:
        """Begin with none to lend.

        Args:
            work: A short piece of it.
            now: Steady clock, seconds.
        """
        self.live = False
        self._work = work
        self._now = now
        self._began = now()
        self._used = 0.0

    def use(self) -> Compared | None:
        """Work, if there is time."""
        before = self._now()
        if not self.live or self._used > MOST_SPARE * (before - self._began):
            return None
        found = self._work()
        self._used += self._now() - before
        return found
