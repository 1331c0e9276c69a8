"""The session's sound, read by position, and when it came in."""

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sidelight.audio.block import AudioBlock
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples
from sidelight.session.sound import Arrivals, SessionSound

SOUND = np.arange(5 * SAMPLE_RATE, dtype=np.float32).reshape(-1, 1) / 1e6


class Kept:
    """A spool that has everything, and says what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.closed = False

    @property
    def length(self) -> Samples:
        return Samples(len(SOUND))

    @property
    def finished(self) -> bool:
        return True

    def read(self, start: Samples, count: int) -> NDArray[np.float32]:
        self.asked.append(start)
        return SOUND[start : start + count]

    def close(self) -> None:
        self.closed = True


def filled(kept: Kept, blocks: int, tail_seconds: int = 1) -> SessionSound:
    sound = SessionSound(lambda: kept, tail_seconds)
    for start in range(0, blocks * 1600, 1600):
        sound.append(AudioBlock(Samples(start), SOUND[start : start + 1600]))
    return sound


@settings(deadline=None)
@given(start=st.integers(0, 79_999), most=st.integers(1, 20_000))
def test_any_stretch_is_the_sound_that_came(start: int, most: int) -> None:
    block = filled(Kept(), 50).read(Samples(start), most)
    assert 1 <= len(block) <= most
    np.testing.assert_array_equal(block.samples, SOUND[start : block.end])


def test_new_sound_is_read_from_memory_and_old_sound_from_the_spool() -> None:
    kept = Kept()
    sound = filled(kept, 50)
    sound.read(Samples(70_000), 1_000)
    assert kept.asked == []
    sound.read(Samples(1_000), 1_000)
    assert kept.asked == [1_000]
    sound.close()
    assert kept.closed


def test_sound_must_follow_on_and_must_be_there_to_be_read() -> None:
    sound = filled(Kept(), 2)
    with pytest.raises(ValueError, match="after 3200"):
        sound.append(AudioBlock(Samples(9_999), SOUND[:10]))
    with pytest.raises(ValueError, match="no sound"):
        sound.read(Samples(3_200), 1)


def test_a_reader_waits_for_sound_and_is_told_when_none_will_come() -> None:
    sound = filled(Kept(), 2)
    assert not sound.wait_beyond(Samples(3_200), 0.01)
    more = threading.Timer(
        0.02, sound.append, [AudioBlock(Samples(3_200), SOUND[3_200:4_800])]
    )
    more.start()
    assert sound.wait_beyond(Samples(3_200), 10)
    more.join()
    sound.finish()
    assert not sound.wait_beyond(Samples(4_800), 10)
    assert sound.complete


def test_arrivals_know_when_a_position_was_complete() -> None:
    arrivals = Arrivals()
    arrivals.note(Samples(1_600), 10.0)
    arrivals.note(Samples(3_200), 10.1)
    assert arrivals.time_of(Millis(0)) == 10.0
    assert arrivals.time_of(Millis(100)) == 10.0
    assert arrivals.time_of(Millis(101)) == 10.1
    assert arrivals.time_of(Millis(201)) is None


def test_arrivals_forget_the_oldest_and_stay_small() -> None:
    arrivals = Arrivals(kept=10)
    for number in range(1, 1_000):
        arrivals.note(Samples(number * 1_600), float(number))
    assert arrivals.time_of(Millis(99_900)) == 999.0
    oldest = arrivals.time_of(Millis(0))
    assert oldest is not None
    assert 979 <= oldest <= 990
