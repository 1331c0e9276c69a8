"""Spare time goes to measuring; sound and finals never wait for it longer than once."""

from __future__ import annotations

from multiprocessing import Pipe
from threading import Thread

import numpy as np
from tests.fakes.recognition import SecondsRecognition

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.known import Known
from sidelight.domain.timeline import Millis, Samples, to_samples
from sidelight.session.worker import (
    MOST_SPARE,
    Begin,
    Direct,
    Opened,
    Produced,
    Ready,
    Sound,
    SpareTime,
    serve,
)
from sidelight.speech.short_windows import Compared

FOUND = Compared("seconds", 7, 0)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_there_is_none_while_sound_is_waiting() -> None:
    clock = Clock()
    spare = SpareTime(lambda: FOUND, clock)
    assert spare.use() is None  # nothing was heard yet
    spare.live = True
    assert spare.use() == FOUND
    spare.live = False
    assert spare.use() is None


def test_it_is_a_small_share_of_all_time() -> None:
    clock = Clock()
    used = 0.0

    def work() -> Compared:
        nonlocal used
        used += 0.4
        clock.now += 0.4
        return FOUND

    spare = SpareTime(work, clock)
    spare.live = True
    for _ in range(10_000):
        clock.now += 0.1
        spare.use()
    assert 0.9 * MOST_SPARE <= used / clock.now <= MOST_SPARE + 0.01


def test_what_was_measured_comes_with_the_next_answer() -> None:
    ours, theirs = Pipe()
    opened = Opened("seconds", SecondsRecognition(), to_samples, spare=lambda: FOUND)
    thread = Thread(target=serve, args=(theirs, lambda: opened))
    thread.start()
    try:
        assert ours.recv() == Ready("seconds")
        ours.send(Begin(Known.of(())))
        assert ours.recv().compared is None
        told = []
        for number in range(20):
            block = AudioBlock(Samples(number * 1_600), np.zeros((1_600, 1), "f4"))
            ours.send(Sound(block))
            answer = ours.recv()
            assert isinstance(answer, Produced)
            told.append(answer.compared)
            assert not ours.poll(0.05)  # the next sound is not there at once
        assert told[0] is None
        assert FOUND in told
        ours.send(Direct(Finish(Millis(2_000))))
        ours.recv()
    finally:
        thread.join()
        ours.close()
