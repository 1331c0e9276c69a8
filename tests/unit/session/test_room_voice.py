"""One microphone, and the coach's enrolled voice: coach when sure, else unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.speech import Deaf, LevelDetector, ScriptedRecognizer, Spoken, say

from sidelight.audio.block import AudioBlock
from sidelight.domain.directives import Finish
from sidelight.domain.events import UtteranceHeard
from sidelight.domain.known import Known
from sidelight.domain.timeline import SAMPLE_RATE, to_millis
from sidelight.domain.transcript import Layout, Partial, Speaker
from sidelight.session.pipeline import Item, Pipeline, resume_position

if TYPE_CHECKING:
    from numpy.typing import NDArray

COACHS = 20
"""Words from here on are said in the coach's voice: they are louder."""


class LoudVoice:
    """A voice that is known by its level; hears exactly the utterance."""

    def is_coach(self, samples: NDArray[np.float32]) -> bool:
        assert len(samples)
        assert samples[0] != 0, "from its first word"
        return bool(np.median(samples[samples != 0]) > COACHS / 100)


@pytest.fixture(scope="module")
def talk() -> NDArray[np.float32]:
    words = []
    for turn in range(24):
        first = COACHS + 1 if turn % 3 == 0 else 1
        words += [Spoken(first + n, 250, 30) for n in range(5)]
        words.append(Spoken(first + 6, 300, 900))
    return say(words)


def room(voice: LoudVoice | None, layout: Layout = Layout.MONO) -> Pipeline:
    return Pipeline(
        layout, ScriptedRecognizer(), LevelDetector, Deaf(), coach_voice=voice
    )


def play(
    pipeline: Pipeline, sound: NDArray[np.float32], block: int, *, finish: bool = True
) -> list[Item]:
    items: list[Item] = []
    while pipeline.position < len(sound):
        at = pipeline.position
        items += pipeline.feed(AudioBlock(at, sound[at : at + block, None]))
    return [
        *items,
        *(pipeline.direct(Finish(to_millis(len(sound)))) if finish else []),
    ]


def finals(items: list[Item]) -> list[UtteranceHeard]:
    return [item for item in items if isinstance(item, UtteranceHeard)]


def speakers(events: list[UtteranceHeard]) -> list[Speaker]:
    return [event.utterance.speaker for event in events]


@pytest.mark.parametrize("block", [700, 1_600, 10**7])
def test_what_is_surely_the_coachs_is_and_nobody_is_called_client(
    block: int, talk: NDArray[np.float32]
) -> None:
    items = play(room(LoudVoice()), talk, block)
    third = [Speaker.COACH, Speaker.UNKNOWN, Speaker.UNKNOWN]
    assert speakers(finals(items)) == third * 8
    partials = [item for item in items if isinstance(item, Partial)]
    assert {partial.speaker for partial in partials} <= {Speaker.UNKNOWN}


def test_without_a_voice_everybody_is_unknown(talk: NDArray[np.float32]) -> None:
    assert set(speakers(finals(play(room(None), talk, 1_600)))) == {Speaker.UNKNOWN}


def test_only_the_speaker_changes(talk: NDArray[np.float32]) -> None:
    said = [e.utterance.span for e in finals(play(room(LoudVoice()), talk, 1_600))]
    assert said == [e.utterance.span for e in finals(play(room(None), talk, 1_600))]


def test_a_pipeline_that_takes_over_repeats_nothing(talk: NDArray[np.float32]) -> None:
    whole = finals(play(room(LoudVoice()), talk, 1_600))
    crash = len(talk) - 7 * SAMPLE_RATE
    before = finals(play(room(LoudVoice()), talk[:crash], 1_600, finish=False))
    known = tuple(event.utterance for event in before)
    second = room(LoudVoice())
    start = resume_position(before[-1].at, Layout.MONO)
    assert start > 0
    second.resume(start, Known(before[-1].at, known, last_utterance=len(known)))
    assert before + finals(play(second, talk, 1_600)) == whole
