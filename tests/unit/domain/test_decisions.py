"""What the coach decides about a moment, in the story, the clocks and the versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.fakes.talk_events import noticed, said, span, talk

from sidelight.domain.decisions import BY_THE_COACH
from sidelight.domain.events import (
    DecisionRestored,
    DecisionTakenBack,
    Event,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentRemoved,
    OffRecord,
    OffRecordCause,
    SessionEnded,
    SessionStarted,
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
    WithdrawalCause,
)
from sidelight.domain.known import Known
from sidelight.domain.moments import ADDED, Form, Moment, MomentId, Origin
from sidelight.domain.off_record import erased, without_words
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Speaker, UtteranceId
from sidelight.domain.versions import as_chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

END = Millis(60_000)
FIRST, SECOND = MomentId(1, 1), MomentId(1, 2)


def stored(events: Sequence[Event]) -> list[StoredEvent]:
    return [StoredEvent(n, END, 0, e) for n, e in enumerate(events, start=1)]


def told(*more: Event) -> Story:
    return tell(as_chosen(stored([*session(), *more])))


def session() -> list[Event]:
    return [
        SessionStarted(Millis(0), talk()),
        said(1, span(10, 12), "how shall I listen", Speaker.COACH),
        noticed(1, span(10, 12), "how shall I listen", (1,)),
        said(2, span(20, 22), "are you warm enough", Speaker.COACH),
        noticed(2, span(20, 22), "are you warm enough", (2,), kind="care"),
        SessionEnded(END),
    ]


def own(number: int = 1, kind: str = "direction") -> Moment:
    moment = noticed(1, span(20, 22), "are you warm enough", (2,), kind=kind).moment
    return replace(moment, id=MomentId(ADDED, number), origin=Origin.COACH)


def kinds(story: Story) -> list[str]:
    return [moment.kind for moment in story.moments]


def test_a_confirmed_moment_stays_what_it_is() -> None:
    story = told(MomentConfirmed(END, 1, FIRST))
    assert story.moments == told().moments
    assert story.confirmed == {FIRST}


def test_a_correction_is_a_new_event_and_the_clocks_follow_it() -> None:
    correct = MomentCorrected(END, 1, SECOND, "direction", Form.NARROW, 2)
    story = told(correct)
    assert kinds(story) == ["support", "direction"]
    moment = story.moments[1]
    assert (moment.id, moment.form, moment.episode) == (SECOND, Form.NARROW, 2)
    assert (moment.origin, moment.reason) == (Origin.COACH, BY_THE_COACH)
    assert [m.kind for m in story.clocks.moments] == ["support", "direction"]
    assert [m.kind for m in told().clocks.moments] == ["support"]
    assert told(correct, DecisionTakenBack(END, 1)).clocks == told().clocks


def test_a_removed_moment_no_longer_counts_and_says_why() -> None:
    story = told(MomentRemoved(END, 1, FIRST))
    assert kinds(story) == ["care"]
    assert story.clocks.moments == ()
    assert [(m.id, why) for m, why in story.withdrawn] == [
        (FIRST, WithdrawalCause.REMOVED)
    ]


def test_a_hollow_mark_that_is_confirmed_counts() -> None:
    mark = noticed(3, span(30, 32), "which way", (), kind="direction")
    mark = replace(mark, moment=replace(mark.moment, hollow=True, episode=None))
    assert told(mark).hollow == (mark.moment,)
    story = told(mark, MomentConfirmed(END, 1, MomentId(1, 3), 4))
    assert story.hollow == ()
    assert [m.episode for m in story.clocks.moments] == [1, 4]


def test_an_added_moment_stands_with_the_others() -> None:
    story = told(MomentAdded(END, 1, own()))
    assert kinds(story) == ["support", "care", "direction"]
    gone = told(MomentAdded(END, 1, own()), MomentRemoved(END, 2, own().id))
    assert kinds(gone) == ["support", "care"]


def test_decisions_are_undone_newest_first_and_redone_until_something_is_new() -> None:
    events: list[Event] = [
        MomentConfirmed(END, 1, FIRST),
        MomentRemoved(END, 2, SECOND),
    ]
    assert told(*events).decided.to_undo == events[1]
    events.append(DecisionTakenBack(END, 2))
    decided = told(*events).decided
    assert (decided.to_undo, decided.to_redo) == (events[0], events[1])
    assert told(*events, DecisionRestored(END, 2)).decided.to_redo is None
    events.append(MomentRemoved(END, 3, FIRST))
    assert told(*events).decided.to_redo is None, "another way was taken"


def test_a_decision_about_what_is_not_there_does_nothing() -> None:
    assert told(MomentRemoved(END, 1, MomentId(1, 99))).moments == told().moments


def test_numbers_of_episodes_are_not_given_twice() -> None:
    events = [*session(), MomentAdded(END, 1, replace(own(), episode=9))]
    assert Known.of(stored(events)).last_episode == 9


def test_without_words_an_added_moment_has_no_quote() -> None:
    bare = without_words(MomentAdded(END, 1, own()))
    assert isinstance(bare, MomentAdded)
    assert bare.moment.quote == ""
    confirmed = MomentConfirmed(END, 1, FIRST)
    assert without_words(confirmed) == confirmed


def test_erased_moments_take_their_decisions_along() -> None:
    events = [
        *session(),
        MomentConfirmed(END, 1, FIRST),
        MomentAdded(END, 2, own()),
        DecisionTakenBack(END, 2),
        MomentRemoved(END, 3, own().id),
    ]
    places = erased(events, span(19, 23))
    assert [type(events[place]).__name__ for place in places] == [
        "UtteranceHeard",
        "MomentNoticed",
        "MomentAdded",
        "DecisionTakenBack",
        "MomentRemoved",
    ]
    off = OffRecord(END, span(20, 22), OffRecordCause.ASKED)
    live = tell(stored([*events, off]))
    read = tell(stored([e for n, e in enumerate(events) if n not in places]))
    assert live.moments == read.moments
    assert live.decided == read.decided
    assert live.withdrawn == read.withdrawn


# Another version of the transcript.


def refined(*more: Event, late_s: float = 0.3) -> list[Event]:
    where = span(10 + late_s, 12 + late_s)
    return [
        said(1, where, "how should I listen", Speaker.COACH, version=2),
        noticed(1, where, "how should I listen", (1,), version=2),
        said(2, span(20, 22), "are you warm enough now", Speaker.COACH, version=2),
        *more,
        TranscriptRefined(END, 2, "large"),
        TranscriptChosen(END, 2),
    ]


def test_decisions_follow_to_the_new_version_and_back() -> None:
    decide = MomentCorrected(END, 1, FIRST, "on_track", None, 1)
    story = told(decide, *refined())
    assert [(str(m.id), m.kind) for m in story.moments] == [("m2:1", "on_track")]
    assert story.to_check == ()
    there = [decide, *refined(), MomentRemoved(END, 2, MomentId(2, 1))]
    assert told(*there).moments == ()
    back = told(*there, TranscriptChosen(END, 1))
    assert kinds(back) == ["care"], "what was decided there holds here too"
    assert kinds(told(*there, DecisionTakenBack(END, 2))) == ["on_track"]


def test_a_version_that_calls_it_as_the_coach_does_has_it_once() -> None:
    decide = MomentCorrected(END, 1, SECOND, "direction", Form.OPEN, 2)
    again = noticed(
        5, span(20, 22), "are you warm enough now", (2,), kind="direction", version=2
    )
    story = told(decide, *refined(again))
    assert [(m.kind, m.form) for m in story.moments if m.id.number == 5] == [
        ("direction", Form.OPEN)
    ]
    both = noticed(6, span(20, 22), "are you", (2,), kind="care", version=2)
    story = told(decide, *refined(both, again))
    assert sorted(kinds(story)) == ["direction", "support"]
    assert story.to_check == ()


def test_a_decision_that_finds_nothing_is_to_be_checked() -> None:
    for decide in (
        MomentConfirmed(END, 1, SECOND),
        MomentRemoved(END, 1, SECOND),
        MomentCorrected(END, 1, SECOND, "closing", None, None),
    ):
        story = told(decide, *refined())
        assert [m.id for m in story.to_check] == [SECOND], decide
        assert told(decide, *refined(), DecisionTakenBack(END, 1)).to_check == ()
        assert told(decide, *refined(), TranscriptChosen(END, 1)).to_check == ()
        undone = told(decide, *refined(), DecisionTakenBack(END, 1))
        assert undone.decided.to_redo == decide, "it can be restored here, too"
        back, forth = DecisionTakenBack(END, 1), DecisionRestored(END, 1)
        again = told(decide, *refined(), back, forth)
        assert [m.id for m in again.to_check] == [SECOND]


def test_an_added_moment_rests_on_the_new_words() -> None:
    story = told(MomentAdded(END, 1, own()), *refined())
    (added,) = [m for m in story.moments if m.id.transcript == ADDED]
    assert added.utterance_ids == (UtteranceId(2, 2),)
    assert story.to_check == ()
    found = noticed(7, span(20, 22), "are you", (2,), kind="direction", version=2)
    once = told(MomentAdded(END, 1, own()), *refined(found))
    assert [m.id.transcript for m in once.moments if m.kind == "direction"] == [ADDED]
