"""Every source: aligned blocks in order without holes, until the end or ``stop``."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from tests.fakes.sources import NoiseSource

from sidelight.audio.block import AudioBlock
from sidelight.audio.file import FileSource, Pace, SoundFile, SystemClock
from sidelight.audio.source import Source
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


SOURCES: dict[str, Callable[[Path], Source]] = {
    "file": file_source,
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
