"""Every voice detector gives the same numbers however its sound is cut into calls."""

from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from tests.fakes.speech import LevelDetector, Spoken, say

from sidelight import resources
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.speech.vad import PERIOD, WINDOW, SileroModel, VoiceDetector

DETECTORS: dict[str, Callable[[], VoiceDetector]] = {
    "levels": LevelDetector,
    "silero": lambda: SileroModel().detector(),
}


@pytest.fixture(params=DETECTORS)
def fresh(request: pytest.FixtureRequest) -> Callable[[], VoiceDetector]:
    return DETECTORS[request.param]


@pytest.fixture(scope="module")
def sound() -> NDArray[np.float32]:
    """Ten seconds of the demo's coach, then words of the fakes; whole windows."""
    path = resources.demo_session() / "session.flac"
    demo, _ = soundfile.read(path, frames=10 * SAMPLE_RATE, dtype="float32")
    both = np.concatenate([demo[:, 0], say([Spoken(9, 500, 500)])])
    return np.asarray(both[: len(both) // WINDOW * WINDOW], np.float32)


@pytest.mark.parametrize("cut", [(1,), (2, 3), (7, 1, 40), (1000,)], ids=str)
def test_cutting_changes_nothing(
    fresh: Callable[[], VoiceDetector],
    sound: NDArray[np.float32],
    cut: tuple[int, ...],
) -> None:
    whole = fresh().probabilities(sound)
    detector, pieces, at, turn = fresh(), [], 0, 0
    while at < len(sound):
        end = min(len(sound), at + cut[turn % len(cut)] * WINDOW)
        pieces.append(detector.probabilities(sound[at:end]))
        at, turn = end, turn + 1
    assert np.array_equal(np.concatenate(pieces), whole)


def test_tells_words_from_silence(
    fresh: Callable[[], VoiceDetector], sound: NDArray[np.float32]
) -> None:
    detector = fresh()
    found = detector.probabilities(sound)
    assert found.dtype == np.float32
    assert found.shape == (len(sound) // WINDOW,)
    assert found.min() >= 0
    assert found.max() <= 1
    assert found.max() > 0.9, "the demo's words"
    silence = np.zeros(100 * WINDOW, np.float32)
    assert fresh().probabilities(silence).max() < 0.1


def test_the_sound_is_not_written_to(
    fresh: Callable[[], VoiceDetector], sound: NDArray[np.float32]
) -> None:
    before = sound.copy()
    fresh().probabilities(sound)
    assert np.array_equal(sound, before)


def test_only_whole_windows(fresh: Callable[[], VoiceDetector]) -> None:
    assert fresh().probabilities(np.zeros(0, np.float32)).shape == (0,)
    with pytest.raises(ValueError, match="windows"):
        fresh().probabilities(np.zeros(WINDOW + 1, np.float32))


def test_silero_equals_one_offline_pass_of_the_library(
    sound: NDArray[np.float32],
) -> None:
    """Streaming, window by window, against faster-whisper's own call over all of it.

    Up to the first ``PERIOD``, where ours renews its state and the library's does not.
    """
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415 (only here)

    # The library zeroes the last samples of its argument before it judges them.
    first = sound[: PERIOD + WINDOW].copy()
    offline = get_vad_model()(first.copy()).reshape(-1)
    detector = SileroModel().detector()
    streamed = [detector.probabilities(window) for window in first.reshape(-1, WINDOW)]
    assert np.array_equal(np.concatenate(streamed)[:-1], offline[:-1])
