"""Two real PortAudio streams at once, through a real sound server."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import replace
from queue import Queue
from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.likeness import holds_every_piece, place
from tests.fakes.soundserver import RATE, SoundServer

from sidelight.audio.align import Aligner
from sidelight.audio.block import AudioBlock
from sidelight.audio.clock import capture_clock
from sidelight.audio.devices import DeviceName
from sidelight.audio.listing import list_in_child
from sidelight.audio.loopback import prepare_alsa
from sidelight.audio.microphone import (
    Microphone,
    MicrophoneStream,
    list_microphones,
    load_sounddevice,
)
from sidelight.audio.pulse import PulseWatch, list_sources
from sidelight.audio.watch import StreamWatch, Trouble
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from numpy.typing import NDArray

pytestmark = [
    pytest.mark.soak,  # 37 s; tests/devices/test_live_capture.py is the quick one
    pytest.mark.skipif(sys.platform != "linux", reason="a Linux sound server"),
    pytest.mark.skipif(not shutil.which("pulseaudio"), reason="no pulseaudio"),
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with SoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("ALSA_CONFIG_PATH", raising=False)
        yield server


@pytest.fixture
def sound(server: SoundServer) -> Iterator[ModuleType]:
    """sounddevice, started with a desk microphone and speakers to choose from."""
    server.plug("desk")
    server.plug("speakers")
    prepare_alsa(server.folder, list_sources())
    module = load_sounddevice()
    module._terminate()
    module._initialize()
    yield module
    module._terminate()
    module._initialize()


def test_two_streams_at_once_lose_nothing(
    server: SoundServer, sound: ModuleType
) -> None:
    """Different sound to both devices; each comes back whole in its own channel."""
    random = np.random.default_rng(0)
    said = [random.uniform(-0.5, 0.5, 2 * RATE).astype(np.float32) for _ in range(2)]
    # Without the highest tones, so that half a sample of delay does not matter.
    said[1] = np.convolve(said[1], np.full(8, 0.25), "same").astype(np.float32)
    heard = _record(server, sound, ("desk", "speakers"), said)
    at = place(heard[:, 0], said[0])
    np.testing.assert_array_equal(heard[at : at + 2 * RATE, 0], said[0])
    # The client's side glides to the coach's clock, but every piece of it is there.
    assert holds_every_piece(heard[:, 1], said[1])


def test_what_sounds_at_once_is_aligned(server: SoundServer, sound: ModuleType) -> None:
    """Two streams of the same device, each with arrivals of its own."""
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 2 * RATE).astype(np.float32)
    heard = _record(server, sound, ("desk", "desk"), [noise])
    apart = place(heard[:, 1], noise) - place(heard[:, 0], noise)
    assert abs(apart) <= 0.025 * RATE


def test_unplugged_rerouted_and_plugged_in_again(
    server: SoundServer, sound: ModuleType
) -> None:
    """The server moves the stream silently; it is told within 3 s, and who says so."""
    desk = _microphone("desk", sound)
    events: Queue[Mapping[int, str]] = Queue()
    with PulseWatch(events.put, lambda: None):
        stream = MicrophoneStream(desk, sound=sound)
        try:
            ((number, source),) = events.get(timeout=5).items()
            assert source == "desk.monitor"
            watch = StreamWatch(
                "Desk", opened=capture_clock(), rate=desk.rate, source=source
            )
            server.unplug("desk")
            unplugged = time.monotonic()
            assert events.get(timeout=3) == {number: "speakers.monitor"}
            watch.attached(capture_clock(), "speakers.monitor")
            assert time.monotonic() - unplugged < 3
            (condition,) = watch.conditions(capture_clock())
            assert condition.trouble is Trouble.REROUTED
            assert not stream.ended, "PortAudio does not notice"
        finally:
            stream.close()
        server.plug("desk")
        stream = MicrophoneStream(desk, sound=sound)
        try:
            told = events.get(timeout=5)
            if not told:  # it was quick enough to see that the old one is gone
                told = events.get(timeout=5)
            assert list(told.values()) == ["desk.monitor"]
            watch.reopened(capture_clock(), stream.rate)
            _until(lambda: bool(stream.read()), lambda: None, 5)
            assert watch.conditions(capture_clock()) == ()
        finally:
            stream.close()


def test_a_child_sees_what_portaudio_here_cannot(
    server: SoundServer, sound: ModuleType
) -> None:
    """The list of this process stays as it was; the child's is of the moment."""
    server.plug("late")
    prepare_alsa(server.folder, list_sources())
    late = next(source.pcm for source in list_sources() if source.title == "late")
    assert late not in [microphone.name for microphone in list_microphones(sound)]
    assert DeviceName(late, "ALSA") in list_in_child()


def test_a_sound_server_that_dies_is_noticed(server: SoundServer) -> None:
    lost = Event()
    server.plug("desk")
    with PulseWatch(lambda _: None, lost.set):
        server.kill()
        assert lost.wait(3)
    with pytest.raises(UserError, match="No sound server"):
        list_sources()


def _microphone(title: str, sound: ModuleType) -> Microphone:
    (source,) = (source for source in list_sources() if source.title == title)
    (found,) = (m for m in list_microphones(sound) if m.name == source.pcm)
    return replace(found, rate=source.rate)


def _record(
    server: SoundServer,
    sound: ModuleType,
    devices: tuple[str, str],
    said: list[NDArray[np.float32]],
) -> NDArray[np.float32]:
    """Play to the devices while both are recorded and aligned."""
    streams = [MicrophoneStream(_microphone(d, sound), sound=sound) for d in devices]
    aligner = Aligner(streams[0].rate, streams[1].rate, capture_clock())
    blocks: list[NDArray[np.float32]] = []

    def drain() -> None:
        for chunk in streams[0].read():
            aligner.hear_coach(chunk)
        for chunk in streams[1].read():
            aligner.hear_client(chunk)
        for item in aligner.pull(capture_clock()):
            assert isinstance(item, AudioBlock), "nothing is lost"
            assert item.start == sum(map(len, blocks))
            blocks.append(item.samples)

    try:
        _until(lambda: aligner.position > 0, drain, 5)
        players = [
            server.play(device, noise)
            for device, noise in zip(devices, said, strict=False)
        ]
        _until(lambda: all(p.poll() is not None for p in players), drain, 15)
        end = aligner.position + RATE // 2
        _until(lambda: aligner.position > end, drain, 5)
    finally:
        for stream in streams:
            stream.close()
    return np.concatenate(blocks)


def _until(
    done: Callable[[], bool], work: Callable[[], None], timeout_s: float
) -> None:
    deadline = time.monotonic() + timeout_s
    while not done():
        assert time.monotonic() < deadline, "it takes too long"
        work()
        time.sleep(0.02)
