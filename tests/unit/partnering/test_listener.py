"""Episodes, questions taken back, split hand-overs, the request."""

from tests.fakes.talk import Talk

from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    RequestHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import PROCESS_KINDS, TOOK_BACK, Form, Moment
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Utterance
from sidelight.partnering.detector import default_detector
from sidelight.partnering.listener import Heard, Listener

DETECTOR = default_detector()


def listen(*utterances: Utterance) -> list[Heard]:
    listener = Listener(DETECTOR)
    return [
        event
        for utterance in utterances
        for event in listener.hear(utterance, Millis(utterance.span.end + 600))
    ]


def moments(*utterances: Utterance) -> list[Moment]:
    noticed = [e for e in listen(*utterances) if isinstance(e, MomentNoticed)]
    return [e.moment for e in noticed if e.moment.kind in PROCESS_KINDS]


def test_a_moment_carries_its_evidence() -> None:
    talk = Talk()
    utterance = talk.coach("I see. Where would you like to start?")
    (moment,) = moments(utterance)
    assert moment.kind == "direction"
    assert moment.form is Form.OPEN
    assert moment.quote == "Where would you like to start?"
    assert moment.utterance_ids == (utterance.id,)
    assert moment.span.start == utterance.words[2].span.start
    assert moment.span.end == utterance.span.end
    assert moment.reason == "asks where to go next; leaves the choice open"
    assert 0.5 <= moment.confidence <= 1
    assert moment.detector_version


def test_a_hand_over_split_over_two_utterances_is_one() -> None:
    talk = Talk()
    first, second = (
        talk.coach("And which of those would"),
        talk.coach("you like to start with?"),
    )
    (moment,) = moments(first, second)
    assert moment.utterance_ids == (first.id, second.id)


def test_repeating_it_in_the_same_turn_is_not_a_second_one() -> None:
    talk = Talk()
    found = moments(
        talk.coach("Where would you like to start?"),
        talk.coach("Which bit would you like to start with?"),
    )
    assert len(found) == 1


def test_offers_after_i_do_not_know_share_the_episode_and_move_the_clock() -> None:
    talk = Talk()
    first, second = moments(
        talk.coach("Where would you like to start?"),
        talk.client("I don't know, honestly. You tell me."),
        talk.coach("There's the job, there's your dad, or something else. Which one?"),
    )
    assert first.episode == second.episode == 1
    assert second.form is Form.MENU_OPEN
    assert second.span.end > first.span.end


def test_a_hand_over_after_content_is_a_new_episode() -> None:
    talk = Talk()
    found = moments(
        talk.coach("Where would you like to start?"),
        talk.client("With the job."),
        talk.coach("The job."),
        talk.client("It's eating me up, I lie awake at night."),
        talk.coach("Where do you want to go with that now?"),
    )
    assert [moment.episode for moment in found] == [1, 2]


def test_agreeing_to_what_was_asked_for_does_not_restart_the_clock() -> None:
    talk = Talk()
    assert not moments(
        talk.client("Can we look at the interview first?"),
        talk.coach("Sure, we'll look at the interview first."),
    )


def test_a_question_answered_by_the_coach_in_the_same_breath_is_taken_back() -> None:
    talk = Talk()
    events = listen(
        talk.coach(
            "Where would you like to start? I'm thinking your boss. What did he say?"
        )
    )
    kinds = [e.moment.kind for e in events if isinstance(e, MomentNoticed)]
    assert TOOK_BACK in kinds
    assert not set(kinds) & set(PROCESS_KINDS)
    assert not any(isinstance(event, MomentWithdrawn) for event in events)


def test_a_moment_taken_back_by_a_later_utterance_is_withdrawn() -> None:
    talk = Talk()
    events = listen(
        talk.coach("Where would you like to start?"),
        talk.coach("I'm thinking your boss. What did he say?", after_ms=2_000),
    )
    noticed = [e.moment for e in events if isinstance(e, MomentNoticed)]
    (withdrawn,) = [e for e in events if isinstance(e, MomentWithdrawn)]
    assert withdrawn.cause is WithdrawalCause.TOOK_BACK
    assert withdrawn.moment_id == noticed[0].id
    assert TOOK_BACK in [moment.kind for moment in noticed]


def test_an_answered_question_is_not_taken_back() -> None:
    talk = Talk()
    events = listen(
        talk.coach("Where would you like to start?"),
        talk.client("My boss."),
        talk.coach("What did he say?"),
    )
    assert not any(isinstance(event, MomentWithdrawn) for event in events)


def test_the_clients_words_never_count() -> None:
    talk = Talk()
    assert not moments(
        talk.client("He always asks, where would you like to start?"),
        talk.client("What do you need from me?"),
    )


def test_quoted_questions_do_not_count() -> None:
    talk = Talk()
    assert not moments(
        talk.coach(
            "He once said to somebody, where do we go from here, in front of me."
        ),
        talk.client("Ha."),
        talk.coach("Your boss said, how can I support you, and you went quiet."),
    )


def test_in_a_room_the_words_must_be_decisive() -> None:
    talk = Talk()
    found = moments(
        talk.room("What would you like to do with the ten minutes we have left?"),
        talk.room("I think I'd like to look at the letter next."),
        talk.room("She said, how can I support you, and I went quiet."),
    )
    assert [moment.kind for moment in found] == ["direction"]


def test_the_request_is_the_clients_newest_clear_one() -> None:
    talk = Talk()
    events = listen(
        talk.coach("What would you like from today?"),
        talk.client("Well, I want to feel less scared of Monday."),
        talk.coach("And what would you like to leave with?"),
        talk.client("Actually, what I want from this session is one opening line."),
    )
    requests = [event.quote for event in events if isinstance(event, RequestHeard)]
    assert requests == [
        "I want to feel less scared of Monday.",
        "what I want from this session is one opening line.",
    ]


def test_wishes_about_others_are_no_request() -> None:
    talk = Talk()
    events = listen(
        talk.coach("What would you like from today?"),
        talk.client("My boss wants me to leave."),
    )
    assert not any(isinstance(event, RequestHeard) for event in events)
