"""Sound files: what is refused, what simply works, and that nothing is lost."""

import os
import sys
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from sidelight.audio.file import CoachSide, FileSource, Pace, SoundFile
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from sidelight.audio.block import AudioBlock

FREQUENCY = 440.0


def tone(seconds: float, rate: int, channels: int = 1) -> NDArray[np.float32]:
    """A tone whose level says its channel: 0.4, 0.2, 0.1 …"""
    times = np.arange(round(seconds * rate)) / rate
    wave = np.sin(2 * np.pi * FREQUENCY * times)
    levels = 0.4 / 2 ** np.arange(channels)
    return np.asarray(wave[:, None] * levels, np.float32)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(
        name: str, seconds: float = 1.0, rate: int = SAMPLE_RATE, channels: int = 1
    ) -> Path:
        path = tmp_path / name
        soundfile.write(path, tone(seconds, rate, channels), rate)
        return path

    return written


def heard(sound: SoundFile) -> NDArray[np.float32]:
    return np.concatenate([block.samples for block in sound.blocks()])


def pitch(samples: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * SAMPLE_RATE / len(samples))


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_any_rate_becomes_16_khz(write: Callable[..., Path], rate: int) -> None:
    sound = SoundFile.open(write("tone.wav", 2.0, rate))
    samples = heard(sound)
    assert abs(len(samples) - 2 * SAMPLE_RATE) <= SAMPLE_RATE // 1000
    middle = samples[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2, 0]
    assert pitch(middle) == pytest.approx(FREQUENCY, rel=0.005)
    assert np.abs(middle).max() == pytest.approx(0.4, rel=0.02)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "Müller 測試.mp3"])
def test_any_format(write: Callable[..., Path], name: str) -> None:
    sound = SoundFile.open(write(name, 2.0, 48_000, 2))
    assert sound.layout is Layout.STEREO
    samples = heard(sound)
    assert abs(len(samples) - 2 * SAMPLE_RATE) <= SAMPLE_RATE // 10
    middle = samples[SAMPLE_RATE // 2 : -SAMPLE_RATE // 2]
    assert np.abs(middle).max(axis=0) == pytest.approx([0.4, 0.2], rel=0.1)


@pytest.mark.parametrize(
    ("channels", "layout", "coach", "levels"),
    [
        (1, None, "left", [0.4]),
        (2, None, "left", [0.4, 0.2]),
        (2, None, "right", [0.2, 0.4]),
        (2, Layout.MONO, "left", [0.3]),
        (2, Layout.STEREO, "left", [0.4, 0.2]),
    ],
)
def test_the_coach_comes_first(
    write: Callable[..., Path],
    channels: int,
    layout: Layout | None,
    coach: CoachSide,
    levels: list[float],
) -> None:
    path = write("a.wav", channels=channels)
    samples = heard(SoundFile.open(path, layout, coach))
    assert np.abs(samples).max(axis=0) == pytest.approx(levels, rel=0.01)


def test_blocks_follow_on_and_miss_nothing(write: Callable[..., Path]) -> None:
    path = write("a.wav", 1.2345)
    blocks = list(SoundFile.open(path).blocks(Samples(1000)))
    assert [block.start for block in blocks] == [n * 1000 for n in range(len(blocks))]
    assert all(len(block) == 1000 for block in blocks[:-1])
    whole = np.concatenate([block.samples for block in blocks])
    assert np.allclose(whole, tone(1.2345, SAMPLE_RATE), atol=1e-4)


def test_six_channels_are_a_room_where_that_is_wanted(
    write: Callable[..., Path],
) -> None:
    path = write("film.wav", rate=48_000, channels=6)
    with pytest.raises(UserError, match="6 channels"):
        SoundFile.open(path)
    sound = SoundFile.open(path, Layout.MONO)
    samples = heard(sound)
    assert samples.shape[1] == 1
    assert pitch(samples[:, 0]) == pytest.approx(FREQUENCY, rel=0.005)


def test_a_sample_that_is_no_number_is_silent(tmp_path: Path) -> None:
    sound = tone(1.0, SAMPLE_RATE)
    sound[100:200] = np.nan
    sound[300] = np.inf
    soundfile.write(tmp_path / "a.wav", sound, SAMPLE_RATE, subtype="FLOAT")
    samples = heard(SoundFile.open(tmp_path / "a.wav"))
    sound[100:200] = sound[300] = 0
    assert np.allclose(samples, sound)


def test_a_name_is_a_name_and_no_address(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("http:talk 10%d.wav")
    monkeypatch.chdir(tmp_path)
    assert len(heard(SoundFile.open(Path("http:talk 10%d.wav")))) == SAMPLE_RATE


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.wav")
    with pytest.raises(UserError, match="is no file"):
        SoundFile.open(tmp_path / "a.wav")


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3"])
def test_a_cut_off_file_gives_what_it_has_and_says_so(
    write: Callable[..., Path], name: str
) -> None:
    path = write(name, 8.0)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    blocks: list[AudioBlock] = []
    with pytest.raises(UserError, match="ends early"):
        blocks.extend(SoundFile.open(path).blocks())
    assert blocks[-1].end > 3 * SAMPLE_RATE


def test_a_long_file_costs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    with soundfile.SoundFile(path, "w", 8_000, 1) as file:
        for _ in range(5):
            file.write(np.zeros(60 * 8_000, np.float32))
    tracemalloc.start()
    try:
        length = sum(len(block) for block in SoundFile.open(path).blocks())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert abs(length - 300 * SAMPLE_RATE) < SAMPLE_RATE
    assert peak < 5_000_000


class SteppedClock:
    """A clock that goes on only when somebody waits."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float, stopped: threading.Event) -> None:
        del stopped
        self.time += seconds


@pytest.mark.parametrize("speed", [1.0, 8.0])
def test_a_block_comes_when_it_has_sounded(
    write: Callable[..., Path], speed: float
) -> None:
    clock = SteppedClock()
    source = FileSource(SoundFile.open(write("a.wav", 1.05)), Pace(speed, clock))
    for block in source.blocks():
        assert clock.time - 100 == pytest.approx(block.span.end / 1000 / speed)
        assert source.played() == pytest.approx(block.span.end, abs=1)


def test_speeds_are_positive() -> None:
    with pytest.raises(ValueError, match="speed"):
        Pace(0.0, SteppedClock())
