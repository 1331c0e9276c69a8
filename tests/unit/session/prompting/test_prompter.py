"""Each rule of COACHING.md section 4, alone; what is shown, what is held, and why."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.fakes.prompting import (
    MINUTE,
    SECOND,
    Said,
    client,
    coach,
    decide,
    started,
    told,
)

from sidelight.domain.cues import Cue, Hold, Occasion
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    Event,
    InterruptionCause,
    LanguageDecided,
    MomentNoticed,
    RecognitionInterrupted,
    SessionPaused,
    SessionResumed,
    UtteranceHeard,
)
from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import (
    Doubt,
    Layout,
    Speaker,
    Utterance,
    UtteranceId,
    VoicesHeard,
)
from sidelight.session.prompting.prompter import Decision, Prompter

HALF = 30 * 60.0
"""Half time of an hour, in seconds."""

THREADS = "There is my boss, and then there is the money."
CALM = [client(1780, 1790), coach(1791, 1793)]
"""Talk before half time that is no easy exchange."""


def shown(decisions: list[Decision]) -> list[tuple[float, Occasion, str]]:
    return [
        (one.at / 1000, one.cue.occasion, one.cue.kind)
        for one in decisions
        if isinstance(one, CueShown)
    ]


def held(decisions: list[Decision]) -> list[tuple[Occasion, Hold]]:
    return [
        (one.cue.occasion, one.because[0])
        for one in decisions
        if isinstance(one, CueHeld)
    ]


# -- when it appears ---------------------------------------------------------------


def test_it_appears_when_the_coach_has_just_ended() -> None:
    decisions = decide([*CALM, coach(HALF + 10, HALF + 14)], HALF + 100)
    ((at, occasion, kind),) = shown(decisions)
    assert (occasion, kind) == (Occasion.HALF_TIME, ON_TRACK)
    assert HALF + 14 < at <= HALF + 15.5
    assert held(decisions) == []


def test_it_appears_in_an_easy_exchange() -> None:
    """Also between two turns of the client's, while neither speaks nor thinks."""
    quick = [
        client(HALF - 20, HALF - 18),
        coach(HALF - 17, HALF - 15),
        client(HALF - 14, HALF - 12),
        coach(HALF - 11, HALF - 9),
        client(HALF - 6, HALF - 0.6),
    ]
    assert shown(decide(quick, HALF + 1)) == []  # 5.4 s: too long for easy
    quick[-1] = client(HALF - 4, HALF - 0.6)
    ((at, _, _),) = shown(decide(quick, HALF + 1))
    assert at <= HALF + 0.9


def test_nothing_appears_for_time_alone() -> None:
    """An hour without any partnering, and no agreed length."""
    talk = [
        one
        for start in range(0, 3600, 30)
        for one in (coach(start, start + 2), client(start + 3, start + 20))
    ]
    assert decide(talk, 3600, planned=None) == []


# -- what holds it -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("talk", "why"),
    [
        ([client(HALF - 5, HALF + 100)], Hold.CLIENT_SPEAKS),
        ([coach(HALF - 5, HALF + 100)], Hold.COACH_SPEAKS),
        ([coach(HALF - 20, HALF - 18), client(HALF - 17, HALF - 2)], Hold.THINKING),
        ([client(HALF - 40, HALF - 30), coach(HALF - 20, HALF - 2)], Hold.NO_OPENING),
        # A voice without words after the coach's last: a sob, perhaps.
        (
            [coach(HALF - 9, HALF - 7), Said(Speaker.CLIENT, HALF - 6, HALF - 2, "")],
            Hold.THINKING,
        ),
        # "Mm" of the coach's ends nothing.
        (
            [client(HALF - 17, HALF - 2)]
            + [coach(HALF + n, HALF + n + 0.4, "Mm.") for n in range(3, 95, 5)],
            Hold.THINKING,
        ),
    ],
    ids=["client speaks", "coach speaks", "thinks", "long silence", "sob", "mm"],
)
def test_it_is_held_and_dropped_after_90_s(talk: list[Said], why: Hold) -> None:
    decisions = decide(talk, HALF + 95)
    assert shown(decisions) == []
    assert held(decisions) == [(Occasion.HALF_TIME, why)]
    assert decisions[0].at == (HALF + 90) * SECOND


def test_it_is_not_queued() -> None:
    """The best moment of the session comes a second too late."""
    late = coach(HALF + 86, HALF + 90)
    decisions = decide([client(HALF - 5, HALF + 85), late], HALF + 200)
    assert shown(decisions) == []
    assert held(decisions) == [(Occasion.HALF_TIME, Hold.CLIENT_SPEAKS)]


@pytest.mark.parametrize(
    "felt",
    [
        client(HALF - 60, HALF - 50, "I was in tears in the car"),
        coach(HALF - 60, HALF - 58, "What is it like to say that?", "emotion"),
        coach(HALF - 280, HALF - 278, "I see tears."),
    ],
    ids=["tears named", "stayed with it", "the coach names them"],
)
def test_strong_feeling_holds_it(felt: Said) -> None:
    decisions = decide([felt, coach(HALF + 1, HALF + 3)], HALF + 5)
    assert shown(decisions) == []
    assert shown(decide([coach(HALF + 1, HALF + 3)], HALF + 5)) != []


def test_strong_feeling_passes() -> None:
    felt = client(HALF - 310, HALF - 305, "I was in tears in the car")
    assert shown(decide([felt, coach(HALF + 1, HALF + 3)], HALF + 5)) != []


def test_nobody_knows_who_speaks_while_the_recogniser_is_late() -> None:
    talk = [coach(HALF + 1, HALF + 3)]
    assert shown(decide(talk, HALF + 5, lag_ms=600)) == []
    lost = RecognitionInterrupted(
        Millis(round(HALF * 1000 + 2900)), InterruptionCause.WORKER_DIED
    )
    assert shown(decide(talk, HALF + 3.4, also=[lost])) == []


def test_a_pause_holds_it() -> None:
    paused = SessionPaused(Millis(round(HALF * 1000 + 3100)))
    assert shown(decide([coach(HALF + 1, HALF + 3)], HALF + 5, also=[paused])) == []


def test_the_first_five_minutes_are_free_of_cues() -> None:
    def agreed(at: float) -> list[Said]:
        return [
            coach(at, at + 4, "What would you like from today?", "agreement"),
            client(at + 5, at + 12),
            coach(at + 13, at + 16, "One sentence for Sunday."),
        ]

    decisions = decide(agreed(180), 300)
    assert shown(decisions) == []
    assert held(decisions) == [(Occasion.AFTER_AGREEMENT, Hold.OPENING)]
    assert [one[1:] for one in shown(decide(agreed(290), 320))] == [
        (Occasion.AFTER_AGREEMENT, SUPPORT)
    ]


def test_four_minutes_lie_between_two_and_six_are_the_most_in_an_hour() -> None:
    """Forks in every minute of two hours, and a good moment after each."""
    talk = [
        one
        for start in range(300, 7200, 60)
        for one in (client(start, start + 12, THREADS), coach(start + 13, start + 16))
    ]
    decisions = decide(talk, 7200, planned=None)
    times = [at for at, _, _ in shown(decisions)]
    assert len(times) == 12
    assert min(b - a for a, b in pairwise(times)) >= 240
    assert times[6] - times[0] >= 3600
    assert {why for _, why in held(decisions)} <= set(Hold)
    assert any(Hold.TOO_SOON in d.because for d in decisions if isinstance(d, CueHeld))
    assert any(Hold.ENOUGH in d.because for d in decisions if isinstance(d, CueHeld))


def test_who_answers_the_coach_at_once_is_not_disturbed() -> None:
    """Within 1.5 s after the coach's last word, but the client spoke since."""
    talk = [coach(HALF + 1, HALF + 7), client(HALF + 7.1, HALF + 7.4, "Tuesday.")]
    assert shown(decide(talk, HALF + 20)) == []


def test_two_utterances_of_one_turn_are_long_together() -> None:
    quick = [coach(HALF - 12, HALF - 10), client(HALF - 9, HALF - 6)]
    assert shown(decide([*quick, client(HALF - 5, HALF - 0.8)], HALF + 20)) == []


def test_yes_is_a_turn_where_it_answers() -> None:
    asks = coach(HALF - 4, HALF - 2, "On Tuesday?")
    yes = client(HALF - 1.5, HALF - 0.8, "Yes.")
    assert shown(decide([asks, yes], HALF + 20)) != []
    tells = coach(HALF - 4, HALF - 2, "So it was Tuesday.")
    assert shown(decide([tells, yes], HALF + 20)) == []


def test_an_echo_of_the_client_is_no_utterance_of_the_coachs() -> None:
    def ended(doubt: Doubt | None) -> list[Decision]:
        prompter = Prompter([started()])
        prompter.hear(VoicesHeard(Millis(0), ()))
        span = Span(Millis(1_799_000), Millis(1_801_000))
        said = Utterance(UtteranceId(1, 1), Speaker.COACH, span, (), "it was", doubt)
        prompter.follow(UtteranceHeard(Millis(1_801_500), said))
        return prompter.look(Millis(1_801_600), Millis(1_801_600))

    assert shown(ended(None)) != []
    assert shown(ended(Doubt.ECHO)) == []


# -- the doorways ------------------------------------------------------------------

ASKS = coach(300, 304, "What would you like from today?", "agreement")
ANSWER = client(305, 312)
SUPPORTS = coach(330, 334, "How would you like me to be with you?", SUPPORT)
SUMS_UP = "One sentence for Sunday."


def test_after_the_agreement_support_comes_first() -> None:
    found = shown(decide([ASKS, ANSWER, coach(313, 316, SUMS_UP)], 330))
    assert [one[1:] for one in found] == [(Occasion.AFTER_AGREEMENT, SUPPORT)]


def test_when_support_was_asked_it_is_where_to_begin() -> None:
    supported = replace(SUPPORTS, start=200, end=203)
    found = shown(decide([supported, ASKS, ANSWER, coach(313, 316, SUMS_UP)], 330))
    assert [one[1:] for one in found] == [(Occasion.AFTER_AGREEMENT, DIRECTION)]


def test_after_support_was_answered_it_is_where_to_begin() -> None:
    talk = [ASKS, ANSWER, SUPPORTS, client(335, 339), coach(340, 343, "I will.")]
    decisions = decide(talk, 360)
    assert [one[1:] for one in shown(decisions)] == [
        (Occasion.AFTER_AGREEMENT, DIRECTION)
    ]


def test_who_explores_is_not_asked_where_to_begin() -> None:
    explores = coach(344, 347, "What did your boss say?")
    decisions = decide([ASKS, ANSWER, SUPPORTS, client(335, 343), explores], 440)
    assert shown(decisions) == []
    assert (Occasion.AFTER_AGREEMENT, Hold.PASSED) in held(decisions)


def test_who_explored_is_not_asked_where_to_begin_later() -> None:
    explores = coach(313, 316, "What did your boss say?")
    talk = [ASKS, ANSWER, explores, client(317, 325), SUPPORTS, client(335, 343)]
    decisions = decide([*talk, coach(344, 346, "I will.")], 450)
    assert {one.cue.kind for one in decisions} == {SUPPORT}


def test_what_was_said_into_the_question_is_no_answer() -> None:
    assert decide([ASKS, client(302, 306), coach(307, 310, SUMS_UP)], 420) == []


def test_a_mark_that_may_be_a_question_for_support_counts_as_one() -> None:
    maybe = replace(SUPPORTS, start=200, end=203)
    events = hollow([e for _, e in told([maybe]) if isinstance(e, MomentNoticed)])
    talk = [ASKS, ANSWER, coach(313, 316, SUMS_UP)]
    found = shown(decide(talk, 330, also=events))
    assert [one[1:] for one in found] == [(Occasion.AFTER_AGREEMENT, DIRECTION)]


def test_a_mark_that_may_be_an_agreement_opens_nothing() -> None:
    events = hollow([e for _, e in told([ASKS]) if isinstance(e, MomentNoticed)])
    plain = replace(ASKS, kinds=())
    talk = [plain, ANSWER, coach(313, 316, SUMS_UP)]
    assert decide(talk, 420, also=events) == []


def hollow(events: list[MomentNoticed]) -> list[MomentNoticed]:
    return [replace(e, moment=replace(e.moment, hollow=True)) for e in events]


def test_without_an_answer_nothing_is_agreed() -> None:
    assert decide([ASKS, coach(313, 316, SUMS_UP)], 420) == []


def test_what_the_coach_asks_needs_no_cue() -> None:
    decisions = decide([ASKS, ANSWER, SUPPORTS], 420)
    assert shown(decisions) == []
    assert held(decisions) == [(Occasion.AFTER_AGREEMENT, Hold.ASKED)]


def test_at_a_fork() -> None:
    fork = client(600, 608, THREADS)
    found = shown(decide([fork, coach(609, 611, "Two things.")], 620, planned=None))
    assert [one[1:] for one in found] == [(Occasion.FORK, DIRECTION)]


def test_a_fork_that_was_gone_past_is_none() -> None:
    past = coach(609, 612, "Okay, tell me about your boss.")
    decisions = decide([client(600, 608, THREADS), past], 700, planned=None)
    assert shown(decisions) == []
    assert held(decisions) == [(Occasion.FORK, Hold.PASSED)]


@pytest.mark.parametrize(
    ("planned", "minutes"),
    [(60, [30, 50]), (45, [22.5, 35]), (30, [15, 20]), (20, [10]), (14, [7]), (9, [])],
)
def test_the_agreed_length_has_two_doorways(planned: int, minutes: list[float]) -> None:
    decisions = decide([], planned * 60, planned=planned)
    assert [one.cue.opened / MINUTE for one in decisions] == minutes
    assert {one.cue.kind for one in decisions} <= {ON_TRACK}


def test_pauses_move_the_doorways_of_the_agreed_length() -> None:
    pause: list[Event] = [
        SessionPaused(Millis(600_000)),
        SessionResumed(Millis(900_000)),
    ]
    decisions = decide([], 3000, also=pause)
    assert [one.cue.opened for one in decisions] == [35 * MINUTE]


def test_who_has_just_asked_whether_it_is_on_track_is_not_reminded() -> None:
    asked = coach(HALF - 200, HALF - 196, "Are we nearer?", ON_TRACK)
    assert decide([asked, coach(HALF + 1, HALF + 3)], HALF + 95) == []
    earlier = replace(asked, start=HALF - 300, end=HALF - 296)
    assert shown(decide([earlier, coach(HALF + 1, HALF + 3)], HALF + 95)) != []


# -- one microphone ----------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
def test_with_one_microphone_only_a_known_voice_is_the_coachs(*, known: bool) -> None:
    one = replace(coach(HALF + 1, HALF + 3), known=known)
    decisions = decide([one], HALF + 95, layout=Layout.MONO)
    assert bool(shown(decisions)) is known
    if not known:
        assert held(decisions) == [(Occasion.HALF_TIME, Hold.THINKING)]


def test_with_one_microphone_a_sob_is_the_clients() -> None:
    talk = [coach(HALF - 9, HALF - 7), Said(Speaker.CLIENT, HALF - 6, HALF - 2, "")]
    decisions = decide(talk, HALF + 95, layout=Layout.MONO)
    assert held(decisions) == [(Occasion.HALF_TIME, Hold.THINKING)]


# -- going on ----------------------------------------------------------------------


def test_a_prompter_that_takes_over_knows_what_was_decided() -> None:
    talk = [*CALM, coach(HALF + 10, HALF + 14)]
    first = decide(talk, HALF + 100)
    events: list[Event] = [started()]
    events += [e for _, e in told(talk) if not isinstance(e, VoicesHeard)]
    again = Prompter([*events, *first])
    later = [coach(HALF + 150, HALF + 152)]
    assert decide(later, HALF + 200, prompter=again) == []


def test_a_prompter_that_takes_over_knows_what_was_held() -> None:
    dropped = decide([], HALF + 95)
    assert held(dropped) != []
    assert decide([], HALF + 200, prompter=Prompter([started(), *dropped])) == []


def test_a_cue_that_still_waited_goes_on_waiting_from_when_it_opened() -> None:
    fork = client(600, 608, THREADS)
    events = [e for _, e in told([fork]) if not isinstance(e, VoicesHeard)]
    again = Prompter([started(None), *events])
    (dropped,) = decide([], 720, planned=None, prompter=again)
    assert isinstance(dropped, CueHeld)
    assert dropped.at - dropped.cue.opened == 90 * SECOND


def test_what_went_off_the_record_opens_no_doorway_but_a_shown_cue_counts() -> None:
    prompter = Prompter([started(None)])
    talk = [client(600, 608, THREADS), coach(609, 611)]
    (cue,) = decide(talk, 620, planned=None, prompter=prompter)
    assert isinstance(cue, CueShown)
    prompter.start_over([started(None)])
    more = [client(640, 650, THREADS), coach(651, 653)]
    (held_back,) = decide(more, 760, planned=None, prompter=prompter)
    assert isinstance(held_back, CueHeld)
    assert Hold.TOO_SOON in held_back.because


def test_at_the_end_nothing_waits_unsaid() -> None:
    prompter = Prompter([started(None)])
    decide([client(600, 640, THREADS)], 641, planned=None, prompter=prompter)
    (left,) = prompter.finish(Millis(645_000))
    assert left.because[0] is Hold.ENDED
    assert left.cue == Cue(
        DIRECTION, Occasion.FORK, Span(Millis(600_000), Millis(640_000))
    )


@pytest.mark.parametrize(("language", "shows"), [("de", False), ("en", True)])
def test_there_are_cues_in_english_sessions_only(language: str, *, shows: bool) -> None:
    decided = LanguageDecided(Millis(8_000), language)
    talk = [*CALM, coach(HALF + 10, HALF + 14)]
    decisions = decide(talk, HALF + 100, also=[decided])
    assert bool(shown(decisions)) is shows
    if not shows:
        assert held(decisions) == [(Occasion.HALF_TIME, Hold.LANGUAGE)]
