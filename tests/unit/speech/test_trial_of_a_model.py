"""The trial of short windows on a loaded model: what it changes, and what it does not.

The demo's weights stand in for a model that nobody measured yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from tests.fakes.speech import Deaf

from sidelight import resources
from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_millis
from sidelight.domain.transcript import Layout
from sidelight.session.pipeline import Item, Pipeline, PipelinePolicy
from sidelight.speech.backends.faster_whisper import (
    FasterWhisperRecognizer,
    WindowPolicy,
    Windows,
    _load,
)
from sidelight.speech.recognizer import LONGEST, Device, PassKind
from sidelight.speech.short_windows import Compared, Evidence, Trial, Verdict
from sidelight.speech.vad import SileroModel
from sidelight.speech.weights import ModelFolder

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAFE = Evidence(50, 300, 0, Verdict.SAFE)


@pytest.fixture(scope="module")
def sound() -> NDArray[np.float32]:
    path = resources.demo_session() / "session-mono.flac"
    read, _ = soundfile.read(path, frames=5 * SAMPLE_RATE, dtype="float32")
    return np.asarray(read, np.float32)


def loaded(evidence: Evidence | None) -> FasterWhisperRecognizer:
    folder = ModelFolder.check(resources.demo_model())
    return FasterWhisperRecognizer(
        _load(folder, 1, Device.CPU),
        "unmeasured",
        windows=Windows(),
        carries_context=False,
        trial=None if evidence is None else Trial(evidence),
    )


def test_live_passes_are_padded_until_short_ones_are_safe(
    sound: NDArray[np.float32],
) -> None:
    short = loaded(None).recognize(sound, kind=PassKind.PARTIAL)
    padded = (
        loaded(None)
        .with_windows(Windows(partial=WindowPolicy.PADDED))
        .recognize(sound, kind=PassKind.PARTIAL)
    )
    assert short.avg_logprob != padded.avg_logprob, "the two cannot be told apart"
    for evidence, expected in ((Evidence(), padded), (SAFE, short)):
        heard = loaded(evidence).recognize(sound, kind=PassKind.PARTIAL)
        assert heard == expected


def test_words_so_far_that_decide_something_do_not_depend_on_the_verdict(
    sound: NDArray[np.float32],
) -> None:
    kind = PassKind.SO_FAR
    found = [loaded(evidence).recognize(sound, kind=kind) for evidence in (None, SAFE)]
    assert found[0] == found[1]
    assert found[0].words
    assert {Windows().length(len(sound), kind) for kind in PassKind} == {
        10 * SAMPLE_RATE,
        LONGEST,
    }


def test_each_final_is_compared_once(sound: NDArray[np.float32]) -> None:
    model = loaded(Evidence())
    assert model.compare() is None
    final = model.recognize(sound, kind=PassKind.FINAL)
    model.recognize(sound, kind=PassKind.PARTIAL)  # is no reason to forget it
    compared = model.compare()
    assert compared is not None
    assert compared.model == "unmeasured"
    assert abs(compared.words - len(final.words)) <= 2  # greedy against the beam
    assert model.compare() is None


def test_sound_that_fills_a_padded_window_cannot_be_compared() -> None:
    model = loaded(Evidence())
    model.recognize(np.zeros(14 * SAMPLE_RATE, np.float32), kind=PassKind.FINAL)
    assert model.compare() is None


def test_a_pipeline_compares_when_nobody_speaks_and_finals_stay_the_same(
    sound: NDArray[np.float32],
) -> None:
    silero = SileroModel()
    compared: list[Compared] = []

    def finals(evidence: Evidence, *, compare: bool) -> list[Item]:
        pipeline = Pipeline(
            Layout.MONO,
            loaded(evidence),
            silero.detector,
            Deaf(),
            policy=PipelinePolicy(partials=False),
        )
        found: list[Item] = []
        while pipeline.position < len(sound):
            end = pipeline.position + 3_200
            block = AudioBlock(pipeline.position, sound[pipeline.position : end, None])
            found += pipeline.feed(block)
            result = pipeline.compare() if compare else None
            if result is not None:
                compared.append(result)
        end_ms = to_millis(Samples(pipeline.position))
        return found + pipeline.direct(Finish(end_ms))

    measured = finals(Evidence(), compare=True)
    assert measured == finals(SAFE, compare=False)
    assert measured
    assert compared
    assert len(compared) <= len(measured)
