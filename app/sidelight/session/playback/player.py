"""The player's process: takes sound from a pipe, and gives it to the device.

It has no keys and no files, and holds some seconds of sound at a time. A device that
hangs, or takes the process along, takes nothing else: the next request starts another,
which then knows what is plugged in.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from sidelight.audio.output import OUTPUT_GONE
from sidelight.audio.tempo import Tempo
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import (
    SAMPLE_RATE,
    Millis,
    Samples,
    to_millis,
    to_samples,
)
from sidelight.session.playback.messages import (
    HaltSound,
    NotPlayed,
    Piece,
    Played,
    Sounding,
    Take,
    Want,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from numpy.typing import NDArray

    from sidelight.audio.output import OutputRing
    from sidelight.session.playback.messages import ToPlayer

TURN_S: Final = 0.04
"""The words that sound are shown 25 times a second."""

_FIRST_PIECE: Final = SAMPLE_RATE // 2
_PIECE: Final = 4 * SAMPLE_RATE
"""The first is short, so that it sounds at once."""

_AHEAD_S: Final = 2.0
"""Sound that is ready beyond the ring: longer than opening the record takes."""

_STUCK_S: Final = 2.0
"""A device that took nothing for so long takes nothing any more."""

_LOUDEST: Final = 32_768.0


class Device(Protocol):
    """An open output: ``audio.output.Output``."""

    rate: int
    latency_s: float
    ring: OutputRing

    @property
    def ended(self) -> bool:
        """Whether the sound system ended it."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


def play(
    connection: Connection,
    open_output: Callable[[], Device],
    now: Callable[[], float] = time.monotonic,
) -> None:
    """Play what is asked for until hung up, or until the device fails.

    Args:
        connection: Takes ``ToPlayer``, gives ``OfPlayer``.
        open_output: Opens the system's output.
        now: Steady clock, seconds.
    """
    player = _Player(connection, open_output, now)
    try:
        while player.goes_on():
            pass
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass
    finally:
        player.close()
        connection.close()  # whoever waits for it need not wait for the sound system


@dataclass(slots=True)
class _Mark:
    """From this sample of the ring on, this position of the session sounds."""

    ring: int
    at: float
    step: float
    """Milliseconds of the session for one sample of the device."""


class _Player:
    def __init__(
        self,
        connection: Connection,
        open_output: Callable[[], Device],
        now: Callable[[], float],
    ) -> None:
        self._connection = connection
        self._open = open_output
        self._now = now
        self._output: Device | None = None
        self._running: _Running | None = None
        self._moved = (0, 0.0)
        self._over_at: float | None = None
        self._hangs = False

    def goes_on(self) -> bool:
        """One turn; ``False``: this process can play no more."""
        waits = TURN_S if self._running is not None else None
        if self._connection.poll(waits):
            self._take_in(self._connection.recv())
        running, output = self._running, self._output
        if running is None:
            return not self._hangs
        try:
            output = output or self._start()
        except UserError as fault:
            return self._fail(running, fault)
        running.fill(output)
        while (want := running.want()) is not None:
            self._connection.send(want)
        if output.ended or self._is_stuck(output):
            return self._fail(running, OUTPUT_GONE)
        self._tell(running, output)
        return True

    def close(self) -> None:
        """Let the device go, or give up on it: it may hang."""
        output, self._output = self._output, None
        if output is None:
            return
        closing = threading.Thread(target=output.close, name="closing", daemon=True)
        closing.start()
        closing.join(_STUCK_S)
        self._hangs = closing.is_alive()

    def _take_in(self, message: ToPlayer) -> None:
        match message:
            case Take():
                if self._output is not None:
                    self._output.ring.drop()
                self._running, self._over_at = _Running(message), None
            case HaltSound():
                self._running = None
                self.close()
            case Piece() if self._running is not None:
                self._running.add(message)
            case Piece():
                pass  # of a take that is over

    def _start(self) -> Device:
        output = self._output = self._open()
        self._moved = (output.ring.played, self._now())
        return output

    def _is_stuck(self, output: Device) -> bool:
        played = output.ring.played
        if played != self._moved[0] or played == output.ring.written:
            self._moved = (played, self._now())
        return self._now() - self._moved[1] > _STUCK_S

    def _fail(self, running: _Running, fault: UserError) -> bool:
        self._connection.send(
            NotPlayed(running.take.number, fault.message, fault.remedy)
        )
        # Not closed: it may hang. The process ends, and the system closes it.
        self._output = None
        self._running = None
        return False

    def _tell(self, running: _Running, output: Device) -> None:
        heard = output.ring.played - round(output.latency_s * output.rate)
        if running.complete and output.ring.played == output.ring.written:
            # The device has it all, and goes on with it for a moment.
            self._over_at = self._over_at or self._now() + output.latency_s
            if self._now() >= self._over_at:
                self._running = None
                self.close()
                self._connection.send(Played(running.take.number, running.end))
                return
        at = running.position(heard)
        if at is not None:
            self._connection.send(Sounding(running.take.number, at))


class _Running:
    """One take while it plays."""

    def __init__(self, take: Take) -> None:
        self.take = take
        self._runs = deque(take.runs)
        self._wanted: Samples | None = None
        self._asked = False
        self._first = True
        self._tempo: Tempo | None = None
        self._ready: deque[tuple[_Mark | None, NDArray[np.float32]]] = deque()
        self._ready_samples = 0
        self._pieces: deque[Piece] = deque()
        self._marks: deque[_Mark] = deque()
        self._rate = 0
        self.end = take.runs[-1].end if take.runs else Millis(0)

    @property
    def complete(self) -> bool:
        """Whether everything is in the ring."""
        return not self._runs and not self._ready and not self._pieces

    def want(self) -> Want | None:
        """What is to be asked for next, if it is time to."""
        ahead = self._ready_samples < _AHEAD_S * max(self._rate, 1)
        if self._asked or not self._runs or not ahead:
            return None
        run = self._runs[0]
        start = self._wanted
        if start is None:
            start = self._wanted = to_samples(run.start)
        most = _FIRST_PIECE if self._first else _PIECE
        self._asked, self._first = True, False
        return Want(self.take.number, start, min(most, to_samples(run.end) - start))

    def add(self, piece: Piece) -> None:
        """A piece came."""
        if piece.take == self.take.number and self._asked:
            self._pieces.append(piece)

    def fill(self, output: Device) -> None:
        """Stretch what came, and put as much of it into the ring as fits."""
        self._rate = output.rate
        while self._pieces:
            self._stretch(self._pieces.popleft(), output.rate)
        while self._ready and (room := output.ring.room):
            mark, samples = self._ready.popleft()
            if mark is not None:
                mark.ring = output.ring.written
                self._marks.append(mark)
            output.ring.write(samples[:room])
            self._ready_samples -= min(room, len(samples))
            if len(samples) > room:
                self._ready.appendleft((None, samples[room:]))

    def position(self, ring: int) -> Millis | None:
        """What of the session is at this sample of the ring; ``None``: nothing yet."""
        while len(self._marks) > 1 and self._marks[1].ring <= ring:
            self._marks.popleft()
        if not self._marks:
            return None
        mark = self._marks[0]
        return Millis(round(mark.at + max(0, ring - mark.ring) * mark.step))

    def _stretch(self, piece: Piece, rate: int) -> None:
        run = self._runs[0]
        samples = np.frombuffer(piece.sound, "<i2").astype(np.float32) / _LOUDEST
        mark = None
        if self._tempo is None:
            self._tempo = Tempo(self.take.speed, rate)
            step = 1000 / rate * self.take.speed
            mark = _Mark(0, float(to_millis(piece.start)), step)
        self._asked = False
        self._wanted = Samples(piece.start + len(samples))
        over = self._wanted >= to_samples(run.end) or not len(samples)
        parts = [self._tempo.push(samples)]
        if over:
            parts.append(self._tempo.finish())
            self._tempo, self._wanted = None, None
            self._next_run(ended=not len(samples))
        stretched = np.concatenate(parts)
        self._ready.append((mark, stretched))
        self._ready_samples += len(stretched)

    def _next_run(self, *, ended: bool) -> None:
        self._runs.popleft()
        if ended:  # the session's sound is over, whatever was wanted of it
            self._runs.clear()
