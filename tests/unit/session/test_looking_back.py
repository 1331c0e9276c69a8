"""What can be said only when a session has ended: computed, never stored."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.fakes.scene import Scene
from tests.fakes.story import STARTED_AT, StoryBuilder, span

from sidelight import resources
from sidelight.domain.events import OffRecord, OffRecordCause, StoredEvent
from sidelight.domain.moments import SUPPORT
from sidelight.domain.session import Mode, Session
from sidelight.domain.story import Story
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import (
    Layout,
    Speaker,
    Utterance,
    UtteranceId,
    Word,
)
from sidelight.partnering.dialogue.moments import SOUND_KINDS
from sidelight.session.looking_back import look_back
from sidelight.session.scoring import Truth, score_moments


def silence() -> StoryBuilder:
    builder = StoryBuilder()
    builder.moment(builder.coach("What would help most from my side?"), SUPPORT)
    builder.client("Some quiet, please, for a while.", pause=7000)
    return builder


def found(story: Story) -> list[str]:
    return [one.kind for one in story.moments]


def test_it_is_seen_when_the_session_has_ended_and_not_before() -> None:
    story = silence().story()
    assert found(look_back(replace(story, ended=False))) == [SUPPORT]
    assert found(look_back(story)) == [SUPPORT, "silence_honoured"]


def test_looking_back_twice_changes_nothing() -> None:
    once = look_back(silence().story())
    assert look_back(once) == once


def test_the_clocks_do_not_count_it() -> None:
    story = silence().story()
    assert look_back(story).clocks == story.clocks


def test_with_one_microphone_nothing_is_said() -> None:
    story = silence().story()
    assert story.session is not None
    room = replace(story, session=replace(story.session, layout=Layout.MONO))
    assert look_back(room) == room


def test_what_goes_off_the_record_afterwards_takes_it_along() -> None:
    story = look_back(silence().story())
    (said, _) = (one.span for one in story.utterances)
    gone = OffRecord(story.position, said, OffRecordCause.ASKED)
    after = story.after(StoredEvent(99, story.position, 0, gone))
    assert found(look_back(after)) == []


def heard_as_it_was_spoken(data: dict[str, Any]) -> tuple[Utterance, ...]:
    """The truth's turns with the times of their words."""
    said = []
    for number, turn in enumerate(data["turns"], start=1):
        words = tuple(
            Word(word["text"], span(word["start_ms"], word["end_ms"]), 1.0)
            for word in turn["words"]
        )
        speaker = Speaker(turn["speaker"])
        whole = span(turn["start_ms"], turn["end_ms"])
        identity = UtteranceId(1, number)
        said.append(Utterance(identity, speaker, whole, words, turn["text"]))
    return tuple(said)


@pytest.fixture(scope="module")
def demo() -> Story:
    path = resources.demo_session() / "truth.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return Story(
        session=Session("demo", STARTED_AT, Layout.STEREO, Mode.KEEP),
        position=Millis(data["duration_ms"]),
        ended=True,
        utterances=heard_as_it_was_spoken(data),
    )


def test_all_that_the_demos_truth_labels_is_found_and_nothing_else(demo: Story) -> None:
    truth = Truth.read(resources.demo_session() / "truth.json")
    result = score_moments(look_back(demo).moments, truth.sound, SOUND_KINDS)
    assert (result.expected, result.found, result.false) == (8, 8, ())


def test_a_silence_of_the_demo_is_as_long_as_its_truth_says(demo: Story) -> None:
    truth = Truth.read(resources.demo_session() / "truth.json")
    silences = [one.span for one in truth.sound if one.kind == "silence_honoured"]
    measured = [
        one.span for one in look_back(demo).moments if one.kind == "silence_honoured"
    ]
    assert len(measured) == len(silences)
    for mine, true in zip(measured, silences, strict=True):
        assert abs(mine.start - true.start) < 100
        assert abs(mine.end - true.end) < 100


def test_a_scene_without_a_word_kept_is_looked_back_on_by_its_times() -> None:
    scene = Scene()
    scene.coach(0, 3000, "What would you tell him now?")
    scene.client(9000, 12_000, "I would tell him the truth.")
    (one,) = look_back(scene.wordless()).moments
    assert one.kind == "silence_honoured"
    assert one.quote == ""
