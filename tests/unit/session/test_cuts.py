"""Speech that is cut without a pause loses no word and tells none twice, wherever."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fakes.speech import (
    VOCABULARY,
    Deaf,
    LevelDetector,
    ScriptedRecognizer,
    Spoken,
    say,
)

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import Samples, to_millis
from sidelight.domain.transcript import Layout, Speaker
from sidelight.session.pipeline import Pipeline, PipelinePolicy
from sidelight.speech.endpointing import EndpointPolicy, windows

LENGTHS_MS = (180, 240, 310, 150, 420)
FLUENT = [
    Spoken(number % len(VOCABULARY), LENGTHS_MS[number % len(LENGTHS_MS)], 40)
    for number in range(60)
]
"""Some 18 s without a pause that could end anything."""


def heard(hard_after_s: float) -> list[str]:
    policy = EndpointPolicy(
        end_pause=windows(0.5),
        soft_after=windows(100),
        hard_after=windows(hard_after_s),
    )
    pipeline = Pipeline(
        Layout.MONO,
        ScriptedRecognizer(),
        LevelDetector,
        Deaf(),
        policy=PipelinePolicy(endpoints={Speaker.UNKNOWN: policy}, partials=False),
    )
    sound = np.concatenate([say(FLUENT), np.zeros(16_000, np.float32)])
    items = pipeline.feed(AudioBlock(Samples(0), sound[:, np.newaxis]))
    items += pipeline.direct(Finish(to_millis(Samples(len(sound)))))
    finals = [item for item in items if isinstance(item, UtteranceHeard)]
    assert len(finals) >= 2, "nothing was cut"
    return [word.text for item in finals for word in item.utterance.words]


@pytest.mark.parametrize("hard_after_s", np.arange(3.5, 12.25, 0.25).tolist())
def test_cuts_at_every_quarter_of_a_second(hard_after_s: float) -> None:
    assert heard(hard_after_s) == [spoken.text for spoken in FLUENT]
