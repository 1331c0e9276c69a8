"""The client note is drafted from the client's own words, or left empty."""

from __future__ import annotations

import pytest
from tests.fakes.story import STARTED_AT, StoryBuilder

from sidelight.domain.notes import Section, Standing
from sidelight.domain.transcript import Layout, Speaker
from sidelight.session.drafting import draft_client_note


def drafted(builder: StoryBuilder, section: Section) -> list[str]:
    note = draft_client_note(builder.story(), STARTED_AT)
    return [line.quote for line in note.lines if line.section is section]


def late(builder: StoryBuilder) -> StoryBuilder:
    """Let most of the session pass, so that what follows is its end."""
    builder.client("We had a quiet winter in the office.", pause=60_000)
    return builder


@pytest.mark.parametrize(
    "promise",
    [
        "I'll write to my brother on Sunday.",
        "So I'm going to ask for two days tomorrow.",
        "Then I will tell her next week.",
    ],
)
def test_a_settled_promise_of_the_client_is_drafted(promise: str) -> None:
    builder = late(StoryBuilder())
    builder.client(promise)
    assert drafted(builder, Section.COMMITMENTS) == [promise]


@pytest.mark.parametrize(
    "words",
    [
        "Maybe I'll write to my brother on Sunday.",
        "I'll be honest, that was hard.",
        "If I ask them I'll lose the job.",
        "I'll never ask him for anything.",
        "Am I going to write to him?",
        "He said I should write to him.",
    ],
)
def test_what_is_no_promise_is_not_drafted(words: str) -> None:
    builder = late(StoryBuilder())
    builder.client(words)
    assert drafted(builder, Section.COMMITMENTS) == []


def test_the_coach_never_commits_for_the_client() -> None:
    builder = late(StoryBuilder())
    builder.coach("I'll send you the form on Monday.")
    assert drafted(builder, Section.COMMITMENTS) == []


def test_a_promise_in_the_first_half_is_a_story() -> None:
    builder = StoryBuilder()
    builder.client("I'll bring the books on Friday.")
    late(builder)
    assert drafted(builder, Section.COMMITMENTS) == []


def test_nobody_is_quoted_where_the_speaker_is_unknown() -> None:
    builder = late(StoryBuilder(layout=Layout.MONO))
    builder.say(Speaker.UNKNOWN, "I'll write to my brother on Sunday.")
    assert draft_client_note(builder.story(), STARTED_AT).lines == ()


def test_the_request_is_the_focus_and_its_answer_the_outcome() -> None:
    builder = StoryBuilder()
    builder.request(builder.client("I want to leave with a plan for the garden."))
    late(builder)
    builder.client("The plan is one small bed behind the kitchen.")
    assert drafted(builder, Section.FOCUS) == [
        "I want to leave with a plan for the garden."
    ]
    assert drafted(builder, Section.OUTCOME) == [
        "The plan is one small bed behind the kitchen."
    ]


@pytest.mark.parametrize(
    "insight",
    [
        "I just realised that I do this with everybody.",
        "It isn't the money. It's the waiting.",
        "I'm not angry at her. I'm sad.",
    ],
)
def test_an_insight_is_quoted_whole(insight: str) -> None:
    builder = StoryBuilder()
    builder.client(insight)
    assert drafted(builder, Section.INSIGHTS) == [insight]


def test_an_insight_may_take_two_breaths() -> None:
    builder = StoryBuilder()
    builder.client("It isn't the money.")
    builder.client("The money is fine. It's the waiting.")
    assert drafted(builder, Section.INSIGHTS) == [
        "It isn't the money. The money is fine. It's the waiting."
    ]


def test_two_thoughts_far_apart_are_no_turn() -> None:
    builder = StoryBuilder()
    builder.client("It isn't raining.")
    builder.client("It's the waiting.", pause=30_000)
    assert drafted(builder, Section.INSIGHTS) == []


def test_every_line_waits_for_the_coach() -> None:
    builder = late(StoryBuilder())
    builder.client("I'll write to my brother on Sunday.")
    note = draft_client_note(builder.story(), STARTED_AT)
    assert {line.standing for line in note.lines} == {Standing.UNCHECKED}
    assert note.accepted(Section.COMMITMENTS) == ()
    assert len(note.accept_all_for_demo().accepted(Section.COMMITMENTS)) == 1
