"""A recogniser that hears one utterance a second, and workers in threads."""

from __future__ import annotations

import contextlib
import threading
from multiprocessing import Pipe
from typing import TYPE_CHECKING

from sidelight.domain.directives import Directive, Finish
from sidelight.domain.events import Event, UtteranceHeard
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Millis,
    Samples,
    Span,
    to_millis,
    to_samples,
)
from sidelight.domain.transcript import (
    Partial,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)
from sidelight.session.worker import Opened, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from sidelight.audio.block import AudioBlock
    from sidelight.domain.known import Known
    from sidelight.domain.passing import Passing


class SecondsRecognition:
    """Says ``second N`` when second N is over, however the sound is cut.

    Args:
        before: Called before each block is heard: to be slow, to hang, to die.
        length: How many seconds one of its seconds takes.
    """

    def __init__(
        self, before: Callable[[AudioBlock], None] = lambda _: None, *, length: int = 1
    ) -> None:
        self._before = before
        self._length = length
        self._said = 0
        self.position = Samples(0)
        self.directives: list[Directive] = []

    def resume(self, position: Samples, known: Known) -> None:
        self.position = position
        self._said = known.last_utterance

    def feed(self, block: AudioBlock) -> list[Event | Passing]:
        assert block.start == self.position
        self._before(block)
        self.position = block.end
        found: list[Event | Passing] = []
        while (self._said + 1) * self._length * SAMPLE_RATE <= block.end:
            found.append(self._second())
        word = Word("so", Span(Millis(0), Millis(1)), 0.5)
        found.append(
            Partial(
                Speaker.COACH,
                Millis(self._said * self._length * 1000),
                (word,),
                0,
                to_millis(block.end),
            )
        )
        return found

    def direct(self, directive: Directive) -> list[Event | Passing]:
        self.directives.append(directive)
        rest = self.position - self._said * self._length * SAMPLE_RATE
        if isinstance(directive, Finish) and rest > 0:
            return [self._second()]
        return []

    def _second(self) -> UtteranceHeard:
        number = self._said + 1
        start = self._said * self._length * 1000
        span = Span(Millis(start), Millis(start + self._length * 900))
        text = f"second {number}"
        words = (Word("second", span, 0.9), Word(str(number), span, 0.9))
        self._said = number
        end = number * self._length * 1000
        at = Millis(min(end, to_millis(self.position)))
        return UtteranceHeard(
            at, Utterance(UtteranceId(1, number), Speaker.COACH, span, words, text)
        )


def opened(recognition: SecondsRecognition) -> Opened:
    return Opened("seconds", recognition, to_samples)


class ThreadWorker:
    """A worker in a thread of this process; dies when ``open_recognition`` says so."""

    def __init__(self, open_recognition: Callable[[], Opened]) -> None:
        self.connection: Connection
        self.connection, theirs = Pipe()
        self._thread = threading.Thread(
            target=self._serve, args=(theirs, open_recognition), name="worker"
        )
        self._thread.start()

    def end(self) -> None:
        self.connection.close()
        self._thread.join()

    @staticmethod
    def _serve(connection: Connection, open_recognition: Callable[[], Opened]) -> None:
        with contextlib.suppress(WorkerKilled):
            serve(connection, open_recognition)


class WorkerKilled(BaseException):
    """Raised inside a recognition to make its worker vanish."""
