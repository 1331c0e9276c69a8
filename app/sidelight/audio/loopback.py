"""The client's side of a call: what this computer plays, as a device to record.

- Linux: every source of the sound server becomes an ordinary ALSA device for PortAudio,
  through a generated configuration (`prepare_alsa`, before PortAudio starts).
- Windows: WASAPI loopback through PyAudioWPatch (`WasapiLoopback`), as the PortAudio
  that comes with sounddevice has none. Written after its documentation; never run yet.
- macOS: an ordinary virtual device such as BlackHole, chosen by name like a microphone.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sidelight.audio.ring import Ring
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence
    from pathlib import Path

    from sidelight.audio.chunk import Chunk
    from sidelight.audio.pulse import PulseSource

_SYSTEM_CONFIG: Final = "/usr/share/alsa/alsa.conf"
_RING_S: Final = 4

MAC_GUIDANCE: Final = (
    "macOS lets no program record what it plays. Install the free virtual device"
    " BlackHole 2ch, make a Multi-Output Device of it and your headphones in Audio MIDI"
    " Setup, let the call play to that, and choose BlackHole 2ch as the client's side."
)
"""For the settings page. Process taps would need macOS 14.4 and a signed program."""


def alsa_config(sources: Sequence[PulseSource]) -> str:
    """An ALSA configuration that offers sources of the sound server as devices.

    The system's own configuration is read first and stays valid.
    """
    entries = [
        f"pcm.{source.pcm} {{\n"
        "    type pulse\n"
        f'    device "{_quoted(source.name)}"\n'
        f'    hint {{ show on description "{_quoted(source.title)}" }}\n'
        "}\n"
        for source in sources
    ]
    return "".join((f"<{_SYSTEM_CONFIG}>\n", *entries))


def prepare_alsa(
    folder: Path,
    sources: Sequence[PulseSource],
    environment: MutableMapping[str, str] = os.environ,
) -> Path:
    """Write the configuration and point ALSA to it.

    PortAudio reads it when it starts: to be called at the entry of the process, before
    sounddevice is imported. Calling it again changes the list after PortAudio was
    started anew.

    Args:
        folder: Private to this user.
        sources: All that may be chosen; see ``pulse.list_sources``.
        environment: Where ``ALSA_CONFIG_PATH`` is set.

    Returns:
        The file.
    """
    path = folder / "alsa.conf"
    fresh = path.with_suffix(".new")
    fresh.write_text(alsa_config(sources), "utf-8")
    fresh.replace(path)
    environment["ALSA_CONFIG_PATH"] = str(path)
    return path


class WasapiLoopback:
    """What a Windows output plays; a ``ChunkStream``.

    Nothing is delivered while nothing plays; ``Aligner`` fills that with silence.
    """

    def __init__(
        self,
        output: str | None,
        clock: Callable[[], float],
        library: Any = None,  # noqa: ANN401
    ) -> None:
        """Open and start it.

        Args:
            output: The output's name, or ``None`` for the default one.
            clock: The capture clock.
            library: The pyaudiowpatch module, or one that behaves like it.

        Raises:
            UserError: There is no such output, or Windows refuses.
        """
        self._library = library or load_pyaudiowpatch()
        self._clock = clock
        self._ended = threading.Event()
        self._audio = self._library.PyAudio()
        try:
            device = self._device(output)
            self.rate = int(device["defaultSampleRate"])
            self._channels = int(device["maxInputChannels"])
            self._ring = Ring(_RING_S * self.rate)
            self._stream = self._audio.open(
                format=self._library.paFloat32,
                channels=self._channels,
                rate=self.rate,
                input=True,
                input_device_index=device["index"],
                frames_per_buffer=self.rate // 50,
                stream_callback=self._deliver,
            )
        except (OSError, ValueError) as error:
            self._audio.terminate()
            raise UserError(
                "Windows does not give the sound of the call.",
                "Choose another output for the call, or record the microphone alone.",
            ) from error
        except UserError:
            self._audio.terminate()
            raise

    @property
    def ended(self) -> bool:
        """Whether Windows ended the stream."""
        return self._ended.is_set() or not self._stream.is_active()

    def read(self) -> list[Chunk]:
        """What arrived since the last call."""
        return self._ring.read()

    def close(self) -> None:
        """End the stream. More than once is fine."""
        if not self._ended.is_set():
            self._ended.set()
            self._stream.close()
            self._audio.terminate()

    def _device(self, output: str | None) -> Any:  # noqa: ANN401 - a plain dict
        if output is None:
            return self._audio.get_default_wasapi_loopback()
        devices = list(self._audio.get_loopback_device_info_generator())
        for device in devices:
            if _plain(device) == output:
                return device
        names = ", ".join(_plain(device) for device in devices)
        raise UserError(
            f"The output {output!r} is not there.", f"Plug it in, or choose: {names}."
        )

    def _deliver(
        self, data: bytes, _count: int, _time: object, _flags: int
    ) -> tuple[None, int]:
        samples = np.frombuffer(data, np.float32).reshape(-1, self._channels)
        self._ring.write(samples, self._clock())
        return None, int(self._library.paContinue)


def list_loopbacks(library: Any) -> list[tuple[str, int, bool]]:  # noqa: ANN401
    """What can be recorded of Windows' outputs.

    Args:
        library: The pyaudiowpatch module, or one that behaves like it.

    Returns:
        Name, samples a second and whether Windows would choose it, of each output; none
        where Windows has no such outputs.
    """
    audio = library.PyAudio()
    try:
        chosen = _plain(audio.get_default_wasapi_loopback())
        return [
            (_plain(device), int(device["defaultSampleRate"]), _plain(device) == chosen)
            for device in audio.get_loopback_device_info_generator()
        ]
    except (OSError, LookupError):
        return []
    finally:
        audio.terminate()


def load_pyaudiowpatch() -> Any:  # noqa: ANN401 - Windows only, no types
    """The pyaudiowpatch module.

    Raises:
        UserError: It is not there.
    """
    try:
        return importlib.import_module("pyaudiowpatch")
    except ImportError as error:
        remedy = "Reinstall Sidelight."
        if sys.platform != "win32":
            remedy = "Choose the monitor of an output as the client's side instead."
        raise UserError(
            "WASAPI loopback is not installed on this computer.", remedy
        ) from error


def _plain(device: Any) -> str:  # noqa: ANN401 - a plain dict
    """The output's own name; the library calls it "Speakers [Loopback]"."""
    return str(device["name"]).removesuffix(" [Loopback]")


def _quoted(text: str) -> str:
    """For ALSA's configuration: its strings end at a quote and know escapes."""
    visible = "".join(c if c.isprintable() else " " for c in text)
    return visible.replace("\\", "\\\\").replace('"', '\\"')
