"""The microphone: found by name, opened at its own rate, watched while it runs.

The only importer of sounddevice, and it imports it late: without the PortAudio library
that import fails, and the rest of the program still has to work and say why.

Source: python-sounddevice's and PortAudio's documentation of callbacks; error numbers
from ``portaudio.h``.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import soxr

from sidelight.audio.align import Aligner
from sidelight.audio.clock import capture_clock
from sidelight.audio.ring import Ring
from sidelight.audio.source import Source
from sidelight.domain.errors import UserError
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.audio.block import AudioBlock
    from sidelight.audio.chunk import Chunk
    from sidelight.domain.timeline import Gap

RING_S: Final = 4
"""Sound the ring holds: callbacks were never seen more than 32 ms late under load."""

POLL_S: Final = 0.05
REOPEN_EVERY_S: Final = 2.0

# portaudio.h, PaErrorCode
_HOST_ERROR, _CHANNELS, _RATE, _NO_DEVICE, _GONE, _TIMED_OUT, _BUSY = (
    -9999, -9998, -9997, -9996, -9993, -9987, -9985,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Microphone:
    """An input device, known by what stays the same when others come and go.

    Attributes:
        name: As the system calls it.
        host: The sound system (ALSA, WASAPI, Core Audio).
        channels: How many it has.
        rate: Samples a second it runs at by itself.
        default: Whether its sound system would choose it.
    """

    name: str
    host: str
    channels: int
    rate: int
    default: bool


def load_sounddevice() -> Any:  # noqa: ANN401 - the module has no types
    """The sounddevice module.

    Raises:
        UserError: It, or the PortAudio library below it, is missing.
    """
    try:
        import sounddevice  # noqa: PLC0415 - fails without PortAudio
    except (ImportError, OSError) as error:
        remedy = "Reinstall Sidelight."
        if sys.platform == "linux":
            remedy = "Install it: `sudo apt install libportaudio2` (or your system's)."
        raise UserError(
            "The sound library PortAudio is missing on this computer.", remedy
        ) from error
    return sounddevice


def list_microphones(sound: Any = None) -> list[Microphone]:  # noqa: ANN401
    """Every input device, the default first.

    Args:
        sound: The sounddevice module, or one that behaves like it.

    Raises:
        UserError: PortAudio is missing.
    """
    sound = sound or load_sounddevice()
    hosts = sound.query_hostapis()
    found = [
        Microphone(
            name=entry["name"],
            host=hosts[entry["hostapi"]]["name"],
            channels=entry["max_input_channels"],
            rate=int(entry["default_samplerate"]),
            default=index == hosts[entry["hostapi"]]["default_input_device"],
        )
        for index, entry in enumerate(sound.query_devices())
        if entry["max_input_channels"] > 0
    ]
    return sorted(found, key=lambda microphone: not microphone.default)


def find_microphone(name: str | None, sound: Any = None) -> Microphone:  # noqa: ANN401
    """The microphone of this name, or the default one; never a similar one.

    Args:
        name: As ``list_microphones`` gives it; ``None`` for the system's choice.
        sound: The sounddevice module, or one that behaves like it.

    Raises:
        UserError: There is none, or none of this name, or PortAudio is missing.
    """
    found = list_microphones(sound)
    if not found:
        raise UserError(
            "There is no microphone.",
            "Plug one in, or allow Sidelight to use it in the system's privacy"
            " settings, and try again.",
        )
    if name is None:
        return found[0]
    for microphone in found:
        if microphone.name == name:
            return microphone
    names = ", ".join(microphone.name for microphone in found)
    raise UserError(
        f"The microphone {name!r} is not there.", f"Plug it in, or choose: {names}."
    )


class MicrophoneStream:
    """A running microphone; a ``ChunkStream``."""

    def __init__(
        self,
        microphone: Microphone,
        *,
        title: str | None = None,
        sound: Any = None,  # noqa: ANN401
        clock: Callable[[], float] = capture_clock,
    ) -> None:
        """Open and start it.

        Args:
            microphone: From ``list_microphones``.
            title: What people call it, where that is not its name.
            sound: The sounddevice module, or one that behaves like it.
            clock: The capture clock.

        Raises:
            UserError: It is gone, busy, or the sound system refuses.
        """
        self._sound = sound or load_sounddevice()
        self._clock = clock
        self._ended = threading.Event()
        self.rate = microphone.rate
        self._ring = Ring(RING_S * self.rate)
        index = _index(microphone, self._sound, title or microphone.name)
        try:
            self._stream = self._open(microphone, index)
            self._stream.start()
        except self._sound.PortAudioError as error:
            raise _refused(title or microphone.name, error) from error

    @property
    def ended(self) -> bool:
        """Whether the sound system ended the stream; some only fall silent."""
        return self._ended.is_set()

    def read(self) -> list[Chunk]:
        """What arrived since the last call."""
        return self._ring.read()

    def close(self) -> None:
        """End the stream."""
        try:
            self._stream.close()
        except self._sound.PortAudioError:
            self._ended.set()  # the device went first; there is nothing to end

    def _open(self, microphone: Microphone, index: int) -> Any:  # noqa: ANN401
        try:
            return self._input(index, 1)
        except self._sound.PortAudioError as error:
            if _code(error) != _CHANNELS:
                raise
            return self._input(index, microphone.channels)

    def _input(self, index: int, channels: int) -> Any:  # noqa: ANN401
        return self._sound.InputStream(
            device=index,
            samplerate=self.rate,
            channels=channels,
            dtype="float32",
            blocksize=0,
            latency="high",
            callback=self._deliver,
            finished_callback=self._ended.set,
        )

    def _deliver(
        self,
        samples: NDArray[np.float32],
        _count: int,
        _time: object,
        _flags: object,
    ) -> None:
        """Copy and return: no lock, no log, nothing that waits."""
        self._ring.write(samples, self._clock())


class MicrophoneSource(Source):
    """One microphone for everybody in the room; a ``Source``.

    The stream's holes and ends become silence with a ``Gap`` within a second; a
    microphone that went away is opened again when it is back.
    """

    layout = Layout.MONO

    def __init__(
        self,
        microphone: Microphone,
        *,
        sound: Any = None,  # noqa: ANN401
        clock: Callable[[], float] = capture_clock,
    ) -> None:
        """Choose the microphone; it is opened by ``blocks``.

        Args:
            microphone: From ``find_microphone``.
            sound: The sounddevice module, or one that behaves like it.
            clock: The capture clock.
        """
        self.name = microphone.name
        self._microphone = microphone
        self._sound = sound or load_sounddevice()
        self._clock = clock
        self._stopped = threading.Event()

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """The sound from the moment of opening, until ``stop``.

        Raises:
            UserError: The microphone cannot be opened.
        """
        stream = self._open()
        aligner = Aligner(stream.rate, None, self._clock())
        lost_at: float | None = None
        try:
            while not self._stopped.wait(POLL_S):
                for chunk in stream.read():
                    aligner.hear_coach(chunk)
                now = self._clock()
                if stream.ended and lost_at is None:
                    lost_at = now
                if lost_at is not None and now - lost_at >= REOPEN_EVERY_S:
                    lost_at = now
                    again = self._reopen(stream)
                    if again is not None:
                        stream, lost_at = again, None
                        aligner.reopen_coach(stream.rate)
                yield from aligner.pull(now)
        finally:
            stream.close()
        for chunk in stream.read():
            aligner.hear_coach(chunk)
        yield from aligner.finish(self._clock())

    def stop(self) -> None:
        """Make ``blocks`` end. Thread: any; more than once is fine."""
        self._stopped.set()

    def _open(self) -> MicrophoneStream:
        return MicrophoneStream(self._microphone, sound=self._sound, clock=self._clock)

    def _reopen(self, gone: MicrophoneStream) -> MicrophoneStream | None:
        gone.close()
        # PortAudio lists the devices once; a new list needs every stream closed.
        self._sound._terminate()  # noqa: SLF001 - sounddevice names no other way
        self._sound._initialize()  # noqa: SLF001
        try:
            self._microphone = find_microphone(self.name, self._sound)
            return self._open()
        except UserError:
            return None  # not back yet; the gap goes on


def play(samples: NDArray[np.float32], rate: int, sound: Any = None) -> None:  # noqa: ANN401
    """Play sound to the default output; returns when it has sounded.

    Args:
        samples: float32, shape (n,), -1..1.
        rate: Samples a second.
        sound: The sounddevice module, or one that behaves like it.

    Raises:
        UserError: There is no output, or it cannot be used.
    """
    sound = sound or load_sounddevice()
    try:
        output = int(sound.query_devices(kind="output")["default_samplerate"])
        fitting = samples if output == rate else soxr.resample(samples, rate, output)
        sound.play(fitting, output, blocking=True)
    except (sound.PortAudioError, ValueError) as error:
        raise UserError(
            "There is no loudspeaker to play it.", "Plug one in, or look at the level."
        ) from error


def _index(microphone: Microphone, sound: Any, title: str) -> int:  # noqa: ANN401
    """Where the device is now: indexes shift whenever another comes or goes.

    Raises:
        UserError: It is gone.
    """
    hosts = sound.query_hostapis()
    for index, entry in enumerate(sound.query_devices()):
        host = hosts[entry["hostapi"]]["name"]
        if (entry["name"], host) == (microphone.name, microphone.host):
            return index
    raise UserError(
        f"The microphone {title!r} is gone.", "Plug it in again, or choose another."
    )


def _code(error: Exception) -> int:
    """PortAudio's number, where sounddevice passes it on."""
    return next((part for part in error.args if isinstance(part, int)), 0)


def _refused(title: str, error: Exception) -> UserError:
    code = _code(error)
    if code in (_BUSY, _HOST_ERROR, _TIMED_OUT):
        return UserError(
            f"The microphone {title!r} is in use, or not allowed.",
            "Close the other program, look at the system's microphone privacy setting,"
            " or choose another microphone.",
        )
    if code in (_NO_DEVICE, _GONE):
        return UserError(
            f"The microphone {title!r} is gone.",
            "Plug it in again, or choose another.",
        )
    if code == _RATE:
        return UserError(
            f"The microphone {title!r} does not take its own sample rate.",
            "Choose another microphone, or set its rate in the system's settings.",
        )
    return UserError(
        f"The microphone {title!r} cannot be opened ({code}).",
        "Choose another microphone, or restart the sound system.",
    )
