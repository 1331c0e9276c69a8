"""A promise is what the client will do, as settled; and what that finds is measured."""

from __future__ import annotations

import pytest
from tests.bench.drafted_commitments import measure
from tests.fakes.story import STARTED_AT, StoryBuilder

from sidelight.domain.notes import Section
from sidelight.session.commitments import (
    asks_what_next,
    is_promise,
    only_acknowledges,
)
from sidelight.session.drafting import draft_client_note


@pytest.mark.parametrize(
    "words",
    [
        "I'll ring my sister on Sunday.",
        "i will ring my sister on sunday",
        "I\u2019m gonna tell her tonight.",
        "So I'll not answer it this week.",
    ],
)
def test_a_day_settles_it(words: str) -> None:
    assert is_promise(words, asked=False)


@pytest.mark.parametrize(
    "words",
    ["I'll put a note on the fridge.", "And I call her Thursday, not Sunday."],
)
def test_so_does_the_coach_s_question(words: str) -> None:
    assert is_promise(words, asked=True)
    assert not is_promise(words, asked=False)


@pytest.mark.parametrize(
    "words",
    [
        "I'll be sad on Sunday.",
        "If it rains on Sunday I'll stay in.",
        "Maybe I'll ring her tomorrow.",
        "She'd say, I'll come tomorrow.",
        "I thought I'll just have a half today.",
        "I'll say it's fine today, because otherwise I'll cry.",
        "I'll try to sleep tonight.",
        "I could say, I'll ring you on Friday.",
        "He said he will ring on Sunday.",
        "And then one day I'll have a cold.",
    ],
)
def test_a_fear_a_condition_and_somebody_s_words_are_none(words: str) -> None:
    assert not is_promise(words, asked=True)


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("So what will you do, and by when?", True),
        ("When are you going to see him?", True),
        ("What'll remind you when it gets scary?", True),
        ("What are you taking with you from today?", True),
        ("What was that like?", False),
        ("You saw it first.", False),
    ],
)
def test_what_the_coach_asks_for(words: str, *, asks: bool) -> None:
    assert asks_what_next(words) is asks


def test_a_coach_who_only_repeats_leaves_the_question_standing() -> None:
    assert only_acknowledges("After the close. Mm.")
    assert not only_acknowledges("After the close?")
    builder = StoryBuilder()
    builder.client("We had a quiet winter in the office.", pause=60_000)
    builder.coach("What will you do?")
    builder.client("Ring her.")
    builder.coach("Ring her.")
    builder.client("I'll ring her from the car.")
    builder.coach("What was it like in the car last year?")
    builder.client("I'll show you the photograph then.")
    note = draft_client_note(builder.story(), STARTED_AT)
    found = [x.quote for x in note.lines if x.section is Section.COMMITMENTS]
    assert found == ["I'll ring her from the car."]


def test_the_development_sessions_support_what_is_drafted() -> None:
    figures = measure()
    assert figures.wrong_speaker == ()
    assert figures.supported >= 0.8 * figures.drafted
    assert figures.found >= 40, "an empty section supports everything"
