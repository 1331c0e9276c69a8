"""Every source: aligned blocks in order without holes, until the end or ``stop``."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from tests.fakes.portaudio import FakeInput, FakeSound, FakeStream
from tests.fakes.sources import NoiseSource

from sidelight.audio.block import AudioBlock
from sidelight.audio.file import FileSource, Pace, SoundFile, SystemClock
from sidelight.audio.live import LiveSource
from sidelight.audio.source import Source
from sidelight.audio.system import SoundSystem
from sidelight.domain.timeline import SAMPLE_RATE, Gap

SECONDS = 3.0


def file_source(folder: Path) -> Source:
    path = folder / "noise.wav"
    rng = np.random.default_rng(1)
    noise = rng.uniform(-0.5, 0.5, (int(SECONDS * SAMPLE_RATE), 2))
    soundfile.write(path, noise.astype(np.float32), SAMPLE_RATE)
    return FileSource(SoundFile.open(path), Pace(None, SystemClock()))


def noise_source(folder: Path) -> Source:
    del folder
    return NoiseSource(SECONDS)


def live_source(folder: Path) -> Source:
    """Both sides of a call, at rates of their own, until somebody stops it."""
    del folder
    now = 100.0
    inputs = [FakeInput("Desk", rate=48_000), FakeInput("BlackHole", rate=44_100)]
    sound = FakeSound(inputs)
    system = SoundSystem(sound, clock=lambda: now)
    source = LiveSource(
        system, system.microphone("Desk"), system.client_side("BlackHole")
    )

    def deliver(stream: FakeStream) -> None:
        nonlocal now
        now = 100.0
        rng = np.random.default_rng(1)
        for _ in range(round(SECONDS * 50)):
            now += 0.02
            noise = rng.uniform(-0.5, 0.5, (stream.device.rate // 50, 1))
            stream.deliver(noise.astype(np.float32))
        if stream.device.name == "BlackHole":
            source.stop()

    sound.started = deliver
    return source


SOURCES: dict[str, Callable[[Path], Source]] = {
    "file": file_source,
    "live": live_source,
    "noise": noise_source,
}


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    return SOURCES[request.param](tmp_path)


def test_blocks_are_aligned_and_without_holes(source: Source) -> None:
    position = 0
    for block in source.blocks():
        if isinstance(block, Gap):
            continue
        assert isinstance(block, AudioBlock)
        assert block.start == position
        assert len(block) > 0
        assert block.channels == len(source.layout.speakers)
        assert np.abs(block.samples).max() <= 1
        position = block.end
    assert position == SECONDS * SAMPLE_RATE


def test_stop_ends_the_blocks(source: Source) -> None:
    blocks = source.blocks()
    next(blocks)
    source.stop()
    source.stop()
    assert sum(1 for _ in blocks) < 10


def test_it_has_a_name(source: Source) -> None:
    assert source.name
