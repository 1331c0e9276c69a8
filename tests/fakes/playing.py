"""Stand-ins for hearing a session again: a device in memory, a player in a thread."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import dataclass, field
from multiprocessing import Pipe
from typing import TYPE_CHECKING

import numpy as np

from sidelight.audio.output import OutputRing
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.session.playback.desk import PlaybackDesk
from sidelight.session.playback.messages import NotPlayed, PlaybackNews, Played
from sidelight.session.playback.player import play

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Span

PATIENCE_S = 30.0


class MemoryOutput:
    """An output that plays whatever it is given at once.

    Attributes:
        heard: What it played, in order.
    """

    def __init__(self, rate: int = SAMPLE_RATE) -> None:
        self.rate = rate
        self.latency_s = 0.0
        self.ended = False
        self.closed = False
        self.heard: list[NDArray[np.float32]] = []
        outer = self

        class _Draining(OutputRing):
            def write(self, samples: NDArray[np.float32]) -> None:
                super().write(samples)
                taken = np.zeros(self.written - self.played, np.float32)
                self.fill(taken)
                outer.heard.append(taken)

        self.ring: OutputRing = _Draining(2 * rate)

    @property
    def sound(self) -> NDArray[np.float32]:
        return np.concatenate(self.heard or [np.zeros(0, np.float32)])

    def close(self) -> None:
        self.closed = True


class ThreadPlayer:
    """The real player in a thread, as if it were a process."""

    def __init__(self, open_output: Callable[[], object]) -> None:
        self.connection, theirs = Pipe()
        self._thread = threading.Thread(
            target=play, args=(theirs, open_output), name="player"
        )
        self._thread.start()

    def end(self) -> None:
        self.connection.close()
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()


class KeptNoise:
    """A session's spool, in memory.

    Args:
        noise: int16, shape (n, channels).
        gone: Seconds that cannot be read any more.
    """

    def __init__(self, noise: NDArray[np.int16], gone: Sequence[int] = ()) -> None:
        self._noise = noise
        self._gone = gone
        self.finished = True
        self.length = Samples(len(noise))

    def read(self, start: Samples, count: int) -> NDArray[np.float32]:
        seconds = range(start // SAMPLE_RATE, -(-(start + count) // SAMPLE_RATE))
        if any(second in self._gone for second in seconds):
            raise UserError("Its key is gone.", "The rest can be read.")
        return self._noise[start : start + count].astype(np.float32) / np.float32(
            32_768
        )

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class HiddenSpan:
    span: Span


@dataclass
class NoiseFiles:
    """What the desk opens."""

    spool: KeptNoise
    has_sound: bool = True
    spans: list[Span] = field(default_factory=list)
    opened: int = 0

    def read_spool(self) -> KeptNoise:
        self.opened += 1
        return self.spool

    def hidden(self) -> tuple[HiddenSpan, ...]:
        return tuple(map(HiddenSpan, self.spans))

    def open(self, _session: str) -> AbstractContextManager[NoiseFiles]:
        return nullcontext(self)


class Hearing:
    """A desk with its player; what was told, and what was heard."""

    def __init__(
        self, files: NoiseFiles, open_output: Callable[[], object] | None = None
    ) -> None:
        self.told: list[PlaybackNews] = []
        self.outputs: list[MemoryOutput] = []
        self.started = 0
        self._open = open_output
        self._over = threading.Event()
        self.desk = PlaybackDesk(self._start, files.open, self._tell)  # type: ignore[arg-type]

    def until_over(self) -> PlaybackNews:
        assert self._over.wait(PATIENCE_S), self.told
        self._over.clear()
        return self.told[-1]

    @property
    def sound(self) -> NDArray[np.float32]:
        return self.outputs[-1].sound

    def _start(self) -> ThreadPlayer:
        self.started += 1
        return ThreadPlayer(self._open or self._new_output)

    def _new_output(self) -> MemoryOutput:
        self.outputs.append(MemoryOutput())
        return self.outputs[-1]

    def _tell(self, news: PlaybackNews) -> None:
        self.told.append(news)
        if isinstance(news, Played | NotPlayed):
            self._over.set()
