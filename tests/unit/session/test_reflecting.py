"""The reflection note shows three moments first, each with its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.fakes.story import STARTED_AT, StoryBuilder, span

from sidelight.domain.cues import Cue, Hold, Occasion
from sidelight.domain.events import CueHeld, CueShown
from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT, Form
from sidelight.domain.notes import Choice, CueSummary
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import LIVE_TRANSCRIPT, Doubt, Speaker
from sidelight.session.reflecting import (
    SHORTEST_MS,
    draft_reflection,
    three_moments,
)

if TYPE_CHECKING:
    from sidelight.domain.story import Story


def five_minutes(builder: StoryBuilder) -> Story:
    """What was said, in a session that is long enough for three moments."""
    builder.now = Millis(max(builder.now, SHORTEST_MS))
    return builder.story()


def test_the_hand_over_with_the_longest_answer_is_the_one_to_keep() -> None:
    builder = StoryBuilder()
    builder.moment(builder.coach("How shall I listen?"), SUPPORT, episode=1)
    builder.client("Quietly.")
    asked = builder.coach("Where would you like to begin?")
    builder.moment(asked, DIRECTION, Form.OPEN, 2)
    builder.client("With the house, and the long story of how we came to buy it.")
    note = draft_reflection(five_minutes(builder), STARTED_AT)
    keep = next(c for c in note.three if c.choice is Choice.KEEP)
    assert keep.quote == asked.text


def test_a_backchannel_does_not_end_the_answer() -> None:
    builder = StoryBuilder()
    builder.moment(builder.coach("How shall I listen?"), SUPPORT, episode=1)
    builder.client("Just quietly please and then")
    builder.coach("Mm.")
    builder.client("and then perhaps a question or two at the very end.")
    first = builder.coach("Is this still what you came for?")
    builder.moment(first, ON_TRACK, episode=2)
    builder.client("Yes it is exactly that and nothing else at all.")
    keep = draft_reflection(five_minutes(builder), STARTED_AT).three[0]
    assert keep.moment is not None
    assert keep.moment.kind == SUPPORT


def test_a_question_that_was_taken_back_comes_before_a_narrow_one() -> None:
    builder = StoryBuilder()
    narrow = builder.coach("The house or the garden?")
    builder.moment(narrow, DIRECTION, Form.NARROW, 1)
    taken = builder.coach("Where next? No, the garden.")
    builder.moment(taken, "took_back")
    fork = next(
        c
        for c in draft_reflection(five_minutes(builder), STARTED_AT).three
        if c.choice is Choice.FORK
    )
    assert fork.quote == taken.text


def test_the_place_to_practise_is_before_the_longest_pause() -> None:
    builder = StoryBuilder()
    builder.client("First there was the winter.", pause=50_000)
    doorway = builder.client("And then nobody called.", pause=20_000)
    builder.client("For a whole year.", pause=60_000)
    practise = draft_reflection(five_minutes(builder), STARTED_AT).three[-1]
    assert practise.choice is Choice.PRACTISE
    assert practise.quote == doorway.text


def test_a_short_session_is_not_told_to_practise() -> None:
    builder = StoryBuilder()
    builder.client("Hello there.")
    note = draft_reflection(builder.story(), STARTED_AT)
    assert note.three == ()
    assert note.longest is None


def test_in_less_than_five_minutes_nothing_is_chosen() -> None:
    builder = StoryBuilder()
    builder.moment(builder.coach("How shall I listen?"), SUPPORT, episode=1)
    builder.client("Quietly.")
    builder.now = Millis(SHORTEST_MS - 2_001)
    assert three_moments(builder.story()) == ()
    builder.now = Millis(SHORTEST_MS - 2_000)
    assert three_moments(builder.story()) != ()


def test_who_said_it_is_told_and_what_the_client_answered() -> None:
    builder = StoryBuilder()
    asked = builder.coach("How shall I listen?")
    builder.moment(asked, SUPPORT, episode=1)
    builder.coach("Mm.")
    answer = builder.client("Quietly, please.")
    (keep, *_) = three_moments(five_minutes(builder))
    assert keep.words == (
        (Speaker.COACH, asked.text),
        (Speaker.CLIENT, answer.text),
    )
    assert keep.at == asked.span.end, "where its mark stands"
    assert str(keep.observation) == "You handed this over."


def test_doubtful_or_nobodys_words_are_no_answer() -> None:
    for speaker, doubt in ((Speaker.UNKNOWN, None), (Speaker.CLIENT, Doubt.UNSURE)):
        builder = StoryBuilder()
        builder.moment(builder.coach("How shall I listen?"), SUPPORT, episode=1)
        builder.say(speaker, "Quietly, please.", doubt=doubt)
        (keep, *_) = three_moments(five_minutes(builder))
        assert keep.answer == ""


def test_words_that_nobody_has_gone_over_are_as_heard() -> None:
    builder = StoryBuilder()
    builder.moment(builder.coach("How shall I listen?"), SUPPORT, episode=1)
    builder.client("Quietly, please.")
    story = five_minutes(builder)
    (keep, *_) = three_moments(story)
    assert keep.as_heard
    corrected = replace(story, heard=tuple(replace(u, text="?") for u in story.heard))
    assert not three_moments(corrected)[0].as_heard
    refined = replace(story, transcript=LIVE_TRANSCRIPT + 1)
    assert not three_moments(refined)[0].as_heard


def test_words_that_come_back_are_the_clients_own() -> None:
    builder = StoryBuilder()
    for _ in range(3):
        builder.client("The lighthouse again.")
        builder.coach("The harbour again.")
    note = draft_reflection(builder.story(), STARTED_AT)
    assert note.own_words == ("lighthouse",)


def test_it_says_what_became_of_the_cues() -> None:
    builder = StoryBuilder()
    fork = builder.client("There is the house, and then there is the garden.")
    cue = Cue(DIRECTION, Occasion.FORK, fork.span)
    assert draft_reflection(builder.story(), STARTED_AT).cues is None
    late = Cue(ON_TRACK, Occasion.HALF_TIME, span(90_000, 90_000))
    thinking, asked = (Hold.THINKING, Hold.CLIENT_SPEAKS), (Hold.ASKED,)
    builder.events += [
        CueShown(Millis(60_000), cue),
        CueHeld(Millis(100_000), late, asked),
        CueHeld(Millis(120_000), cue, thinking),
        CueHeld(Millis(180_000), late, thinking),
    ]
    summary = draft_reflection(builder.story(), STARTED_AT).cues
    assert summary == CueSummary(1, ((Hold.THINKING, 2), (Hold.ASKED, 1)))
