"""A sleep is when one clock went on and the other stood still."""

from __future__ import annotations

import pytest

from sidelight.audio.clock import SleepWatch, awake_clock, capture_clock


def test_the_systems_clocks_go_on_together() -> None:
    watch = SleepWatch()
    before = capture_clock(), awake_clock()
    assert watch.slept_s() == 0
    assert capture_clock() >= before[0]
    assert awake_clock() >= before[1]


@pytest.mark.parametrize(("asleep", "slept"), [(0.0, 0.0), (0.9, 0.0), (2400, 2400)])
def test_a_sleep_is_told_once(asleep: float, slept: float) -> None:
    capture, awake = 5_000.0, 100.0
    watch = SleepWatch(lambda: capture, lambda: awake)
    capture, awake = capture + 60, awake + 60
    assert watch.slept_s() == 0
    capture += asleep
    assert watch.slept_s() == slept
    assert watch.slept_s() == 0
