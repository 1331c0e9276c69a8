"""Each way a device fails is noticed within 3 s and told in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sidelight.audio.watch import StreamWatch, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 16_000


class Clocked:
    """A watch that hears deliveries every 50 ms of a clock under control."""

    def __init__(self, *, always_sounds: bool = True) -> None:
        self.now = 100.0
        self.watch = StreamWatch(
            "Desk microphone",
            opened=self.now,
            rate=RATE,
            always_sounds=always_sounds,
            source="mic",
        )

    def hear(self, seconds: float, *, zeros: bool = False, rate: int = RATE) -> None:
        for _ in range(round(seconds / 0.05)):
            self.now += 0.05
            self.watch.heard(self.now, rate // 20, zeros=zeros)

    @property
    def troubles(self) -> list[Trouble]:
        return [c.trouble for c in self.watch.conditions(self.now)]


def test_a_healthy_stream_has_nothing_to_say() -> None:
    clocked = Clocked()
    clocked.hear(30)
    clocked.watch.attached(clocked.now, "mic")
    clocked.watch.default_is(clocked.now, "Desk microphone")
    assert clocked.troubles == []


@pytest.mark.parametrize(
    ("fail", "trouble"),
    [
        (lambda c: c.watch.ended(c.now), Trouble.GONE),
        (lambda c: c.watch.attached(c.now, "speakers.monitor"), Trouble.REROUTED),
        (lambda _: None, Trouble.NO_SOUND),
        (lambda c: c.hear(3.0, zeros=True), Trouble.ONLY_ZEROS),
        (lambda c: c.watch.default_is(c.now, "Webcam"), Trouble.DEFAULT_CHANGED),
    ],
    ids=["ended", "rerouted", "callbacks stopped", "only zeros", "default changed"],
)
def test_a_failure_is_told_within_three_seconds(
    fail: Callable[[Clocked], None], trouble: Trouble
) -> None:
    clocked = Clocked()
    clocked.hear(5)
    failed_at = clocked.now
    fail(clocked)
    if trouble is not Trouble.ONLY_ZEROS:
        clocked.now = failed_at + 1.1
    clocked.now = min(failed_at + 3.1, clocked.now + 0.1)
    assert trouble in clocked.troubles
    condition = clocked.watch.conditions(clocked.now)[0]
    assert "Desk microphone" in condition.message
    assert condition.remedy
    assert condition.since >= failed_at - 0.05


def test_one_delivery_of_real_sound_ends_the_suspicion_of_zeros() -> None:
    clocked = Clocked()
    clocked.hear(2.9, zeros=True)
    clocked.hear(0.05)
    clocked.hear(2.9, zeros=True)
    assert clocked.troubles == []


def test_a_headset_that_takes_its_time_is_waited_for_then_given_up() -> None:
    clocked = Clocked()
    clocked.now += 0.5
    assert clocked.troubles == []
    clocked.now += 1
    assert clocked.troubles == [Trouble.WAITING]
    clocked.now += 37
    assert clocked.troubles == [Trouble.WAITING]
    clocked.now += 3
    assert clocked.troubles == [Trouble.NO_SOUND]
    clocked.hear(1)
    assert clocked.troubles == []


def test_what_the_computer_plays_may_be_silent() -> None:
    clocked = Clocked(always_sounds=False)
    clocked.now += 60
    assert clocked.troubles == []
    clocked.hear(60, zeros=True)
    clocked.now += 60
    assert clocked.troubles == []
    clocked.watch.attached(clocked.now, "other.monitor")
    assert clocked.troubles == [Trouble.REROUTED]


def test_unplugged_and_plugged_in_again() -> None:
    clocked = Clocked()
    clocked.hear(5)
    clocked.watch.ended(clocked.now)
    clocked.watch.ended(clocked.now + 1)
    clocked.now += 7
    assert clocked.troubles == [Trouble.GONE]
    clocked.watch.reopened(clocked.now, RATE)
    clocked.hear(1)
    assert clocked.troubles == [Trouble.RETURNED]
    clocked.hear(6)
    assert clocked.troubles == []


def test_moved_away_and_back() -> None:
    clocked = Clocked()
    clocked.hear(1)
    clocked.watch.attached(clocked.now, "speakers.monitor")
    assert clocked.troubles == [Trouble.REROUTED]
    clocked.watch.attached(clocked.now, "mic")
    assert clocked.troubles == []


@pytest.mark.parametrize(
    ("rate", "expected"),
    [(16_000, []), (15_984, []), (14_700, [Trouble.WRONG_SPEED])],
)
def test_a_device_that_lies_about_its_rate(rate: int, expected: list[Trouble]) -> None:
    clocked = Clocked()
    clocked.hear(12, rate=rate)
    assert clocked.troubles == expected
