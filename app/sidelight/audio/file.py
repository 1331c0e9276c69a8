"""A sound file as aligned blocks: checked when opened, decoded piece by piece.

PyAV (FFmpeg) decodes and brings every sample format to float32; soxr resamples.
A file of any length costs the same memory.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

import av
import numpy as np
import soxr

from sidelight.audio.block import AudioBlock
from sidelight.audio.riff import announced_length
from sidelight.audio.source import Source
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from numpy.typing import NDArray

    from sidelight.domain.timeline import Gap

BLOCK: Final = Samples(SAMPLE_RATE // 10)
"""Length of the blocks a file is cut into: 0.1 s, about what sound systems deliver."""

LOWEST_RATE: Final = 4_000
"""Below this no speech is left to recognise."""

MISSING_TOLERANCE_S: Final = 0.5
"""How much shorter than announced a file may be: codecs round to their own blocks."""

CoachSide = Literal["left", "right"]

_OTHER_FILE = (
    "Choose another file, or convert it to WAV or FLAC with one or two channels."
)


class _DamagedError(Exception):
    """The decoder gave up in the middle of the file."""


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A sound file that was looked into and can be decoded.

    Attributes:
        path: Where it lies.
        layout: What its channels become: two channels may be mixed to ``MONO``.
        coach: Which side the coach is on, with ``STEREO``.
        channels: Channels in the file; more than two become a room.
        rate: Samples a second in the file.
        announced: Length according to its header, or ``None`` when it has none.
    """

    path: Path
    layout: Layout
    coach: CoachSide
    channels: int
    rate: int
    announced: Millis | None

    @classmethod
    def open(
        cls, path: Path, layout: Layout | None = None, coach: CoachSide = "left"
    ) -> SoundFile:
        """Look into a file: header, channels, rate, and whether its start decodes.

        Args:
            path: Any file FFmpeg can read; the first sound track counts.
            layout: ``None`` takes it from the file.
            coach: The coach's side of a two-channel file.

        Raises:
            UserError: Missing, empty, no sound, damaged, too many channels.
        """
        _check_readable(path)
        with _container(path) as container:
            stream = _sound_track(container, path)
            channels, rate = stream.codec_context.channels, stream.codec_context.rate
            sound = cls(
                path=path,
                layout=_layout(path, channels, layout),
                coach=coach,
                channels=channels,
                rate=rate,
                announced=announced_length(path) or _announced(container, stream),
            )
            if rate < LOWEST_RATE:
                raise UserError(
                    f"{path.name} has only {rate} samples a second: too few to hear.",
                    _OTHER_FILE,
                )
        sound.check_start()
        return sound

    def check_start(self) -> None:
        """Decode the first samples.

        Raises:
            UserError: There are none, or they are damaged.
        """
        try:
            first = next(_decoded(self), None)
        except _DamagedError:
            raise UserError(
                f"{self.path.name} is damaged: its sound cannot be decoded.",
                "Get the file again from where it was recorded.",
            ) from None
        if first is None:
            raise UserError(f"{self.path.name} holds no sound.", _OTHER_FILE)

    def blocks(self, length: Samples = BLOCK) -> Iterator[AudioBlock]:
        """The whole sound at 16 kHz in blocks of ``length`` (the last may be shorter).

        Raises:
            UserError: The file is damaged or shorter than it says. Every block that
                could be read was delivered before.
        """
        position = Samples(0)
        waiting: list[NDArray[np.float32]] = []
        held = 0
        damaged = False
        pieces = _resampled(self)
        while True:
            try:
                piece = next(pieces, None)
            except _DamagedError:
                damaged, piece = True, None
            if piece is None:
                break
            waiting.append(piece)
            held += len(piece)
            if held < length:
                continue
            sound = np.concatenate(waiting)
            whole = held - held % length
            for at in range(0, whole, length):
                yield AudioBlock(position, sound[at : at + length])
                position = Samples(position + length)
            waiting, held = [sound[whole:]], held - whole
        if held:
            yield AudioBlock(position, np.concatenate(waiting))
            position = Samples(position + held)
        self._check_end(position, damaged=damaged)

    def _check_end(self, position: Samples, *, damaged: bool) -> None:
        read_s = position / SAMPLE_RATE
        whole_s = read_s if self.announced is None else self.announced / 1000
        if not damaged and whole_s - read_s <= MISSING_TOLERANCE_S:
            return
        of = f" of {whole_s:.1f}" if whole_s > read_s else ""
        raise UserError(
            f"{self.path.name} ends early: {read_s:.1f}{of} s of sound could be read,"
            " the rest is missing or damaged.",
            "Everything up to there was used. Get the whole file and run this again.",
        )


class Clock(Protocol):
    """Real time, or a test's."""

    def now(self) -> float:
        """Seconds from any fixed moment; never goes back."""
        ...

    def wait(self, seconds: float, stopped: threading.Event) -> None:
        """Wait so long, or until ``stopped`` is set."""
        ...


class SystemClock:
    """The computer's steady clock."""

    def now(self) -> float:
        """Seconds of ``time.monotonic``."""
        return time.monotonic()

    def wait(self, seconds: float, stopped: threading.Event) -> None:
        """Sleep, interruptibly."""
        stopped.wait(seconds)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a file plays.

    Attributes:
        speed: 1.0 as it was recorded, 8.0 eight times as fast; ``None`` as fast as it
            is read.
        clock: Measures real time.
    """

    speed: float | None
    clock: Clock

    def __post_init__(self) -> None:
        if self.speed is not None and self.speed <= 0:
            msg = f"not a speed: {self.speed}"
            raise ValueError(msg)


class FileSource(Source):
    """A ``Source`` that plays a file at a pace: a block comes when it has sounded."""

    def __init__(self, sound: SoundFile, pace: Pace) -> None:
        self.name = sound.path.name
        self.layout = sound.layout
        self.pace = pace
        self._sound = sound
        self._began = 0.0
        self._stopped = threading.Event()

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """The sound of the file; see ``Source.blocks`` and ``SoundFile.blocks``."""
        clock = self.pace.clock
        self._began = clock.now()
        for block in self._sound.blocks():
            if self.pace.speed is not None:
                due = self._began + block.end / SAMPLE_RATE / self.pace.speed
                while (left := due - clock.now()) > 0:
                    clock.wait(left, self._stopped)
                    if self._stopped.is_set():
                        return
            if self._stopped.is_set():
                return
            yield block

    def played(self) -> Millis:
        """How much has sounded by now, at the pace's speed; it must have one."""
        if self.pace.speed is None:
            msg = "a source without a speed does not play"
            raise ValueError(msg)
        elapsed = self.pace.clock.now() - self._began
        return Millis(int(elapsed * self.pace.speed * 1000))

    def stop(self) -> None:
        """End ``blocks`` at once. Thread: any."""
        self._stopped.set()


def _check_readable(path: Path) -> None:
    if path.is_dir():
        raise UserError(f"{path.name or path} is a folder, not a file.", _OTHER_FILE)
    if path.exists() and not path.is_file():
        # A pipe would be waited for, a device never ends.
        raise UserError(f"{path.name} is no file.", _OTHER_FILE)
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError:
        raise UserError(
            f"There is no file {path}.", "Check the name and the folder."
        ) from None
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be read: {error.strerror}.",
            "Check its permissions, or copy it to this computer.",
        ) from None
    if empty:
        raise UserError(f"{path.name} is empty.", _OTHER_FILE)


def _container(path: Path) -> InputContainer:
    try:
        # In full: "talk:2.wav" alone is an address to FFmpeg. And a list of other
        # places, as players save them, leads nowhere, least of all into a network.
        return av.open(
            str(path.absolute()),
            mode="r",
            metadata_errors="ignore",
            options={"protocol_whitelist": "file"},
        )
    except (av.error.FFmpegError, OSError):
        raise UserError(
            f"{path.name} is no sound file that can be read.",
            "If it is encrypted or packed, open it with its own program first;"
            " otherwise convert it to WAV or FLAC.",
        ) from None


def _sound_track(container: InputContainer, path: Path) -> AudioStream:
    if not container.streams.audio:
        raise UserError(f"{path.name} holds no sound.", _OTHER_FILE)
    stream = container.streams.audio[0]
    if not stream.codec_context.channels or not stream.codec_context.rate:
        raise UserError(
            f"{path.name} is damaged: it does not say what sound it holds.",
            _OTHER_FILE,
        )
    return stream


def _layout(path: Path, channels: int, wanted: Layout | None) -> Layout:
    if channels > len(Layout.STEREO.speakers) and wanted is not Layout.MONO:
        raise UserError(
            f"{path.name} has {channels} channels; Sidelight reads one (a room) or two"
            " (coach and client).",
            "Bring it in as a room: one microphone for everybody (--layout mono). Or"
            " make a file of the two channels that hold the coach and the client.",
        )
    if wanted is Layout.STEREO and channels == 1:
        raise UserError(
            f"{path.name} has one channel, so coach and client cannot be told apart.",
            "Use --layout mono.",
        )
    if wanted is not None:
        return wanted
    return Layout.MONO if channels == 1 else Layout.STEREO


def _announced(container: InputContainer, stream: AudioStream) -> Millis | None:
    if stream.duration is not None and stream.time_base is not None:
        return Millis(int(stream.duration * stream.time_base * 1000))
    if container.duration is not None:
        return Millis(container.duration * 1000 // av.time_base)
    return None


def _decoded(sound: SoundFile) -> Iterator[NDArray[np.float32]]:
    """The file's own samples, float32, shape (n, channels of the file).

    Of more than two channels they are mixed: shape (n, 1).
    """
    with _container(sound.path) as container:
        stream = _sound_track(container, sound.path)
        many = sound.channels > len(Layout.STEREO.speakers)
        # FFmpeg knows which of many loudspeakers a channel is for.
        to_float = av.AudioResampler(format="flt", layout="mono" if many else None)
        channels = 1 if many else sound.channels
        try:
            for frame in container.decode(stream):
                for converted in to_float.resample(frame):
                    flat = np.ascontiguousarray(converted.to_ndarray(), np.float32)
                    yield _finite(flat).reshape(-1, channels)
        except (av.error.FFmpegError, ValueError):
            # ValueError: rate or channels changed in the middle.
            raise _DamagedError from None


def _finite(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Silence where a sample is no number: one would spoil all that is computed."""
    if np.isfinite(sound).all():
        return sound
    return np.nan_to_num(sound, nan=0.0, posinf=0.0, neginf=0.0)


def _resampled(sound: SoundFile) -> Iterator[NDArray[np.float32]]:
    """The sound in the session's channels at 16 kHz, in pieces of any length."""
    arrange = _arrangement(sound)
    channels = len(sound.layout.speakers)
    if sound.rate == SAMPLE_RATE:
        yield from map(arrange, _decoded(sound))
        return
    stream = soxr.ResampleStream(sound.rate, SAMPLE_RATE, channels, dtype="float32")
    try:
        for piece in _decoded(sound):
            done = stream.resample_chunk(arrange(piece))
            if len(done):
                yield done.reshape(-1, channels)
    finally:
        rest = stream.resample_chunk(np.zeros((0, channels), np.float32), last=True)
    if len(rest):
        yield rest.reshape(-1, channels)


def _arrangement(
    sound: SoundFile,
) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """How the file's channels become the session's."""
    if sound.layout is Layout.MONO:
        return lambda piece: piece.mean(axis=1, keepdims=True, dtype=np.float32)
    if sound.coach == "right":
        return lambda piece: piece[:, ::-1].copy()
    return lambda piece: piece
