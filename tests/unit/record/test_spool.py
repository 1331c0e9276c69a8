from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Layout
from sidelight.record.keys import MemoryKeys
from sidelight.record.spool import (
    KEY_SAMPLES,
    PACKET_SAMPLES,
    SpoolReader,
    SpoolWriter,
    as_kept,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

ID = "01SESSION"
SOUND_OF_HEAD = 19 + len(ID)
"""Bytes of the file's header."""


def noise(seconds: float, channels: int = 2) -> npt.NDArray[np.float32]:
    steps = np.random.default_rng(7).integers(
        -9000, 9000, (round(seconds * SAMPLE_RATE), channels)
    )
    return (steps / 32768).astype(np.float32)


@pytest.fixture
def keys() -> MemoryKeys:
    return MemoryKeys()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sound.spool"


def write(
    path: Path,
    keys: MemoryKeys,
    sound: npt.NDArray[np.float32],
    *,
    finish: bool = True,
) -> None:
    layout = Layout.STEREO if sound.shape[1] == 2 else Layout.MONO
    writer = SpoolWriter(path, ID, layout, keys)
    writer.append(sound)
    if finish:
        writer.finish()
    writer.close()


def read_all(path: Path, keys: MemoryKeys) -> npt.NDArray[np.float32]:
    reader = SpoolReader(path, ID, keys)
    sound = reader.read(Samples(0), reader.length)
    reader.close()
    return sound


@pytest.mark.parametrize("channels", [1, 2])
def test_sound_comes_back_sample_for_sample(
    path: Path, keys: MemoryKeys, channels: int
) -> None:
    sound = noise(11.3, channels)
    write(path, keys, sound)
    assert np.array_equal(read_all(path, keys), sound)


def test_sound_beyond_full_scale_is_clipped_not_wrapped(
    path: Path, keys: MemoryKeys
) -> None:
    sound = np.array([[1.0], [1.7], [-1.7], [-1.0]], np.float32)
    write(path, keys, sound)
    kept = read_all(path, keys)
    assert np.array_equal(kept, as_kept(sound))
    assert np.allclose(kept[:, 0], [1, 1, -1, -1], atol=1 / 32768)


def test_reader_follows_the_writer(path: Path, keys: MemoryKeys) -> None:
    sound = noise(2)
    writer = SpoolWriter(path, ID, Layout.STEREO, keys)
    reader = SpoolReader(path, ID, keys)
    for start in range(0, len(sound), 1000):
        writer.append(sound[start : start + 1000])
        whole = (start + 1000) // PACKET_SAMPLES * PACKET_SAMPLES
        assert reader.length == whole
        assert np.array_equal(reader.read(Samples(0), len(sound)), sound[:whole])
    unfinished = reader.finished
    writer.finish()
    assert (unfinished, reader.finished) == (False, True)
    assert reader.length == len(sound)
    reader.close()


def test_any_stretch_can_be_read(path: Path, keys: MemoryKeys) -> None:
    sound = noise(21)
    write(path, keys, sound)
    reader = SpoolReader(path, ID, keys)
    for start, count in (
        (0, 1),
        (PACKET_SAMPLES - 1, 2),
        (KEY_SAMPLES - 5, 10),
        (5000, 200_000),
        (len(sound) - 3, 100),
        (len(sound) + 50, 100),
        (77, 0),
    ):
        got = reader.read(Samples(start), count)
        assert np.array_equal(got, sound[start : start + count]), (start, count)
    reader.close()


def test_session_without_sound(path: Path, keys: MemoryKeys) -> None:
    write(path, keys, noise(0))
    reader = SpoolReader(path, ID, keys)
    assert reader.finished
    assert reader.length == 0
    reader.close()


def test_nothing_of_the_sound_is_plain(path: Path, keys: MemoryKeys) -> None:
    write(path, keys, noise(1))
    assert b"fLaC" not in path.read_bytes()


def test_every_ten_seconds_have_their_own_key(path: Path) -> None:
    asked: list[int] = []

    class Noted(MemoryKeys):
        def make(self, number: int) -> bytes:
            asked.append(number)
            return super().make(number)

    write(path, Noted(), noise(20.1, 1))
    assert sorted(set(asked)) == [0, 1, 2]
    assert asked.count(0) == 50


def test_continued_after_a_kill_from_the_last_whole_packet(
    path: Path, keys: MemoryKeys
) -> None:
    sound = noise(3)
    write(path, keys, sound[: SAMPLE_RATE + 500], finish=False)
    whole = path.read_bytes()
    path.write_bytes(whole + b"torn by the kill" * 9)
    writer = SpoolWriter(path, ID, Layout.STEREO, keys)
    assert writer.position == SAMPLE_RATE
    writer.append(sound[SAMPLE_RATE:])
    writer.finish()
    assert np.array_equal(read_all(path, keys), sound)


def test_packet_written_again_after_a_kill_uses_another_nonce(
    path: Path, keys: MemoryKeys
) -> None:
    """The same packet number under the same key must not encrypt alike twice."""
    sound = noise(0.2)
    sealed = []
    for _ in range(2):
        write(path, keys, sound, finish=False)
        data = path.read_bytes()
        sealed.append(data[SOUND_OF_HEAD:])
        path.write_bytes(data[:-1])
    assert sealed[0][40:] != sealed[1][40:]


def test_complete_sound_cannot_be_continued(path: Path, keys: MemoryKeys) -> None:
    write(path, keys, noise(1))
    before = path.read_bytes()
    with pytest.raises(UserError, match="complete"):
        SpoolWriter(path, ID, Layout.STEREO, keys)
    assert path.read_bytes() == before


def test_cut_off_file_gives_what_is_there_and_is_not_finished(
    path: Path, keys: MemoryKeys
) -> None:
    sound = noise(2)
    write(path, keys, sound)
    path.write_bytes(path.read_bytes()[:-400])
    reader = SpoolReader(path, ID, keys)
    check = reader.check()
    assert not check.finished
    assert check.torn_bytes > 0
    assert 0 < check.length < len(sound)
    assert np.array_equal(reader.read(Samples(0), check.length), sound[: check.length])
    reader.close()


def test_lost_disk_sector_costs_only_the_packets_it_touched(
    path: Path, keys: MemoryKeys
) -> None:
    sound = noise(10)
    write(path, keys, sound)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = bytes(4096)
    path.write_bytes(data)
    reader = SpoolReader(path, ID, keys)
    check = reader.check()
    ((start, end),) = check.damaged
    assert check.finished
    assert check.length == len(sound)
    assert end - start <= 2 * PACKET_SAMPLES
    assert np.array_equal(reader.read(Samples(0), start), sound[:start])
    assert np.array_equal(reader.read(end, len(sound)), sound[end:])
    with pytest.raises(UserError, match=r"damaged at 0:0\d"):
        reader.read(Samples(start - 10), 20)
    reader.close()


def test_damage_in_the_middle_is_not_cut_off_by_going_on(
    path: Path, keys: MemoryKeys
) -> None:
    sound = noise(4)
    write(path, keys, sound[: 2 * SAMPLE_RATE], finish=False)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 100] = bytes(100)
    path.write_bytes(data)
    writer = SpoolWriter(path, ID, Layout.STEREO, keys)
    assert writer.position == 2 * SAMPLE_RATE
    writer.append(sound[2 * SAMPLE_RATE :])
    writer.finish()
    reader = SpoolReader(path, ID, keys)
    end = reader.check().damaged[-1][1]
    assert np.array_equal(reader.read(end, len(sound)), sound[end:])
    reader.close()


def test_swapped_packets_are_noticed(path: Path, keys: MemoryKeys) -> None:
    sound = noise(0.6)
    starts = []
    writer = SpoolWriter(path, ID, Layout.STEREO, keys)
    for number in range(3):
        starts.append(path.stat().st_size)
        writer.append(sound[number * PACKET_SAMPLES :][:PACKET_SAMPLES])
    writer.close()
    data = path.read_bytes()
    a, b, c = (
        data[starts[0] : starts[1]],
        data[starts[1] : starts[2]],
        data[starts[2] :],
    )
    path.write_bytes(data[: starts[0]] + b + a + c)
    reader = SpoolReader(path, ID, keys)
    with pytest.raises(UserError, match="damaged"):
        reader.read(Samples(0), 10)
    third = reader.read(Samples(2 * PACKET_SAMPLES), PACKET_SAMPLES)
    assert np.array_equal(third, sound[2 * PACKET_SAMPLES :])
    reader.close()


def test_another_session_cannot_be_slipped_in(path: Path, keys: MemoryKeys) -> None:
    write(path, keys, noise(0.5))
    with pytest.raises(UserError, match="another session"):
        SpoolReader(path, "01OTHERS1", keys)
    # Renamed inside the file as well: the head is part of what is authenticated.
    path.write_bytes(path.read_bytes().replace(ID.encode(), b"01OTHERS1"))
    reader = SpoolReader(path, "01OTHERS1", keys)
    with pytest.raises(UserError, match="damaged"):
        reader.read(Samples(0), 10)
    reader.close()


def test_erased_key_takes_its_ten_seconds_and_no_more(
    path: Path, keys: MemoryKeys
) -> None:
    sound = noise(30, 1)
    write(path, keys, sound)
    del keys._keys[1]
    reader = SpoolReader(path, ID, keys)
    with pytest.raises(UserError, match="keys"):
        reader.read(Samples(KEY_SAMPLES), 1)
    last = reader.read(Samples(2 * KEY_SAMPLES), KEY_SAMPLES)
    assert np.array_equal(last, sound[2 * KEY_SAMPLES :])
    reader.close()


@pytest.mark.parametrize("content", [b"", b"RIFF", b"SLSPOOL\0\x09" + bytes(40)])
def test_files_that_are_no_spool_of_ours(
    path: Path, keys: MemoryKeys, content: bytes
) -> None:
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"damaged|newer"):
        SpoolReader(path, ID, keys)


def test_missing_sound(path: Path, keys: MemoryKeys) -> None:
    with pytest.raises(UserError, match="missing"):
        SpoolReader(path, ID, keys)


def test_sound_reaches_the_disk_within_a_second(path: Path, keys: MemoryKeys) -> None:
    now = 100.0
    writer = SpoolWriter(path, ID, Layout.MONO, keys, monotonic=lambda: now)
    for _ in range(20):  # four seconds, as live: a packet each 200 ms
        now += 0.2
        writer.append(noise(0.2, 1))
        assert writer.position - writer.durable < SAMPLE_RATE
    writer.append(noise(0.2, 1))
    writer.sync()
    assert writer.durable == writer.position
    writer.close()


@contextmanager
def disk_with_room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size`` bytes: the system's own refusal, for real."""
    import resource  # noqa: PLC0415 - not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit there")
def test_full_disk_tears_nothing_and_recording_goes_on_afterwards(
    path: Path, keys: MemoryKeys
) -> None:
    sound = noise(2)
    writer = SpoolWriter(path, ID, Layout.STEREO, keys)
    with (
        disk_with_room_for(50_000),
        pytest.raises(UserError, match="disk is full"),
    ):
        writer.append(sound)
    taken = writer.position
    assert 0 < taken < len(sound)
    writer.append(sound[taken:])
    writer.finish()
    assert np.array_equal(read_all(path, keys), sound)


def test_sound_of_another_shape_is_our_bug(path: Path, keys: MemoryKeys) -> None:
    writer = SpoolWriter(path, ID, Layout.STEREO, keys)
    with pytest.raises(ValueError, match="want"):
        writer.append(noise(0.2, 1))
    writer.close()
