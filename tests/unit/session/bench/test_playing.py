"""The virtual clock, by hand; file time, twice; the wall clock, a little."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.fakes.speech import Deaf, LevelDetector, ScriptedRecognizer, Spoken, say

from sidelight.domain.events import SessionEnded, UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, Span, to_millis
from sidelight.domain.transcript import Layout, Speaker
from sidelight.session.bench.figures import figures
from sidelight.session.bench.ours import Ours
from sidelight.session.bench.playing import (
    Played,
    System,
    TimeKind,
    VirtualClock,
    WallClock,
    open_clock,
    play,
)
from sidelight.session.bench.references import (
    FixedChunks,
    LocalAgreementLoop,
    VoiceChunks,
)
from sidelight.session.bench.truth import TrueWord, WordTruth
from sidelight.session.pipeline import Item, Pipeline

SPOKEN = tuple(Spoken(n * 7 % 31, 300, 60) for n in range(1, 9)) + tuple(
    Spoken(n * 5 % 31, 300, 900 if n % 3 == 0 else 60) for n in range(1, 10)
)


def sound() -> NDArray[np.float32]:
    return say(SPOKEN)[:, np.newaxis]


def truth() -> WordTruth:
    words, at = [], 500
    for spoken in SPOKEN:
        span = Span(Millis(at), Millis(at + spoken.length_ms))
        words.append(TrueWord(Speaker.COACH, spoken.text, span, 0))
        at += spoken.length_ms + spoken.gap_ms
    return WordTruth(tuple(words))


class Busy:
    """Says how far it has heard; each call costs what it is told to."""

    name = "busy"
    least = Samples(SAMPLE_RATE // 2)
    most = Samples(SAMPLE_RATE)

    def __init__(self, cost_s: float) -> None:
        self.used = 0.0
        self.sizes: list[int] = []
        self._cost_s = cost_s

    def hear(self, samples: NDArray[np.float32], now: float) -> Iterator[Item]:
        del now
        self.sizes.append(len(samples))
        self.used += self._cost_s
        yield SessionEnded(to_millis(sum(self.sizes)))

    def finish(self, now: float) -> Iterator[Item]:
        del now
        yield from ()

    def cpu(self) -> float:
        return self.used


def test_time_is_sound_and_cost() -> None:
    busy = Busy(0.7)
    played = play(busy, np.zeros((32_000, 1), np.float32), VirtualClock(1.0), busy.cpu)
    # 0.5 s of sound at 0.5; done at 1.2. Then 0.7 s have come; done at 1.9. Then 0.7,
    # done at 2.6; then the last 0.1, done at 3.3.
    assert busy.sizes == [8_000, 11_200, 11_200, 1_600]
    assert [told.at for told in played.told] == [1200, 1900, 2600, 3300]
    assert played.cpu_s == pytest.approx(2.8)
    assert played.longest_lag_s == pytest.approx(2.6 - 1.9)


def test_a_slower_machine_takes_no_more_at_once_than_the_system_can() -> None:
    busy = Busy(0.7)
    played = play(busy, np.zeros((48_000, 1), np.float32), VirtualClock(4.0), busy.cpu)
    assert busy.sizes == [8_000, 16_000, 16_000, 8_000]
    assert [told.at for told in played.told] == [3300, 6100, 8900, 11700]


def test_in_file_time_nothing_costs_anything() -> None:
    busy = Busy(100.0)
    clock = open_clock(TimeKind.FILE, 3.0)
    played = play(busy, np.zeros((16_000, 1), np.float32), clock, busy.cpu)
    assert [told.at for told in played.told] == [500, 1000]


def test_wall_time_takes_as_long_as_the_sound() -> None:
    busy = Busy(0.0)
    clock = WallClock()
    play(busy, np.zeros((9_600, 1), np.float32), clock, busy.cpu)
    assert clock.now >= 0.6


def systems() -> dict[str, System]:
    def recognizer() -> ScriptedRecognizer:
        return ScriptedRecognizer()

    pipeline = Pipeline(Layout.MONO, recognizer(), LevelDetector, Deaf())
    return {
        "ours": Ours("ours", pipeline),
        "chunks": VoiceChunks("chunks", recognizer(), LevelDetector()),
        "fixed": FixedChunks("fixed", recognizer()),
        "loop": LocalAgreementLoop("loop", recognizer()),
    }


def file_time(name: str) -> Played:
    return play(systems()[name], sound(), open_clock(TimeKind.FILE, 1.0), lambda: 0.0)


@pytest.mark.parametrize("name", ["ours", "chunks", "fixed", "loop"])
def test_file_time_gives_the_same_run_twice(name: str) -> None:
    once = file_time(name)
    assert any(isinstance(told.item, UtteranceHeard) for told in once.told)
    assert once == file_time(name)


@pytest.mark.parametrize("name", ["ours", "chunks", "loop"])
def test_systems_that_look_for_words_hear_each_once(name: str) -> None:
    assert figures(file_time(name), truth()).wer == 0


def test_fixed_chunks_hear_a_halved_word_twice() -> None:
    spoken = [Spoken(n * 7 % 31, 300, 60) for n in range(1, 21)]
    track = say(spoken)[:, np.newaxis]
    clock = open_clock(TimeKind.FILE, 1.0)
    played = play(systems()["fixed"], track, clock, lambda: 0.0)
    said = [
        word.text
        for told in played.told
        if isinstance(told.item, UtteranceHeard)
        for word in told.item.utterance.words
    ]
    # the thirteenth word sounds from 4.82 to 5.12 s
    texts = [word.text for word in spoken]
    assert said == [*texts[:13], *texts[12:]]


def test_the_loop_commits_a_word_when_two_passes_agree() -> None:
    first = file_time("loop").told[0]
    assert isinstance(first.item, UtteranceHeard)
    # what began by 1 s was heard then, and again at 2 s
    assert first.at == 2000
    texts = [word.text for word in first.item.utterance.words]
    assert texts == [spoken.text for spoken in SPOKEN[:2]]
