"""Is what the coach's microphone hears only the client's voice from the loudspeaker?

The recorded sound is never changed. What is recognised as the coach's words is: where
the microphone holds nothing but an echo it is silenced, where the coach speaks over one
the echo is taken off as well as it is known.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.canceller import FRAME, PARTITIONS, EchoCanceller
from sidelight.audio.delay import find_delay
from sidelight.domain.timeline import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIMILAR: Final = 0.6
"""Correlation of microphone and echo estimate from which on it is an echo. In
simulated rooms: echoes 0.7 and more with 50 ppm of drift, 0.95 without; the coach's
voice alone below 0.1, over an echo half as loud below 0.45."""

BELOW_BEST: Final = 0.25
"""The better the estimate has lately been, the more like the microphone it must be:
a coach as loud as the echo leaves a correlation of 0.7, the echo alone 0.95."""

FORGETTING: Final = 0.02 * FRAME / SAMPLE_RATE
"""How fast "lately" passes: 0.02 a second of echo. Who moves the loudspeaker makes
every estimate worse for a while."""

AROUND: Final = 15
"""Frames before and after that count for it: 0.5 s in all."""

FAINT: Final = 0.05
"""Share of the microphone's power below which an estimate is no reason to wait: -13 dB.
With headphones that is always so, and the guard adds 48 ms."""

LEAD: Final = 2
"""Frames the microphone may be ahead of the loudspeaker's track: alignment by arrival
is not exact."""

LOOK_EVERY: Final = 625
"""Frames between two looks for the delay: 10 s."""

LOOK_AT: Final = 500
"""Frames that are looked at: 8 s."""

LONGEST_DELAY: Final = Samples(SAMPLE_RATE)
"""Bluetooth loudspeakers take 0.3 s; a second is past anything seen."""

_REACH: Final = (PARTITIONS - 8) * FRAME
"""Delays up to here leave the filter 128 ms for the room."""

_MARGIN: Final = 512
"""How much earlier than the direct sound the filter begins."""


_SLOPE: Final = np.linspace(0, 1, FRAME, dtype=np.float32)
_SLOPE.setflags(write=False)


@dataclass(frozen=True, slots=True)
class EchoVerdict:
    """What the guard makes of the next stretch of sound.

    Attributes:
        sound: For recognition: channel 0 without the client, channel 1 as it came.
            Follows on the verdict before; may be empty.
        echoes: Half-open stretches of it where channel 0 held only an echo, in samples
            of the session, in order.
    """

    sound: AudioBlock
    echoes: tuple[tuple[Samples, Samples], ...]


class EchoGuard:
    """Listens to both channels. Deterministic; cutting the sound changes nothing.

    It waits for the sound after a frame (0.25 s) only while an echo is likely.
    """

    def __init__(self, start: Samples = Samples(0)) -> None:  # noqa: B008 (an integer)
        """Begin.

        Args:
            start: Position of the first sample.
        """
        self._told = start  # where the next verdict begins
        self._rest = np.zeros((0, 2), np.float32)
        self._early: deque[NDArray[np.float32]] = deque()
        self._path = _Path()
        self._past: deque[_Powers] = deque(maxlen=AROUND)
        self._waiting: deque[_Frame] = deque()
        self._best = 0.0
        self._gain = 1.0

    def feed(self, block: AudioBlock) -> EchoVerdict:
        """Hear the next sound: two channels, coach and client.

        Raises:
            ValueError: The block has another number of channels.
        """
        if block.channels != 2:  # noqa: PLR2004 (coach and client)
            msg = f"{block.channels} channels, expected 2"
            raise ValueError(msg)
        sound = np.concatenate((self._rest, block.samples))
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        for at in range(0, whole, FRAME):
            self._hear(sound[at : at + FRAME])
        return self._verdict(self._decided(final=False))

    def finish(self) -> EchoVerdict:
        """What is left, decided by the sound there is."""
        held = (len(self._early) + len(self._waiting)) * FRAME + len(self._rest)
        silence = np.zeros((LEAD * FRAME + -len(self._rest) % FRAME, 2), np.float32)
        sound = np.concatenate((self._rest, silence))
        self._rest = sound[:0]
        for at in range(0, len(sound), FRAME):
            self._hear(sound[at : at + FRAME])
        return self._verdict(self._decided(final=True)[: -(-held // FRAME)], held)

    def _hear(self, stereo: NDArray[np.float32]) -> None:
        """Estimate the echo in the frame that is ``LEAD`` frames back."""
        self._early.append(stereo)
        self._path.play(stereo)
        if len(self._early) <= LEAD:
            return
        heard = self._early.popleft()
        microphone = np.ascontiguousarray(heard[:, 0])
        echo = self._path.echo(microphone)
        powers = _Powers(
            both=float(microphone @ echo),
            heard=float(microphone @ microphone),
            estimated=float(echo @ echo),
        )
        self._waiting.append(_Frame(heard, echo, powers))

    def _decided(self, *, final: bool) -> list[tuple[_Frame, bool]]:
        decided = []
        while self._waiting:
            frame = self._waiting[0]
            faint = frame.powers.estimated < FAINT * frame.powers.heard
            if not (faint or final or len(self._waiting) > AROUND):
                break
            decided.append((frame, not faint and self._is_echo()))
            self._past.append(frame.powers)
            self._waiting.popleft()
        return decided

    def _is_echo(self) -> bool:
        """Whether the frame to be decided next holds nothing but an echo."""
        coming = islice(self._waiting, AROUND + 1)
        similarity = _similarity([*self._past, *(frame.powers for frame in coming)])
        self._best = max(similarity, self._best - FORGETTING)
        return similarity >= max(SIMILAR, self._best - BELOW_BEST)

    def _verdict(
        self, decided: list[tuple[_Frame, bool]], most: int | None = None
    ) -> EchoVerdict:
        pieces = [self._silenced(frame, only) for frame, only in decided]
        sound = np.concatenate(pieces) if pieces else np.zeros((0, 2), np.float32)
        block = AudioBlock(self._told, sound[:most])
        echoes: list[tuple[Samples, Samples]] = []
        for number, (_, only) in enumerate(decided):
            if not only:
                continue
            begin = Samples(self._told + number * FRAME)
            end = Samples(min(begin + FRAME, block.end))
            if echoes and echoes[-1][1] == begin:
                begin = echoes.pop()[0]
            echoes.append((begin, end))
        self._told = block.end
        return EchoVerdict(block, tuple(echoes))

    def _silenced(self, frame: _Frame, only_echo: bool) -> NDArray[np.float32]:  # noqa: FBT001
        """The frame for recognition; silence comes and goes within a frame."""
        before, self._gain = self._gain, 0.0 if only_echo else 1.0
        rest = frame.stereo[:, 0] - frame.echo
        # An estimate that makes it louder is none.
        better = float(rest @ rest) < frame.powers.heard
        result = frame.stereo.copy()
        if better:
            result[:, 0] = rest
        if before != self._gain:
            result[:, 0] *= before + (self._gain - before) * _SLOPE
        elif only_echo:
            result[:, 0] = 0
        return result


@dataclass(frozen=True, slots=True)
class _Powers:
    """Of a frame: microphone times estimate, microphone, estimate."""

    both: float
    heard: float
    estimated: float


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    stereo: NDArray[np.float32]
    echo: NDArray[np.float32]
    powers: _Powers


def _similarity(frames: list[_Powers]) -> float:
    both = sum(frame.both for frame in frames)
    heard = sum(frame.heard for frame in frames)
    estimated = sum(frame.estimated for frame in frames)
    return both / float(np.sqrt(heard * estimated + 1e-12))


class _Path:
    """From the loudspeaker to the microphone: delay, then room."""

    def __init__(self) -> None:
        self._canceller = EchoCanceller()
        self._delay = 0
        self._frames = 0
        self._played = _History((LOOK_AT + LEAD) * FRAME + LONGEST_DELAY)
        self._recorded = _History((LOOK_AT + LEAD) * FRAME)

    def play(self, stereo: NDArray[np.float32]) -> None:
        """Take the newest frame of both channels."""
        self._recorded.append(stereo[:, 0])
        self._played.append(stereo[:, 1])
        self._frames += 1
        if self._frames % LOOK_EVERY == LOOK_AT:
            self._look()

    def echo(self, microphone: NDArray[np.float32]) -> NDArray[np.float32]:
        """The echo in the frame that was played ``LEAD`` frames before the newest."""
        return self._canceller.estimate(
            microphone, self._played.back(self._delay, FRAME)
        )

    def _look(self) -> None:
        """Shift the loudspeaker's sound when the filter cannot reach its delay."""
        length = LOOK_AT * FRAME
        found = find_delay(
            self._recorded.back(0, length),
            self._played.back(0, length),
            LONGEST_DELAY,
            -LEAD * FRAME,
        )
        if found is None:
            return
        if not self._delay <= found + LEAD * FRAME <= self._delay + _REACH:
            self._delay = max(0, found - _MARGIN)
            self._canceller = EchoCanceller()


class _History:
    """The newest samples of a stream."""

    def __init__(self, length: int) -> None:
        self._sound = np.zeros(2 * length, np.float32)
        self._length = length
        self._end = length

    def append(self, samples: NDArray[np.float32]) -> None:
        """Add what follows on."""
        if self._end + len(samples) > len(self._sound):
            self._sound[: self._length] = self._sound[
                self._end - self._length : self._end
            ]
            self._end = self._length
        self._sound[self._end : self._end + len(samples)] = samples
        self._end += len(samples)

    def back(self, ago: int, length: int) -> NDArray[np.float32]:
        """``length`` samples that end ``ago`` samples before the newest; a copy."""
        return self._sound[self._end - ago - length : self._end - ago].copy()
