"""Ten minutes of everything that is no speech: no words, also from an inventor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes import noises
from tests.fakes.speech import Deaf, Inventor

from sidelight import resources
from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_millis
from sidelight.domain.transcript import Layout, VoicesHeard
from sidelight.session.pipeline import Item, Pipeline
from sidelight.speech.backends import FASTER_WHISPER
from sidelight.speech.vad import SileroModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sidelight.speech.recognizer import Recognizer

pytestmark = pytest.mark.soak

SECONDS = 600.0
PIECE = SAMPLE_RATE // 2
PLAIN = [name for name in noises.NOISES if name != "melody"]


def demo() -> Recognizer:
    return FASTER_WHISPER.open(resources.demo_model(), 1, name="demo")


def inventor() -> Recognizer:
    return Inventor("and then I told him everything")


def heard(recognizer: Recognizer, sound: NDArray[np.float32]) -> list[Item]:
    pipeline = Pipeline(Layout.MONO, recognizer, SileroModel().detector, Deaf())
    items: list[Item] = []
    while pipeline.position < len(sound):
        end = pipeline.position + PIECE
        piece = sound[pipeline.position : end, np.newaxis]
        items += pipeline.feed(AudioBlock(pipeline.position, piece))
    items += pipeline.direct(Finish(to_millis(Samples(len(sound)))))
    return [item for item in items if not isinstance(item, VoicesHeard)]


@pytest.mark.parametrize("recognizer", [demo, inventor])
@pytest.mark.parametrize("level", noises.LEVELS_DBFS)
@pytest.mark.parametrize("name", PLAIN)
def test_ten_minutes_of_noise_have_no_words(
    name: str, level: float, recognizer: Callable[[], Recognizer]
) -> None:
    assert heard(recognizer(), noises.make(name, SECONDS, level)) == []


@pytest.mark.parametrize("level", noises.LEVELS_DBFS)
def test_words_under_a_bowed_string_are_few_and_marked(level: float) -> None:
    """The nearest to a voice: what an inventor says over it must be heard first."""
    items = heard(inventor(), noises.make("melody", SECONDS, level, seed=2))
    finals = [item.utterance for item in items if isinstance(item, UtteranceHeard)]
    assert len(finals) <= 3
    assert all(utterance.doubt is not None for utterance in finals)
