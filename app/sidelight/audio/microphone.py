"""Input devices through PortAudio: listed, and opened by name at their own rate.

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

from sidelight.audio.clock import capture_clock
from sidelight.audio.ring import Ring
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.audio.chunk import Chunk

RING_S: Final = 4
"""Sound the ring holds: callbacks were never seen more than 32 ms late under load."""


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
