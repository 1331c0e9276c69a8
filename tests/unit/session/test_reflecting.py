"""The reflection note shows three moments first, each with its evidence."""

from __future__ import annotations

from tests.fakes.story import STARTED_AT, StoryBuilder, span

from sidelight.domain.cues import Cue, Hold, Occasion
from sidelight.domain.events import CueHeld, CueShown
from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT, Form
from sidelight.domain.notes import Choice, CueSummary
from sidelight.domain.timeline import Millis
from sidelight.session.reflecting import draft_reflection


def test_the_hand_over_with_the_longest_answer_is_the_one_to_keep() -> None:
    builder = StoryBuilder()
    builder.moment(builder.coach("How shall I listen?"), SUPPORT, episode=1)
    builder.client("Quietly.")
    asked = builder.coach("Where would you like to begin?")
    builder.moment(asked, DIRECTION, Form.OPEN, 2)
    builder.client("With the house, and the long story of how we came to buy it.")
    note = draft_reflection(builder.story(), STARTED_AT)
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
    keep = draft_reflection(builder.story(), STARTED_AT).three[0]
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
        for c in draft_reflection(builder.story(), STARTED_AT).three
        if c.choice is Choice.FORK
    )
    assert fork.quote == taken.text


def test_the_place_to_practise_is_before_the_longest_pause() -> None:
    builder = StoryBuilder()
    builder.client("First there was the winter.", pause=50_000)
    doorway = builder.client("And then nobody called.", pause=20_000)
    builder.client("For a whole year.", pause=60_000)
    practise = draft_reflection(builder.story(), STARTED_AT).three[-1]
    assert practise.choice is Choice.PRACTISE
    assert practise.quote == doorway.text


def test_a_short_session_is_not_told_to_practise() -> None:
    builder = StoryBuilder()
    builder.client("Hello there.")
    note = draft_reflection(builder.story(), STARTED_AT)
    assert note.three == ()
    assert note.longest is None


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
