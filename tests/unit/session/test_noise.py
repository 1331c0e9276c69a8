"""No words without a voice, whatever a recogniser would make of it; soft ones kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from tests.fakes import noises
from tests.fakes.speech import Deaf, Inventor

from sidelight import resources
from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, Samples, to_millis
from sidelight.domain.transcript import Layout, VoicesHeard
from sidelight.session.pipeline import Item, Pipeline
from sidelight.speech.vad import SileroModel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sidelight.speech.recognizer import Recognizer

SECONDS = 60.0
PIECE = 4 * SAMPLE_RATE
PLAIN = [name for name in noises.NOISES if name != "melody"]
SHORT_TURNS_MS = {"Right.": (127_870, 128_350), "Yeah.": (213_110, 213_480)}


@pytest.fixture(scope="module")
def silero() -> SileroModel:
    return SileroModel()


def heard(
    silero: SileroModel, recognizer: Recognizer, sound: NDArray[np.float32]
) -> list[Item]:
    pipeline = Pipeline(Layout.MONO, recognizer, silero.detector, Deaf())
    items: list[Item] = []
    while pipeline.position < len(sound):
        end = pipeline.position + PIECE
        piece = sound[pipeline.position : end, np.newaxis]
        items += pipeline.feed(AudioBlock(pipeline.position, piece))
    items += pipeline.direct(Finish(to_millis(Samples(len(sound)))))
    return [item for item in items if not isinstance(item, VoicesHeard)]


@pytest.mark.parametrize("name", PLAIN)
def test_noise_has_no_words(silero: SileroModel, name: str) -> None:
    """Even for one who always hears some; so no model is ever asked.

    A third each in a quiet, a usual and a loud room.
    """
    inventor = Inventor("and then I told him everything")
    each = SECONDS / len(noises.LEVELS_DBFS)
    parts = [noises.make(name, each, level) for level in noises.LEVELS_DBFS]
    sound = np.concatenate(parts)
    assert heard(silero, inventor, sound) == []
    assert inventor.passes == []


def short_turn(text: str) -> NDArray[np.float32]:
    """One of the coach's shortest answers in the demo, in a second of silence."""
    start, end = (ms * SAMPLE_RATE // 1000 for ms in SHORT_TURNS_MS[text])
    path = resources.demo_session() / "session.flac"
    sound, _ = soundfile.read(path, start=start, stop=end, dtype="float32")
    around = np.zeros(SAMPLE_RATE, np.float32)
    return np.concatenate([around, np.asarray(sound[:, 0], np.float32), around])


@pytest.mark.parametrize("level", [-20.0, -35.0, -45.0])
@pytest.mark.parametrize("text", SHORT_TURNS_MS)
def test_a_soft_short_answer_is_heard(
    silero: SileroModel, text: str, level: float
) -> None:
    """In a room 20 dB below the voice."""
    sound = noises.to_level(short_turn(text), level)
    room = noises.make("room noise", len(sound) / SAMPLE_RATE, level - 20)
    finals = heard(silero, Inventor("mm"), sound + room[: len(sound)])
    assert [type(item) for item in finals] == [UtteranceHeard]
