"""Every recogniser that hears long sound keeps these promises: backends, the fake."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from tests.fakes.speech import PlainScripted, Spoken, say

from sidelight import resources
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.speech.agreement import normalised
from sidelight.speech.backends import BACKENDS, Backend
from sidelight.speech.recognizer import LONGEST, PlainRecognizer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Case:
    """A recogniser, more than one window of sound, and a word that is in it."""

    recognizer: PlainRecognizer
    sound: NDArray[np.float32]
    word: str


def scripted() -> Case:
    words = [Spoken(at % 40, 400, 700) for at in range(40)]
    return Case(PlainScripted(), say(words), words[30].text)


def opened(backend: Backend) -> Callable[[], Case]:
    def case() -> Case:
        recognizer = backend.open(resources.demo_model(), threads=1, name="demo")
        assert isinstance(recognizer, PlainRecognizer)
        path = resources.demo_session() / "session.flac"
        sound, _ = soundfile.read(path, frames=45 * SAMPLE_RATE, dtype="float32")
        return Case(recognizer, np.asarray(sound[:, 0], np.float32).copy(), "good")

    return case


CASES = {"scripted": scripted} | {backend.id: opened(backend) for backend in BACKENDS}


@pytest.fixture(params=CASES, scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]()


def test_words_of_all_windows_come_in_order_inside_the_sound(case: Case) -> None:
    assert len(case.sound) > LONGEST
    windows = list(case.recognizer.hear_plain(case.sound))
    words = [word for window in windows for word in window.words]
    assert case.word in [normalised(word.text) for word in words]
    for word in words:
        assert word.text == word.text.strip() != ""
        assert 0 <= word.start <= word.end <= len(case.sound)
        assert 0 <= word.probability <= 1
    assert all(before.start <= after.start for before, after in pairwise(words))
    for window in windows:
        assert window.words
        assert window.avg_logprob <= 0
        assert 0 <= window.no_speech_prob <= 1
        assert window.compression_ratio >= 0


def test_the_same_sound_gives_the_same_words(case: Case) -> None:
    before = case.sound.copy()
    once = list(case.recognizer.hear_plain(case.sound))
    assert list(case.recognizer.hear_plain(case.sound)) == once
    assert np.array_equal(case.sound, before), "the sound was written to"


@pytest.mark.parametrize("samples", [0, 1, SAMPLE_RATE, 2 * LONGEST + 1])
def test_any_length_of_silence_says_nothing(case: Case, samples: int) -> None:
    assert list(case.recognizer.hear_plain(np.zeros(samples, np.float32))) == []
