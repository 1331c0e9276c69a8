"""Agreement, exploring, closing: what each phase rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.story import StoryBuilder

from sidelight.domain.dialogue import Stage
from sidelight.domain.story import Story
from sidelight.domain.transcript import Layout
from sidelight.partnering.dialogue.phases import phases
from sidelight.partnering.kinds import KINDS

if TYPE_CHECKING:
    from sidelight.domain.dialogue import Phase

AGREEMENT, EXPLORING, CLOSING = Stage
LONG = "and so it went on and on for what felt like a very long while indeed"


def stages(story: Story) -> list[tuple[Stage, int, int]]:
    return [(one.stage, one.span.start, one.span.end) for one in phases(story)]


def whole(*, hand_over: bool, layout: Layout = Layout.STEREO) -> StoryBuilder:
    """An agreement of two questions, exploring, a closing of two."""
    talk = StoryBuilder(layout=layout)
    talk.client("There is something about my brother and the house")
    talk.moment(talk.coach("What would you like from today?"), "agreement")
    talk.client("A way to say it to him")
    talk.moment(talk.coach("And how will you know you have it?"), "agreement")
    talk.client("I can say it aloud")
    asked = talk.coach("Where would you like to start?")
    if hand_over:
        talk.moment(asked, "direction")
    for _ in range(8):
        talk.client(LONG)
        talk.coach("Say more about that?")
    talk.moment(talk.coach("What do you take with you?"), "closing")
    talk.client("One sentence for Sunday")
    talk.moment(talk.coach("Who else should know?"), "closing")
    talk.client("My sister")
    return talk


def test_an_agreement_ends_with_the_hand_over_and_holds_the_clients_answers() -> None:
    story = whole(hand_over=True).story()
    start = next(u for u in story.utterances if u.text.startswith("Where would"))
    finish = next(u for u in story.utterances if u.text.startswith("What do you take"))
    assert stages(story) == [
        (AGREEMENT, story.utterances[0].span.start, start.span.start),
        (EXPLORING, start.span.start, finish.span.start),
        (CLOSING, finish.span.start, story.utterances[-1].span.end),
    ]
    assert "handed over" in phases(story)[1].reason


def test_without_a_hand_over_the_first_question_explores_in_a_room_as_well() -> None:
    for layout in Layout:
        story = whole(hand_over=False, layout=layout).story()
        first, second, _ = phases(story)
        start = next(u for u in story.utterances if u.text.startswith("Where would"))
        assert first.span.end == second.span.start == start.span.start
        assert "first question" in second.reason


def test_words_about_finishing_do_not_finish_while_the_conversation_goes_on() -> None:
    talk = whole(hand_over=True)
    closed = phases(talk.story())[-1]
    assert closed.stage is CLOSING
    talk.moment(talk.coach("Ten minutes left: what would you like to do?"), "direction")
    talk.client(LONG)
    assert [one.stage for one in phases(talk.story())] == [AGREEMENT, EXPLORING]
    last = talk.coach("How would you like to end?")
    talk.moment(last, "closing")
    assert phases(talk.story())[-1].span.start == last.span.start


def test_a_late_agreement_is_a_new_one_and_without_one_it_says_so() -> None:
    talk = StoryBuilder()
    for _ in range(6):
        talk.client(LONG)
    talk.moment(talk.coach("So what shall this hour be for?"), "agreement")
    talk.client("Rest")
    (only,) = phases(talk.story())
    assert (only.stage, only.reason) == (
        EXPLORING,
        "no agreement was noticed before it",
    )
    assert phases(Story()) == ()


@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.sampled_from(["mm", "what then?", LONG]),
            st.sampled_from([None, *(kind.id for kind in KINDS)]),
        ),
        max_size=10,
    )
)
def test_phases_follow_each_other_from_the_first_word_to_the_last(
    turns: list[tuple[bool, str, str | None]],
) -> None:
    talk = StoryBuilder()
    for by_coach, text, kind in turns:
        said = talk.coach(text) if by_coach else talk.client(text)
        if kind is not None:
            talk.moment(said, kind)
    story = talk.story()
    found: tuple[Phase, ...] = phases(story)
    assert bool(found) == bool(story.utterances)
    assert [one.stage for one in found] == sorted(
        {one.stage for one in found}, key=list(Stage).index
    )
    edges = [edge for one in found for edge in (one.span.start, one.span.end)]
    assert edges == sorted(edges)
    assert edges[1:-1:2] == edges[2::2]
    assert all(one.span.length > 0 for one in found)
    if found:
        assert edges[0] == story.utterances[0].span.start
        assert edges[-1] == max(said.span.end for said in story.utterances)
