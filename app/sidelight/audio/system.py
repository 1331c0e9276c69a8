"""The sound system of this computer: what it has, and how to open it."""

from __future__ import annotations

import atexit
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any, Final, Protocol

from sidelight.audio.choosing import (
    Device,
    Side,
    Via,
    again,
    choose_client_side,
    choose_microphone,
)
from sidelight.audio.clock import capture_clock
from sidelight.audio.devices import DeviceName, find_device
from sidelight.audio.listing import list_in_child
from sidelight.audio.loopback import WasapiLoopback, list_loopbacks, prepare_alsa
from sidelight.audio.microphone import (
    Microphone,
    MicrophoneStream,
    list_microphones,
    load_sounddevice,
    play,
)
from sidelight.audio.pulse import PCM_PREFIX, PulseWatch, list_sources
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from sidelight.audio.chunk import Chunk
    from sidelight.audio.pulse import PulseSource

CLOSE_S: Final = 2.0
"""A stream closes within some milliseconds, or never."""

_SERVER: Final = "PulseAudio"
"""What PipeWire calls itself too, where it stands in for it."""

_BEST_HOSTS: Final = ("Windows WASAPI", "Core Audio")
"""The other sound systems of Windows list the same devices with names cut short."""

_log = logging.getLogger(__name__)


class Stream(Protocol):
    """A running ``ChunkStream`` that knows when the sound system ended it."""

    rate: int

    @property
    def ended(self) -> bool:
        """Whether the sound system ended it; some streams only fall silent."""
        ...

    def read(self) -> list[Chunk]:
        """What arrived since the last call, in order; at once, possibly nothing."""
        ...

    def close(self) -> None:
        """End it; may never return when the sound server died."""
        ...


class SoundSystem:
    """Lists and opens devices; ``SoundSystem.start`` makes the real one.

    Thread: one at a time, for everything but ``watch``.
    """

    def __init__(
        self,
        sound: Any,  # noqa: ANN401 - the module has no types
        *,
        sources: Callable[[], list[PulseSource]] | None = None,
        served: bool = True,
        offer: Callable[[list[PulseSource]], object] = lambda _: None,
        loopback: Any = None,  # noqa: ANN401
        clock: Callable[[], float] = capture_clock,
        names_now: Callable[[], list[DeviceName]] = list_in_child,
        watch: Callable[..., PulseWatch] = PulseWatch,
    ) -> None:
        """Join the parts.

        Args:
            sound: The sounddevice module, or one that behaves like it.
            sources: The sound server's, where there may be one.
            served: Whether it answered.
            offer: Tells ALSA about sources, before PortAudio lists its devices.
            loopback: The pyaudiowpatch module, where there is one.
            clock: The capture clock.
            names_now: PortAudio's devices, listed without ending a stream.
            watch: Makes what tells about changes on the sound server.
        """
        self._sound = sound
        self._sources = sources
        self._served = served and sources is not None
        self._offer = offer
        self._loopback = loopback
        self._clock = clock
        self._names_now = names_now
        self._watch = watch
        self._stuck = False

    @classmethod
    def start(cls, folder: Path) -> SoundSystem:
        """The sound system of this computer; before anything else opens sound.

        On Linux this writes ``alsa.conf`` and sets ``ALSA_CONFIG_PATH``, so that
        PortAudio offers what the sound server has, monitors included.

        Args:
            folder: Private to this user, kept while the process runs.

        Raises:
            UserError: PortAudio is missing.
        """

        def offer(sources: list[PulseSource]) -> None:
            prepare_alsa(folder, sources)

        sources, served = None, False
        if sys.platform == "linux":
            sources = list_sources
            try:
                offer(sources())
                served = True
            except UserError:
                pass  # PortAudio's own devices have to do
        started = "sounddevice" in sys.modules
        system = cls(load_sounddevice(), sources=sources, served=served, offer=offer)
        if started:
            system.refresh()  # it listed its devices without the server's
        if sys.platform == "win32":
            system._loopback = _optional_loopback()
        return system

    @property
    def clock(self) -> Callable[[], float]:
        """The clock that stamps what streams deliver."""
        return self._clock

    def devices(self) -> list[Device]:
        """Everything that can be recorded.

        The server's sources are those of this moment, PortAudio's own devices those of
        the last ``refresh``.

        Raises:
            UserError: The sound server is gone.
        """
        if self._served:
            listed = self._offered()
            found = [device for device in self._of_server() if device.address in listed]
            # Without ALSA's plug-in for the server, PortAudio lists none of them.
            if found or any(name.startswith(PCM_PREFIX) for name in listed):
                return found
        return self._plain()

    def _offered(self) -> set[str]:
        return {microphone.name for microphone in list_microphones(self._sound)}

    def _of_server(self) -> list[Device]:
        return [] if self._sources is None else list(map(_of_source, self._sources()))

    def _plain(self) -> list[Device]:
        """What there is without a sound server."""
        inputs = list_microphones(self._sound)
        best = [m for m in inputs if m.host in _BEST_HOSTS]
        played = [] if self._loopback is None else list_loopbacks(self._loopback)
        return [
            *(_of_portaudio(microphone) for microphone in best or inputs),
            *(_of_loopback(name, rate, default) for name, rate, default in played),
        ]

    def microphone(self, wanted: str | DeviceName | None) -> Device:
        """See ``choose_microphone``."""
        return choose_microphone(self.devices(), wanted)

    def client_side(self, wanted: str | DeviceName | None) -> Device:
        """See ``choose_client_side``."""
        return choose_client_side(self.devices(), wanted)

    def open(self, device: Device) -> Stream:
        """Open and start a device, at its own rate.

        Raises:
            UserError: It is gone, busy, or the system refuses.
        """
        _prepare_thread()
        if device.via is Via.LOOPBACK:
            return WasapiLoopback(device.address, self._clock, self._loopback)
        host = "ALSA" if device.via is Via.SERVER else device.name.host_api
        microphone = Microphone(
            device.address, host, device.channels, device.rate, default=device.default
        )
        return MicrophoneStream(
            microphone, title=device.title, sound=self._sound, clock=self._clock
        )

    def play(self, samples: NDArray[np.float32], rate: int) -> None:
        """See ``microphone.play``."""
        play(samples, rate, self._sound)

    def close(self, stream: Stream) -> None:
        """End a stream, or give up on it.

        PortAudio's close waits for its own thread, which waits for the sound server;
        when that died it may do so for ever. Then a daemon thread is left with it, and
        PortAudio's own good-bye at the end of the process, which would wait as well, is
        left out.
        """
        closing = threading.Thread(
            target=stream.close, name="closing a stream", daemon=True
        )
        closing.start()
        closing.join(CLOSE_S)
        if closing.is_alive():
            _log.info("a stream does not close")
            self.leave_alone()

    def leave_alone(self) -> None:
        """A thread hangs in PortAudio: never start it anew, nor end it at exit."""
        self._stuck = True
        atexit.unregister(self._sound._exit_handler)  # noqa: SLF001 - no other way

    def refresh(self) -> None:
        """List the devices anew. Every stream through PortAudio must be closed.

        Raises:
            UserError: A stream could not be closed, or the sound server is gone.
        """
        if self._stuck:
            raise UserError(
                "The sound system hangs.",
                "End the session and start Sidelight again; what was said is kept.",
            )
        if self._sources is not None:
            try:
                self._offer(self._sources())
                self._served = True
            except UserError:
                if self._served:
                    raise
        _prepare_thread()
        # sounddevice names no other way.
        self._sound._terminate()  # noqa: SLF001
        self._sound._initialize()  # noqa: SLF001

    def is_back(self, device: Device) -> bool:
        """Whether a device of PortAudio's is there, without ending any stream."""
        try:
            find_device(device.name, self._names_now())
        except UserError:
            return False
        return True

    def present(self, device: Device) -> Device | None:
        """The same device as it is now, or ``None``; never another.

        Raises:
            UserError: The sound server is gone.
        """
        if device.via is Via.SERVER and self._sources is not None:
            # Another process of ours may have written the list while it was away.
            self._offer(self._sources())
            devices = self._of_server()
        else:
            # A server that started meanwhile does not take a plain device away.
            devices = self._plain()
        try:
            return again(device, devices)
        except UserError:
            return None

    def watch(
        self,
        attached: Callable[[Mapping[int, str]], None],
        lost: Callable[[], None],
        preferred: Callable[[str, str], None],
    ) -> PulseWatch | None:
        """What tells about changes, see ``PulseWatch``; ``None`` without a server."""
        if not self._served:
            return None
        return self._watch(attached, lost, preferred)


def _prepare_thread() -> None:
    """Let this thread use Windows' devices; PortAudio does so for one thread only.

    Source: Microsoft's documentation of ``CoInitializeEx``; never run yet.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - this system only

        ctypes.windll.ole32.CoInitializeEx(None, 0)  # again, or otherwise: no harm


def _of_source(source: PulseSource) -> Device:
    return Device(
        name=DeviceName(source.name, _SERVER),
        title=source.title,
        side=Side.PLAYED if source.output else Side.MICROPHONE,
        via=Via.SERVER,
        address=source.pcm,
        channels=1,  # the server mixes
        rate=source.rate,
        default=source.default,
    )


def _of_portaudio(microphone: Microphone) -> Device:
    return Device(
        name=DeviceName(microphone.name, microphone.host),
        title=microphone.name,
        side=Side.MICROPHONE,
        via=Via.PORTAUDIO,
        address=microphone.name,
        channels=microphone.channels,
        rate=microphone.rate,
        default=microphone.default,
    )


def _of_loopback(name: str, rate: int, default: bool) -> Device:  # noqa: FBT001
    return Device(
        name=DeviceName(name, "Windows loopback"),
        title=name,
        side=Side.PLAYED,
        via=Via.LOOPBACK,
        address=name,
        channels=2,
        rate=rate,
        default=default,
    )


def _optional_loopback() -> Any:  # noqa: ANN401 - Windows only, no types
    from sidelight.audio.loopback import load_pyaudiowpatch  # noqa: PLC0415

    try:
        return load_pyaudiowpatch()
    except UserError:
        return None  # the microphone alone, then
