"""The process of the microphone's trial: the real pipeline, and nothing that stays.

Sound, words and moments are in this process's memory and in the window's, until the
step is left. No record, no key, no file. A driver that hangs, or a library that ends
its process, takes only this one along.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final, Self, assert_never

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.levels import peak_dbfs
from sidelight.audio.source import Source
from sidelight.audio.watch import SoundCondition, Trouble
from sidelight.domain.directives import Finish
from sidelight.domain.errors import UserError
from sidelight.domain.events import MomentNoticed, MomentWithdrawn, WithdrawalCause
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.domain.passing import Passing
from sidelight.domain.timeline import SAMPLE_RATE, to_millis
from sidelight.domain.transcript import Layout
from sidelight.session.firstrun.messages import (
    EndTrial,
    TakeBack,
    TrialBegan,
    TrialFailed,
    TrialHeard,
    TrialLevel,
    TrialOver,
    TrialTrouble,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from sidelight.domain.events import Event
    from sidelight.domain.moments import Moment
    from sidelight.domain.timeline import Gap, Millis
    from sidelight.session.firstrun.messages import OfTrial
    from sidelight.session.worker import Recognition

MOST_WAITING_S: Final = 20
"""Sound that a recogniser may be behind; a person waits no longer for an answer."""

AT_ONCE: Final = 2 * SAMPLE_RATE
"""Sound that is recognised in one go: so often is asked whether it is to end."""

TURN_S: Final = 0.05
_LOOK_EVERY: Final = 10
"""Turns between two looks at how the microphone is."""

_WAITED_FOR: Final = frozenset({Trouble.RETURNED, Trouble.DEFAULT_CHANGED})
"""No trouble in a trial of a minute."""

TOO_SLOW: Final = UserError(
    "This computer does not keep up with the speech model just now.",
    "Choose a smaller one, or record sessions and get their words later.",
)


class Alone(Source):
    """The coach's microphone as a call whose client is silent.

    In a room nobody could say for certain who speaks; here it is the coach.

    Args:
        microphone: With one channel.
    """

    def __init__(self, microphone: Source) -> None:
        self.name = microphone.name
        self.layout = Layout.STEREO
        self.opened_at = None
        self._microphone = microphone

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """See ``Source.blocks``."""
        for item in self._microphone.blocks():
            if isinstance(item, AudioBlock):
                both = np.zeros((len(item.samples), 2), np.float32)
                both[:, 0] = item.samples[:, 0]
                yield AudioBlock(item.start, both)
            else:
                yield item

    def conditions(self, now: float) -> tuple[SoundCondition, ...]:
        """See ``Source.conditions``."""
        return self._microphone.conditions(now)

    def stop(self) -> None:
        """See ``Source.stop``."""
        self._microphone.stop()


def listen(
    connection: Connection,
    open_source: Callable[[], Source],
    open_recognition: Callable[[], Recognition],
    clock: Callable[[], float],
    *,
    live: bool,
) -> None:
    """Recognise until hung up, told to end, or the sound is over.

    Args:
        connection: Takes ``TakeBack`` and ``EndTrial``, gives ``OfTrial``.
        open_source: Sound with the coach's channel first.
        open_recognition: Loads the model.
        clock: The capture clock, seconds.
        live: The sound is a person's; else a file's, which waits for us.
    """
    try:
        source = open_source()  # what fails fast is told before a model is loaded
        recognition = open_recognition()
        with _Inlet(source, waits=not live) as inlet:
            _Trial(connection, source, recognition, inlet, clock, live=live).run()
    except UserError as fault:
        connection.send(TrialFailed(fault.message, fault.remedy))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


class _Trial:
    """One trial. Thread: the process's main thread."""

    def __init__(
        self,
        connection: Connection,
        source: Source,
        recognition: Recognition,
        inlet: _Inlet,
        clock: Callable[[], float],
        *,
        live: bool,
    ) -> None:
        self._connection = connection
        self._source = source
        self._recognition = recognition
        self._inlet = inlet
        self._clock = clock
        self._live = live
        self._began = False
        self._counting: list[Moment] = []
        self._trouble = TrialTrouble("", "")

    def run(self) -> None:
        """Until it is over."""
        turns = 0
        while True:
            while self._connection.poll():
                if not self._obey(self._connection.recv()):
                    return
            block = self._inlet.take(TURN_S)
            if block is not None:
                self._hear(block)
            elif self._inlet.over:
                self._tell(self._recognition.direct(Finish(self._position)))
                self._send(TrialOver())
                return
            turns += 1
            if turns % _LOOK_EVERY == 0:
                self._look()

    def _obey(self, request: TakeBack | EndTrial) -> bool:
        """Whether it goes on."""
        match request:
            case EndTrial():
                return False
            case TakeBack():
                if self._counting:
                    gone = self._counting[-1].id
                    undone = WithdrawalCause.UNDONE
                    self._tell([MomentWithdrawn(self._position, gone, undone)])
            case _:
                assert_never(request)
        return True

    def _hear(self, block: AudioBlock) -> None:
        if not self._began:
            self._began = True
            self._send(TrialBegan(demo=not self._live))
        if self._live:
            self._send(TrialLevel(peak_dbfs(block.samples[:, :1])[0]))
        self._tell(self._recognition.feed(block))

    def _tell(self, items: Sequence[Event | Passing]) -> None:
        events = tuple(item for item in items if not isinstance(item, Passing))
        for event in events:
            if isinstance(event, MomentNoticed):
                if event.moment.kind in PROCESS_KINDS and not event.moment.hollow:
                    self._counting.append(event.moment)
            elif isinstance(event, MomentWithdrawn):
                gone = event.moment_id
                self._counting = [one for one in self._counting if one.id != gone]
        if events or not self._live:
            self._send(TrialHeard(events, self._position))

    def _look(self) -> None:
        """How the microphone is, where that has changed."""
        now = TrialTrouble("", "")
        for one in self._source.conditions(self._clock()):
            if one.trouble not in _WAITED_FOR:
                now = TrialTrouble(one.message, one.remedy)
                break
        if now != self._trouble:
            self._trouble = now
            self._send(now)

    @property
    def _position(self) -> Millis:
        return to_millis(self._recognition.position)

    def _send(self, news: OfTrial) -> None:
        self._connection.send(news)


class _Inlet:
    """Takes sound in with a thread of its own, so that no device waits for a model.

    Args:
        source: Delivers it.
        waits: It can be kept waiting; else sound that waits too long is a fault.
    """

    def __init__(self, source: Source, *, waits: bool) -> None:
        self._source = source
        self._waits = waits
        self._change = threading.Condition()
        self._blocks: deque[AudioBlock] = deque()
        self._waiting = 0
        self._fault: UserError | None = None
        self._ended = False
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="inlet")

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the device go."""
        with self._change:
            self._stopped = True
            self._change.notify_all()
        self._source.stop()
        self._thread.join()

    @property
    def over(self) -> bool:
        """Whether there is and will be no more."""
        with self._change:
            return self._ended and not self._blocks

    def take(self, patience_s: float) -> AudioBlock | None:
        """What has come in, in one block; ``None``: nothing within that time.

        Raises:
            UserError: The device failed, or recognition is too slow.
        """
        with self._change:
            if not self._blocks and not self._ended:
                self._change.wait(patience_s)
            if self._fault is not None:
                raise self._fault
            taken: list[AudioBlock] = []
            count = 0
            while self._blocks and count + len(self._blocks[0].samples) <= AT_ONCE:
                taken.append(self._blocks.popleft())
                count += len(taken[-1].samples)
            self._waiting -= count
            self._change.notify_all()
        if not taken:
            return None
        samples = np.concatenate([block.samples for block in taken])
        return AudioBlock(taken[0].start, samples)

    def _run(self) -> None:
        try:
            for item in self._source.blocks():
                if isinstance(item, AudioBlock) and not self._put(item):
                    break
        except UserError as fault:
            self._fault = fault
        finally:
            with self._change:
                self._ended = True
                self._change.notify_all()

    def _put(self, block: AudioBlock) -> bool:
        """Whether more is wanted."""
        with self._change:
            while self._waits and not self._stopped and self._waiting > AT_ONCE:
                self._change.wait()
            self._blocks.append(block)
            self._waiting += len(block.samples)
            if not self._waits and self._waiting > MOST_WAITING_S * SAMPLE_RATE:
                self._fault = TOO_SLOW
            self._change.notify_all()
            return not self._stopped and self._fault is None
