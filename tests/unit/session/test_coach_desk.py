""" "I did that" and undo: which kind, where, once, and what comes back."""

from __future__ import annotations

import pytest
from tests.fakes.coach_desk import COACH_SAYS, DeskSession

from sidelight.domain.events import MomentWithdrawn, WithdrawalCause
from sidelight.domain.moments import Form, Origin
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Layout, Speaker
from sidelight.session.did import ARMED_MS, OPEN_MS
from sidelight.session.undoing import UNDO_S

COACH, CLIENT, UNKNOWN = Speaker.COACH, Speaker.CLIENT, Speaker.UNKNOWN


def last(session: DeskSession) -> str:
    return session.story.moments[-1].kind


# -- which kind -----------------------------------------------------------------------


def test_what_is_named_is_added() -> None:
    session = DeskSession()
    session.says(COACH)
    session.arms("direction")
    assert session.did("on_track", cue="support") == "Noted: on track"
    (moment,) = session.story.moments
    assert (moment.kind, moment.origin) == ("on_track", Origin.COACH)
    assert (moment.confidence, moment.detector_version) == (1.0, "")
    assert session.story.clocks.last("on_track") == moment


def test_the_cue_on_show_comes_before_what_was_armed() -> None:
    session = DeskSession()
    session.says(COACH)
    session.arms("direction")
    assert session.did(cue="support") == "Noted: support"


@pytest.mark.parametrize(("after_ms", "kind"), [(0, "on_track"), (1, "support")])
def test_what_was_armed_in_the_last_minute_comes_next(after_ms: int, kind: str) -> None:
    session = DeskSession()
    session.says(COACH)
    session.arms("direction")
    session.arms("on_track")
    session.at += ARMED_MS + after_ms
    session.did()
    assert last(session) == kind


def test_else_the_kind_that_waited_longest() -> None:
    session = DeskSession()
    for kind in ("on_track", "support", "direction"):
        session.detects(kind, session.says(COACH))
        session.says(CLIENT)
        session.at += ARMED_MS
    session.says(COACH)
    assert session.did() == "Noted: on track"


def test_what_was_armed_and_has_fired_is_not_meant_a_minute_later() -> None:
    session = DeskSession()
    going = session.begins()
    session.arms("direction")
    session.detects("direction", session.says(COACH, going=going))
    session.says(CLIENT)
    session.says(COACH)
    assert session.did() == "Noted: support"


def test_a_reset_that_came_a_moment_before_the_key_is_what_was_meant() -> None:
    session = DeskSession()
    session.detects("direction", session.says(COACH))
    assert session.did() == "Already noted"
    assert len(session.story.moments) == 1


# -- where ----------------------------------------------------------------------------


def test_it_rests_on_the_coachs_last_words_whoever_spoke_since() -> None:
    session = DeskSession()
    asked = session.says(COACH)
    session.says(CLIENT)
    session.says(COACH, "mhm")
    session.did("support")
    (moment,) = session.story.moments
    assert (moment.span, moment.utterance_ids) == (asked.span, (asked.id,))
    assert moment.quote == COACH_SAYS


def test_words_that_are_not_final_are_a_place_without_utterances() -> None:
    session = DeskSession()
    session.says(COACH)
    session.says(CLIENT)
    going = session.begins()
    session.did("support")
    (moment,) = session.story.moments
    assert moment.span == Span(going.start, Millis(session.at))
    assert (moment.utterance_ids, moment.quote) == ((), "")


def test_noise_that_never_becomes_final_is_forgotten() -> None:
    session = DeskSession()
    asked = session.says(COACH)
    session.begins()
    session.at += OPEN_MS + 1
    session.did("support")
    assert session.story.moments[0].utterance_ids == (asked.id,)


def test_a_late_recogniser_is_not_believed_to_know_the_last_words() -> None:
    session = DeskSession()
    asked = session.says(COACH)
    session.at += 20_000
    session.late_ms = 15_000
    session.did("support")
    (moment,) = session.story.moments
    assert moment.utterance_ids == ()
    assert moment.span.start >= asked.span.end
    assert moment.span.end == session.at


def test_what_was_armed_is_where_it_was_armed() -> None:
    session = DeskSession()
    asked = session.says(COACH)
    session.at = asked.span.end
    session.arms("direction")
    session.says(CLIENT)
    session.says(COACH)
    session.did()
    assert session.story.moments[0].utterance_ids == (asked.id,)


def test_with_one_microphone_an_unknown_speaker_may_be_the_coach() -> None:
    room, call = DeskSession(Layout.MONO), DeskSession()
    for session, expected in ((room, 1), (call, 0)):
        session.says(UNKNOWN)
        session.did("support")
        assert len(session.story.moments[0].utterance_ids) == expected


def test_without_a_word_there_is_still_a_moment() -> None:
    session = DeskSession()
    session.at = 90_000
    session.did()
    (moment,) = session.story.moments
    assert moment.span.end == 90_000
    assert moment.kind == "support"


# -- once -----------------------------------------------------------------------------


def test_the_detectors_own_in_the_same_turn_is_not_stored() -> None:
    session = DeskSession()
    going = session.begins()
    session.arms("direction")
    session.did()
    first = session.says(COACH, going=going)
    gone = session.detects("direction", first)
    session.detects("direction", session.says(COACH), hollow=True)
    session.detects("support", first)
    took_back = MomentWithdrawn(Millis(session.at), gone, WithdrawalCause.TOOK_BACK)
    assert not session.store(took_back)
    assert [m.origin for m in session.counting("direction")] == [Origin.COACH]
    assert not session.story.hollow
    session.says(CLIENT)
    session.detects("direction", session.says(COACH))
    assert len(session.counting("direction")) == 2
    assert len(session.counting("support")) == 1


def test_pressed_twice_it_is_one() -> None:
    session = DeskSession()
    session.begins()
    assert session.did("support") == "Noted: support"
    session.at += 300
    assert session.did("support") == "Already noted"
    assert session.did() == "Already noted"


def test_a_yes_is_an_answer_to_what_the_coach_added() -> None:
    """Then what follows it is another turn, in which the detector may find the same."""
    session = DeskSession()
    session.says(COACH)
    session.did("direction")
    session.says(CLIENT, "yeah")
    session.detects("direction", session.says(COACH))
    assert len(session.counting("direction")) == 2


# -- undo -----------------------------------------------------------------------------


def test_undo_says_which_and_takes_the_newest_first() -> None:
    session = DeskSession()
    session.detects("direction", session.says(COACH))
    session.mark()
    session.did("on_track")
    session.hide(100)
    told = [session.undoes() for _ in range(5)]
    assert told == [
        "On record again",
        "Undone: I did that",
        "Bookmark removed",
        "Undone: where next",
        "Nothing left to undo",
    ]
    assert all(len(words.split()) <= 4 for words in told)
    assert not session.story.moments
    assert not session.story.marks
    assert [cause for _, cause in session.story.withdrawn] == [
        WithdrawalCause.UNDONE
    ] * 2


def test_an_undone_reset_gives_the_clock_back_and_stays_away_in_its_turn() -> None:
    session = DeskSession()
    session.detects("direction", session.says(COACH))
    before = session.story.clocks.last("direction")
    session.says(CLIENT)
    session.detects("direction", session.says(COACH))
    session.undoes()
    assert session.story.clocks.last("direction") == before
    session.detects("direction", session.says(COACH))  # the same turn goes on
    assert session.counting("direction") == [before]
    session.says(CLIENT)
    session.detects("direction", session.says(COACH))
    assert len(session.counting("direction")) == 2


@pytest.mark.parametrize("after_s", [UNDO_S, UNDO_S + 1])
def test_after_two_minutes_nothing_is_left(after_s: float) -> None:
    session = DeskSession()
    session.mark()
    session.now_s += after_s
    left = after_s <= UNDO_S
    assert session.undoes() == ("Bookmark removed" if left else "Nothing left to undo")
    assert bool(session.story.marks) != left


def test_of_two_bookmarks_in_one_place_one_goes() -> None:
    session = DeskSession()
    session.mark()
    session.mark()
    session.undoes()
    assert len(session.story.marks) == 1


def test_what_went_off_the_record_for_good_is_not_what_undo_is_about() -> None:
    session = DeskSession()
    session.mark()
    session.at += 10_000
    session.mark()
    session.hide(5_000)
    session._hidden.clear()  # destroyed: only the first bookmark is there
    session._events.pop()
    session._start_over()
    assert session.undoes() == "Bookmark removed"
    assert session.undoes() == "Nothing left to undo"
    assert not session.story.marks


def test_an_engine_that_takes_over_can_undo_and_knows_what_was_undone() -> None:
    session = DeskSession()
    session.mark()
    session.at += 110_000
    said = session.says(COACH)
    session.detects("direction", said)
    session.restart()
    assert session.undoes() == "Undone: where next"
    session.restart()
    session.detects("direction", said)
    assert not session.story.moments
    assert session.undoes() == "Bookmark removed"


def test_a_hollow_mark_and_other_kinds_are_no_resets() -> None:
    session = DeskSession(Layout.MONO)
    said = session.says(UNKNOWN)
    session.detects("direction", said, hollow=True)
    session.detects("reflection", said)
    assert session.undoes() == "Nothing left to undo"


def test_a_disk_that_refuses_is_told() -> None:
    session = DeskSession()
    session.mark()
    session.desk._store = lambda _: False
    assert session.undoes() == session.did() == "Could not be stored"


def test_the_coachs_own_has_no_form() -> None:
    session = DeskSession()
    session.did("direction")
    forms: list[Form | None] = [one.form for one in session.story.moments]
    assert forms == [None]
