"""A sounddevice module without a sound card: devices that come, go and misbehave."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
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
    running: bool = False
    closed: bool = False

    def start(self) -> None:
        self.running = True

    def close(self) -> None:
        self.closed = True

    def deliver(self, samples: NDArray[np.float32]) -> None:
        """What the sound system does when samples are there; shape (n, channels)."""
        shared = np.array(samples, np.float32)
        self.callback(shared, len(shared), None, None)
        shared[:] = 99.0  # the system uses its buffer again


@dataclass
class FakeSound:
    """Stands for the module ``sounddevice``."""

    inputs: list[FakeInput] = field(default_factory=list)
    streams: list[FakeStream] = field(default_factory=list)
    refreshed: int = 0

    PortAudioError = PortAudioError

    @property
    def default(self) -> SimpleNamespace:
        return SimpleNamespace(device=(1 if self.inputs else -1, -1))

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [{"name": "ALSA"}]

    def query_devices(self) -> list[dict[str, Any]]:
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
                for device in self.inputs
            ),
        ]

    def InputStream(self, **settings: Any) -> FakeStream:  # noqa: ANN401, N802
        device = self.inputs[settings["device"] - 1]
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
        return stream

    def _terminate(self) -> None:
        assert all(stream.closed for stream in self.streams)

    def _initialize(self) -> None:
        self.refreshed += 1
