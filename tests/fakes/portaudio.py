"""A sounddevice module without a sound card: devices that come, go and misbehave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from numpy.typing import NDArray


class PortAudioError(Exception):
    """As sounddevice raises it: a text, then PortAudio's number."""


@dataclass
class FakeInput:
    """One input device.

    Attributes:
        name: Its name.
        channels: How many it has.
        rate: Its own rate.
        fault: PortAudio's number, raised when it is opened.
        least_channels: Opening with fewer is refused.
    """

    name: str
    channels: int = 1
    rate: int = 48_000
    fault: int | None = None
    least_channels: int = 1


@dataclass
class FakeStream:
    """A running stream; the test plays the sound system's thread."""

    device: FakeInput
    channels: int
    callback: Callable[..., None]
    finished: Callable[[], None]
    close_waits_for: threading.Event | None = None
    running: bool = False
    closed: bool = False

    def start(self) -> None:
        self.running = True

    def close(self) -> None:
        if self.close_waits_for is not None:
            self.close_waits_for.wait()
        self.closed = True

    def deliver(self, samples: NDArray[np.float32]) -> None:
        """What the sound system does when samples are there; shape (n, channels)."""
        assert not self.closed
        shared = np.array(samples, np.float32)
        self.callback(shared, len(shared), None, None)
        shared[:] = 99.0  # the system uses its buffer again


@dataclass
class FakeSound:
    """Stands for the module ``sounddevice``.

    As the real one it lists the devices once, when it starts; what was plugged in or
    pulled out since is only seen after ``_terminate`` and ``_initialize``, for which
    every stream has to be closed.

    Attributes:
        inputs: The input devices that are plugged in now.
        streams: Every stream ever opened.
        refreshed: How often it was started anew.
        started: Told of each stream that begins.
        played: What was played to the default output, with its rate.
        output_rate: Of the default output; ``None``: there is none.
        host: Name of its sound system.
    """

    inputs: list[FakeInput] = field(default_factory=list)
    streams: list[FakeStream] = field(default_factory=list)
    refreshed: int = 0
    started: Callable[[FakeStream], None] = lambda _: None
    played: list[tuple[NDArray[np.float32], int]] = field(default_factory=list)
    output_rate: int | None = 48_000
    host: str = "ALSA"

    PortAudioError = PortAudioError

    def __post_init__(self) -> None:
        self._listed = list(self.inputs)

    @property
    def running(self) -> list[FakeStream]:
        return [stream for stream in self.streams if not stream.closed]

    def query_hostapis(self) -> list[dict[str, Any]]:
        chosen = 1 if self._listed else -1
        return [{"name": self.host, "default_input_device": chosen}]

    def query_devices(self, *, kind: str | None = None) -> Any:  # noqa: ANN401
        if kind == "output":
            if self.output_rate is None:
                raise PortAudioError("Error querying device -1")
            return {"default_samplerate": float(self.output_rate)}
        loudspeaker = {
            "name": "Loudspeaker",
            "hostapi": 0,
            "max_input_channels": 0,
            "default_samplerate": 48_000.0,
        }
        return [
            loudspeaker,
            *(
                {
                    "name": device.name,
                    "hostapi": 0,
                    "max_input_channels": device.channels,
                    "default_samplerate": float(device.rate),
                }
                for device in self._listed
            ),
        ]

    def InputStream(self, **settings: Any) -> FakeStream:  # noqa: ANN401, N802
        device = self._listed[settings["device"] - 1]
        if device not in self.inputs:
            raise PortAudioError("Illegal combination of I/O devices", -9993)
        if device.fault is not None:
            raise PortAudioError("Error opening InputStream", device.fault)
        if settings["channels"] < device.least_channels:
            raise PortAudioError("Invalid number of channels", -9998)
        if settings["samplerate"] != device.rate:
            raise PortAudioError("Invalid sample rate", -9997)
        stream = FakeStream(
            device,
            settings["channels"],
            settings["callback"],
            settings["finished_callback"],
        )
        self.streams.append(stream)
        self.started(stream)
        return stream

    def play(
        self, samples: NDArray[np.float32], samplerate: int, *, blocking: bool
    ) -> None:
        assert blocking
        self.played.append((samples, samplerate))

    def _terminate(self) -> None:
        assert all(stream.closed for stream in self.streams)

    def _initialize(self) -> None:
        self._listed = list(self.inputs)
        self.refreshed += 1

    def _exit_handler(self) -> None:
        raise AssertionError("it would hang")
