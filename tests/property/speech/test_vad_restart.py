"""A voice detector that starts in the middle soon agrees exactly with the others."""

import numpy as np
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from sidelight import resources
from sidelight.speech.vad import PERIOD, WINDOW, SileroModel

SOUND, _ = soundfile.read(
    resources.demo_session() / "session.flac", stop=5 * PERIOD, dtype="float32"
)
COACH = np.ascontiguousarray(SOUND[:, 0])
MODEL = SileroModel()
WHOLE = MODEL.detector().probabilities(COACH)


@settings(max_examples=10, deadline=None)
@given(
    period=st.integers(1, 3),
    cuts=st.lists(st.integers(1, 300), min_size=1, max_size=6),
)
def test_from_the_second_period_on_it_agrees_bit_for_bit(
    period: int, cuts: list[int]
) -> None:
    detector = MODEL.detector()
    start = period * PERIOD
    heard, at = [], start
    for windows in (*cuts, 5 * PERIOD // WINDOW):
        heard.append(detector.probabilities(COACH[at : at + windows * WINDOW]))
        at += len(heard[-1]) * WINDOW
    restarted = np.concatenate(heard)
    again = PERIOD // WINDOW
    np.testing.assert_array_equal(restarted[again:], WHOLE[start // WINDOW + again :])


def test_renewing_the_state_hardly_changes_what_is_speech() -> None:
    one_state = MODEL.detector()._state.hear(COACH)
    assert np.abs(one_state - WHOLE).max() < 0.5
    assert np.mean((one_state >= 0.5) == (WHOLE >= 0.5)) > 0.995
