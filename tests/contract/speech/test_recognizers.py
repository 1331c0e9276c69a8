"""Every recogniser keeps the promises of the protocol: each backend, and the fake."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from tests.fakes.speech import ScriptedRecognizer, Spoken, say

from sidelight import resources
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Span
from sidelight.domain.transcript import Speaker
from sidelight.session.bench.timed_truth import TimedTruth, Track
from sidelight.session.bench.truth import TrueWord
from sidelight.speech.agreement import normalised
from sidelight.speech.backends import BACKENDS, Backend
from sidelight.speech.recognizer import LONGEST, PassKind, Recognizer


@dataclass(frozen=True)
class Case:
    """A recogniser, and sound that holds two known words."""

    recognizer: Recognizer
    sound: NDArray[np.float32]
    words: tuple[str, str]


def scripted() -> Case:
    words = (Spoken(3, 400, 50), Spoken(9, 400, 500))
    return Case(ScriptedRecognizer(), say(words), (words[0].text, words[1].text))


def demo_words() -> NDArray[np.float32]:
    """The demo's "Good afternoon, Helen." on the coach's channel."""
    path = resources.demo_session() / "session.flac"
    sound, _ = soundfile.read(path, frames=3 * SAMPLE_RATE, dtype="float32")
    return np.asarray(sound[SAMPLE_RATE:, 0], np.float32).copy()


def opened(backend: Backend) -> Callable[[], Case]:
    def case() -> Case:
        recognizer = backend.open(resources.demo_model(), threads=1, name="demo")
        return Case(recognizer, demo_words(), ("good", "afternoon"))

    return case


class NoLabour:
    """A model that works without taking time."""

    def spend(
        self, samples: NDArray[np.float32], *, kind: PassKind, before: int, tokens: int
    ) -> None:
        pass


def timed_truth() -> Case:
    noise = np.random.default_rng(5).standard_normal(SAMPLE_RATE).astype(np.float32)
    said = (("good", 100, 300), ("afternoon,", 350, 800))
    words = [
        TrueWord(Speaker.COACH, text, Span(Millis(start), Millis(end)), 0)
        for text, start, end in said
    ]
    truth = TimedTruth("timed", NoLabour(), (Track(noise, words),))
    return Case(truth, noise, ("good", "afternoon"))


CASES = {"scripted": scripted, "timed truth": timed_truth} | {
    backend.id: opened(backend) for backend in BACKENDS
}


@pytest.fixture(params=CASES, scope="module")
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]()


@pytest.fixture(params=PassKind, ids=lambda kind: kind.name.lower())
def kind(request: pytest.FixtureRequest) -> PassKind:
    found: PassKind = request.param
    return found


def test_hears_the_words_in_order(case: Case, kind: PassKind) -> None:
    found = case.recognizer.recognize(case.sound, kind=kind)
    texts = [normalised(word.text) for word in found.words]
    first, second = (texts.index(word) for word in case.words)
    assert first < second


def test_words_lie_inside_the_sound(case: Case, kind: PassKind) -> None:
    found = case.recognizer.recognize(case.sound, kind=kind)
    assert found.words
    for word in found.words:
        assert word.text == word.text.strip() != ""
        assert 0 <= word.start <= word.end <= len(case.sound)
        assert 0 <= word.probability <= 1
    starts = [word.start for word in found.words]
    assert starts == sorted(starts)
    assert found.avg_logprob <= 0
    assert 0 <= found.no_speech_prob <= 1
    assert found.compression_ratio >= 0


def test_the_same_sound_gives_the_same_words(case: Case, kind: PassKind) -> None:
    before = case.sound.copy()
    once = case.recognizer.recognize(case.sound, kind=kind)
    again = case.recognizer.recognize(case.sound, kind=kind)
    assert once == again
    assert np.array_equal(case.sound, before), "the sound was written to"


@pytest.mark.parametrize("samples", [0, 1, SAMPLE_RATE, LONGEST])
def test_takes_any_sound_that_fits(case: Case, kind: PassKind, samples: int) -> None:
    """Even without speech, which a model may fill with words: truth guards do that."""
    found = case.recognizer.recognize(np.zeros(samples, np.float32), kind=kind)
    assert all(0 <= word.start <= word.end <= samples for word in found.words)
    assert samples or found.words == ()


def test_more_than_a_window_is_refused(case: Case, kind: PassKind) -> None:
    with pytest.raises(ValueError, match=r"."):
        case.recognizer.recognize(np.zeros(LONGEST + 1, np.float32), kind=kind)


def test_a_retry_knows_nothing_from_before(case: Case) -> None:
    alone = case.recognizer.recognize(case.sound, kind=PassKind.RETRY)
    told = case.recognizer.recognize(
        case.sound, kind=PassKind.RETRY, previous="Something else was said."
    )
    assert told == alone


def test_it_has_a_name(case: Case) -> None:
    assert case.recognizer.name
    assert case.recognizer.carries_context in (True, False)
