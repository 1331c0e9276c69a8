from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Samples
from sidelight.domain.transcript import Layout
from sidelight.record.keys import MemoryKeys
from sidelight.record.spool import PACKET_SAMPLES, SpoolReader, SpoolWriter

SOUND = (np.random.default_rng(3).integers(-9000, 9000, (20_000, 1)) / 32768).astype(
    np.float32
)
KEYS = MemoryKeys()


def spool_of(cuts: list[int], folder: str, *, finish: bool = True) -> Path:
    path = Path(folder) / "sound.spool"
    writer = SpoolWriter(path, "01A", Layout.MONO, KEYS)
    edges = [0, *sorted(cuts), len(SOUND)]
    for start, end in pairwise(edges):
        writer.append(SOUND[start:end])
    if finish:
        writer.finish()
    writer.close()
    return path


@given(cuts=st.lists(st.integers(0, len(SOUND)), max_size=30))
@settings(max_examples=25, deadline=None)
def test_cutting_the_sound_differently_keeps_the_same(cuts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        reader = SpoolReader(spool_of(cuts, folder), "01A", KEYS)
        assert np.array_equal(reader.read(Samples(0), len(SOUND) + 1), SOUND)
        reader.close()


@given(
    where=st.floats(0, 1, exclude_max=True),
    change=st.integers(1, 255),
    cut=st.one_of(st.none(), st.floats(0, 1)),
)
@settings(max_examples=60, deadline=None)
def test_damage_never_gives_wrong_sound(
    where: float, change: int, cut: float | None
) -> None:
    """Each packet is right or refused, whatever byte was changed or cut off."""
    with tempfile.TemporaryDirectory() as folder:
        path = spool_of([], folder)
        data = bytearray(path.read_bytes())
        data[int(where * len(data))] ^= change
        path.write_bytes(data if cut is None else data[: int(cut * len(data))])
        try:
            reader = SpoolReader(path, "01A", KEYS)
        except UserError:
            return
        wrong = 0
        for start in range(0, len(SOUND), PACKET_SAMPLES):
            try:
                got = reader.read(Samples(start), PACKET_SAMPLES)
            except UserError:
                wrong += 1
            else:
                assert np.array_equal(got, SOUND[start : start + len(got)])
        assert wrong <= 1
        reader.close()


@given(stops=st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 400)), max_size=6))
@settings(max_examples=25, deadline=None)
def test_kills_lose_only_what_was_not_whole(stops: list[tuple[int, int]]) -> None:
    """Killed, torn and reopened again and again: the sound is one piece in the end."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sound.spool"
        for length, torn in stops:
            writer = SpoolWriter(path, "01A", Layout.MONO, KEYS)
            start = writer.position
            writer.append(SOUND[start : start + length])
            writer.close()
            data = path.read_bytes()
            path.write_bytes(data[: max(0, len(data) - torn)])
        writer = SpoolWriter(path, "01A", Layout.MONO, KEYS)
        writer.append(SOUND[writer.position :])
        writer.finish()
        reader = SpoolReader(path, "01A", KEYS)
        assert np.array_equal(reader.read(Samples(0), len(SOUND)), SOUND)
        reader.close()
