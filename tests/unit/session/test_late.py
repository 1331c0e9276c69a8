"""A microphone that is away when its session goes on."""

import threading
from collections.abc import Iterator
from itertools import count

import numpy as np
from tests.fakes.sources import NoiseSource

from sidelight.audio.block import AudioBlock
from sidelight.audio.source import Source
from sidelight.audio.watch import Trouble
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Gap, GapCause, Samples
from sidelight.domain.transcript import Layout
from sidelight.session.continuing import Anchor, ContinuedSource
from sidelight.session.late import LateSource

AWAY = UserError("The microphone is gone.", "Plug it in.")


class Clock:
    """A quarter of a second passes each time somebody looks."""

    def __init__(self) -> None:
        self.ticks = count()
        self.now = 100.0

    def __call__(self) -> float:
        self.now = 100.0 + next(self.ticks) * 0.25
        return self.now


def opened_noise(clock: Clock, seconds: float = 1.0) -> NoiseSource:
    source = NoiseSource(seconds)
    source.opened_at = clock.now
    return source


def sound_and_gaps(source: Source) -> tuple[np.ndarray, list[Gap]]:
    """Everything it delivers; its blocks follow on."""
    blocks, gaps = [], []
    position = 0
    for item in source.blocks():
        if isinstance(item, AudioBlock):
            assert item.start == position
            position = item.end
            blocks.append(item.samples)
        else:
            gaps.append(item)
    return np.concatenate(blocks), gaps


def test_what_is_there_at_once_is_passed_on_as_it_is() -> None:
    clock = Clock()
    noise = opened_noise(clock)
    late = LateSource(lambda: noise, Layout.STEREO, clock, step_s=0)
    sound, gaps = sound_and_gaps(late)
    np.testing.assert_array_equal(sound, noise.samples)
    assert gaps == []
    assert late.opened_at == noise.opened_at
    assert late.conditions(0.0) == ()


def test_silence_stands_for_what_is_missed_until_it_is_back() -> None:
    clock = Clock()
    tries = count()
    seen: list[Trouble] = []

    def find() -> Source:
        if next(tries) < 2:
            seen.extend(one.trouble for one in late.conditions(0.0))
            raise AWAY
        return opened_noise(clock)

    late = LateSource(find, Layout.STEREO, clock, step_s=0)
    sound, gaps = sound_and_gaps(late)
    (gap,) = gaps
    missed = gap.span.end * 16
    assert gap.cause is GapCause.DEVICE_LOST
    assert missed >= 3 * 16_000  # two tries, two seconds apart
    assert not sound[:missed].any()
    assert len(sound) == missed + 16_000
    assert seen == [Trouble.GONE]


def test_it_can_be_stopped_while_it_waits() -> None:
    late: LateSource

    def find() -> Source:
        late.stop()
        raise AWAY

    late = LateSource(find, Layout.STEREO, Clock(), step_s=0)
    blocks = [item for item in late.blocks() if isinstance(item, AudioBlock)]
    assert len(blocks) <= 1


def _fail() -> Iterator[AudioBlock | Gap]:
    raise AWAY


class Broken(Source):
    """Is found, and cannot be opened."""

    name = "broken"
    layout = Layout.STEREO

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        yield from _fail()

    def stop(self) -> None:
        pass


def test_what_cannot_be_opened_is_looked_for_again() -> None:
    clock = Clock()
    found = iter([Broken(), opened_noise(clock)])
    late = LateSource(lambda: next(found), Layout.STEREO, clock, step_s=0)
    _, gaps = sound_and_gaps(late)
    assert [gap.cause for gap in gaps] == [GapCause.DEVICE_LOST]


def test_behind_an_engine_that_died_both_gaps_stand_one_after_the_other() -> None:
    clock = Clock()
    tries = count()
    before = threading.enumerate()  # a process's other tests may have left Qt's own

    def find() -> Source:
        if next(tries) < 1:
            raise AWAY
        return opened_noise(clock)

    anchor = Anchor("s", 5_000, 98.0)  # type: ignore[arg-type]
    late = LateSource(find, Layout.STEREO, clock, step_s=0)
    whole = ContinuedSource(late, Samples(4 * 16_000), anchor)
    gaps = [item for item in whole.blocks() if isinstance(item, Gap)]
    assert [gap.cause for gap in gaps] == [
        GapCause.ENGINE_RESTARTED,
        GapCause.DEVICE_LOST,
    ]
    assert gaps[0].span.start == 4_000
    assert gaps[0].span.end == gaps[1].span.start == 7_000
    assert threading.enumerate() == before
