"""The same laws with the real parts: Silero, faster-whisper and the demo model."""

from collections.abc import Sequence

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.fakes.rooms import Room
from tests.fakes.speech import Deaf

from sidelight import resources
from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_millis
from sidelight.domain.transcript import Layout
from sidelight.session.pipeline import Item, Pipeline
from sidelight.speech.backends import FASTER_WHISPER
from sidelight.speech.vad import SileroModel

SECONDS = 12


@pytest.fixture(scope="module")
def sound() -> NDArray[np.float32]:
    path = resources.demo_session() / "session.flac"
    read, _ = soundfile.read(path, frames=SECONDS * SAMPLE_RATE, dtype="float32")
    return np.asarray(read, np.float32)


@pytest.fixture(scope="module")
def model() -> SileroModel:
    return SileroModel()


def finals(
    model: SileroModel, sound: NDArray[np.float32], cut: Sequence[int]
) -> list[UtteranceHeard]:
    recognizer = FASTER_WHISPER.open(resources.demo_model(), 1, name="demo")
    pipeline = Pipeline(Layout.STEREO, recognizer, model.detector, Deaf())
    items: list[Item] = []
    turn = 0
    while pipeline.position < len(sound):
        end = pipeline.position + cut[turn % len(cut)]
        block = AudioBlock(pipeline.position, sound[pipeline.position : end])
        items += pipeline.feed(block)
        turn += 1
    items += pipeline.direct(Finish(to_millis(pipeline.position)))
    return [item for item in items if isinstance(item, UtteranceHeard)]


@pytest.fixture(scope="module")
def whole(model: SileroModel, sound: NDArray[np.float32]) -> list[UtteranceHeard]:
    found = finals(model, sound, [len(sound)])
    assert len(found) >= 4
    return found


@settings(max_examples=4, deadline=None)
@given(st.lists(st.integers(200, 30_000), min_size=1, max_size=10))
def test_cutting_changes_no_final(
    model: SileroModel,
    sound: NDArray[np.float32],
    whole: list[UtteranceHeard],
    cut: list[int],
) -> None:
    assert finals(model, sound, cut) == whole


def test_offsets_of_the_same_sound_hear_the_same_words(
    model: SileroModel, sound: NDArray[np.float32], whole: list[UtteranceHeard]
) -> None:
    """Windows fall differently at each offset; first and last words must not suffer."""
    first = whole[0].utterance
    alone = sound[: Samples((first.span.end + 900) * 16)]
    texts = []
    for offset_ms in range(0, 1000, 250):
        lead = np.zeros((offset_ms * 16 + 37, 2), np.float32)
        found = finals(model, np.concatenate([lead, alone]), [4_000])
        texts.append(" ".join(event.utterance.text for event in found))
    assert set(texts) == {first.text}


@pytest.fixture(scope="module")
def call() -> NDArray[np.float32]:
    """A loud loudspeaker, and a client who talks more than the coach."""
    path = resources.demo_session() / "session.flac"
    read, _ = soundfile.read(path, frames=8 * SAMPLE_RATE, dtype="float32")
    return Room(-6, ppm=30).record(np.ascontiguousarray(read[:, ::-1], np.float32))


@settings(max_examples=2, deadline=None)
@given(st.lists(st.integers(200, 30_000), min_size=1, max_size=10))
def test_cutting_changes_no_final_where_the_client_echoes(
    model: SileroModel, call: NDArray[np.float32], cut: list[int]
) -> None:
    assert finals(model, call, cut) == finals(model, call, [len(call)])
