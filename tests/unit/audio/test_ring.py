from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sidelight.audio.ring import _STAMPS, Ring


def mono(values: range) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(values, np.float32)[:, None]


def test_deliveries_come_back_in_order_with_their_moment() -> None:
    ring = Ring(100)
    ring.write(mono(range(30)), 1.0)
    ring.write(mono(range(30, 50)), 1.5)
    first, second = ring.read()
    assert first.samples.tolist() == list(range(30))
    assert second.samples.tolist() == list(range(30, 50))
    assert (first.arrived, second.arrived) == (1.0, 1.5)
    assert ring.read() == []


def test_channels_become_their_mean() -> None:
    ring = Ring(10)
    ring.write(np.array([[0.5, -0.5], [0.2, 0.4]], np.float32), 0.0)
    (chunk,) = ring.read()
    assert np.allclose(chunk.samples, [0.0, 0.3])


def test_what_does_not_fit_is_counted_and_told_with_what_comes_next() -> None:
    ring = Ring(50)
    ring.write(mono(range(40)), 1.0)
    ring.write(mono(range(40, 60)), 2.0)
    ring.write(mono(range(60, 80)), 3.0)
    (kept,) = ring.read()
    assert (len(kept.samples), kept.lost) == (40, 0)
    ring.write(mono(range(80, 90)), 4.0)
    (after,) = ring.read()
    assert after.samples.tolist() == list(range(80, 90))
    assert after.lost == 40


def test_too_many_tiny_deliveries_are_counted_as_lost() -> None:
    ring = Ring(100_000)
    for _ in range(_STAMPS + 5):
        ring.write(mono(range(1)), 0.0)
    assert len(ring.read()) == _STAMPS
    ring.write(mono(range(1)), 0.0)
    assert ring.read()[0].lost == 5


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=60))
def test_every_sample_arrives_once_or_is_counted(
    deliveries: list[tuple[int, bool]],
) -> None:
    ring, sent, got = Ring(97), 0, []
    lost = 0
    for count, read in deliveries:
        ring.write(mono(range(sent, sent + count)), float(sent))
        sent += count
        for chunk in ring.read() if read else []:
            lost += chunk.lost
            got += chunk.samples.tolist()
    ring.read()
    ring.write(mono(range(sent, sent + 1)), 0.0)
    (last,) = ring.read()
    assert got == sorted(got)
    assert len(set(got)) == len(got)
    assert last.samples.tolist() == [sent]
