"""From the model's scores to findings: who may have said it, and what still counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fakes.talk import Talk
from tests.fakes.told_model import SURELY, ToldModel

from sidelight.domain.moments import Form
from sidelight.domain.transcript import Speaker
from sidelight.partnering.context import Conversation
from sidelight.partnering.kinds import KINDS
from sidelight.partnering.learned.detector import LearnedDetector, Room
from sidelight.partnering.learned.lessons import Lessons

if TYPE_CHECKING:
    from sidelight.partnering.judgement import Judgement

COACH, CLIENT, UNKNOWN = Speaker.COACH, Speaker.CLIENT, Speaker.UNKNOWN
LIKELY = 0.9
"""Log-odds: 0.71. Counts where the coach surely speaks, and not where nobody knows."""


def judge(model: ToldModel, *said: tuple[Speaker, str]) -> Judgement:
    """The judgement of the last of these."""
    detector = LearnedDetector(KINDS, model, Room(0.8), Lessons())
    conversation, talk = Conversation(), Talk()
    judgement = None
    for speaker, text in said:
        turn, context = conversation.hear(talk.says(speaker, text))
        judgement = detector.judge(turn, context)
        conversation.note(turn, frozenset(judgement.labels))
    assert judgement is not None
    return judgement


def test_what_the_model_shows_is_found_with_its_form() -> None:
    model = ToldModel(("start", "direction", SURELY), form=Form.MENU_OPEN)
    found = judge(model, (COACH, "Where do we start ?"))
    assert found.labels == ("direction",)
    assert found.form is Form.MENU_OPEN
    assert "way out" in found.findings[0].reason
    assert found.findings[0].confidence == pytest.approx(0.998, abs=0.001)
    assert judge(model, (COACH, "Tell me more .")).labels == ()


def test_a_client_and_a_listener_leave_nothing() -> None:
    model = ToldModel(("start", "direction", SURELY), ("mm", "support", SURELY))
    assert judge(model, (CLIENT, "Where do we start ?")).labels == ()
    assert judge(model, (COACH, "mm")).labels == ()
    assert model.asked == []


def test_what_the_turn_takes_back_does_not_count() -> None:
    model = ToldModel(("start", "direction", 2.0), ("boss", "took_back", SURELY))
    assert judge(model, (COACH, "Where do we start ? Your boss .")).labels == (
        "took_back",
    )


def test_a_surer_hand_over_is_not_taken_back() -> None:
    model = ToldModel(("start", "direction", SURELY), ("boss", "took_back", 1.0))
    assert judge(model, (COACH, "Where do we start ? Your boss .")).labels == (
        "direction",
    )


def test_without_a_speaker_only_what_is_decisive_counts() -> None:
    likely = ToldModel(("start", "direction", LIKELY))
    found = judge(likely, (UNKNOWN, "Where do we start ?"))
    assert found.labels == ()
    assert [mark.kind for mark in found.hollow] == ["direction"]
    sure = ToldModel(("start", "direction", SURELY))
    found = judge(sure, (UNKNOWN, "Where do we start ?"))
    assert found.labels == ("direction",)
    assert found.hollow == ()
    assert judge(likely, (COACH, "Where do we start ?")).labels == ("direction",)


def test_without_a_speaker_nothing_is_said_about_how_somebody_coaches() -> None:
    model = ToldModel(("should", "leading", SURELY), ("session", "agreement", SURELY))
    found = judge(model, (UNKNOWN, "You should say what this session is for"))
    assert found.labels == ("agreement",)


def test_the_newest_utterance_is_judged_alone_as_well() -> None:
    """Else what was said before it in the turn could drown it."""
    model = ToldModel(("start", "direction", SURELY))
    found = judge(model, (COACH, "That is a lot ."), (COACH, "Where do we start ?"))
    assert found.labels == ("direction",)
    asked = [" ".join(model.words(turn)) for turn in model.asked[1:3]]
    assert asked == ["that is a lot . where do we start ?", "where do we start ?"]


def test_the_words_that_speak_for_it_are_quoted() -> None:
    text = "That is a lot to carry. Where do you want to start today? I am listening."
    words = ToldModel(("start", "direction", SURELY))
    found = judge(words, (COACH, text))
    start, end = found.findings[0].quote
    assert "start" in text[start:end]
    assert "carry" not in text[start:end]
