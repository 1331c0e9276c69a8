"""One version of the transcript is told, whole; the coach's decisions follow to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.story import StoryBuilder, span

from sidelight.domain.events import (
    Event,
    MarkPlaced,
    MomentNoticed,
    MomentWithdrawn,
    RequestHeard,
    SessionEnded,
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import BY_KEY, Mark, Moment, MomentId, Origin
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Speaker, Utterance, UtteranceId, Word
from sidelight.domain.versions import as_chosen, chosen, follow_ups, half_overlaps

END = Millis(60_000)
UNDONE = WithdrawalCause.UNDONE


def stored(events: list[Event]) -> list[StoredEvent]:
    return [StoredEvent(n, e.at, 0, e) for n, e in enumerate(events, start=1)]


def heard(number: int, over: Span, text: str, version: int = 2) -> UtteranceHeard:
    word = Word(text, over, 0.9)
    return UtteranceHeard(
        over.end,
        Utterance(UtteranceId(version, number), Speaker.COACH, over, (word,), text),
    )


def noticed(
    number: int, over: Span, kind: str = "direction", version: int = 2
) -> MomentNoticed:
    return MomentNoticed(
        over.end,
        Moment(
            MomentId(version, number),
            kind,
            None,
            1,
            over,
            version,
            (UtteranceId(version, number),),
            "where",
            0.9,
            "because",
            "test",
        ),
    )


def live() -> list[Event]:
    """A session of two moments, as it was heard."""
    builder = StoryBuilder()
    first = builder.coach("Where shall we begin?")
    builder.moment(first, "direction", episode=1)
    builder.request(builder.client("I want one sentence for Sunday."))
    second = builder.coach("Are we nearer now?")
    builder.moment(second, "on_track", episode=2)
    builder.events.append(MarkPlaced(Millis(4000), Mark(Millis(4000), "look")))
    return [*builder.events, SessionEnded(END)]


def moment_of(events: list[Event], number: int) -> Moment:
    (found,) = (
        e.moment
        for e in events
        if isinstance(e, MomentNoticed) and e.moment.id == MomentId(1, number)
    )
    return found


def refined(first: Span, *more: Event) -> list[Event]:
    return [
        heard(1, first, "Where shall we begin today?"),
        noticed(1, first),
        *more,
        TranscriptRefined(END, 2, "large"),
    ]


def choose(version: int = 2) -> TranscriptChosen:
    return TranscriptChosen(END, version)


def told(events: list[Event]) -> Story:
    return tell(as_chosen(stored(events)))


def test_a_version_under_way_is_invisible() -> None:
    before = live()
    under_way = [*before, *refined(span(1000, 2200))]
    assert as_chosen(stored(under_way)) == stored(before)


def test_the_chosen_version_alone_is_told_and_what_belongs_to_no_version() -> None:
    events = [*live(), *refined(span(1000, 2200)), choose()]
    story = told(events)
    assert [str(u.id) for u in story.utterances] == ["2:1"]
    assert [str(m.id) for m in story.moments] == ["m2:1"]
    assert [m.kind for m in story.clocks.moments] == ["direction"]
    assert story.request is None
    assert [mark.note for mark in story.marks] == ["look"]
    assert story.transcript == 2
    assert story.ended
    assert story.to_check == ()


def test_choosing_the_one_before_again_undoes_it() -> None:
    before = live()
    there = [*before, *refined(span(1000, 2200)), choose()]
    back = told([*there, choose(1)])
    assert replace(back, last_seq=0) == replace(told(before), last_seq=0)
    assert chosen(stored([*there, choose(1), choose(2)])) == 2


def test_what_the_coach_undid_is_undone_in_the_new_version() -> None:
    before = live()
    mine = moment_of(before, 1).span
    events = [
        *before,
        MomentWithdrawn(END, MomentId(1, 1), UNDONE),
        *refined(span(mine.start + 200, mine.end + 400)),
    ]
    followed = follow_ups(stored(events), 2, END)
    assert followed == [MomentWithdrawn(END, MomentId(2, 1), UNDONE)]
    events += [choose(), *followed]
    story = told(events)
    assert story.moments == ()
    assert [(str(m.id), cause) for m, cause in story.withdrawn] == [("m2:1", UNDONE)]
    assert story.to_check == ()
    assert follow_ups(stored(events), 2, END) == [], "once is enough"


def test_what_finds_no_counterpart_is_to_be_checked() -> None:
    before = live()
    mine = moment_of(before, 1)
    late = span(mine.span.start + mine.span.length // 2 + 1, mine.span.end + 4000)
    assert not half_overlaps(mine.span, late)
    undone = MomentWithdrawn(END, mine.id, UNDONE)
    events = [*before, undone, *refined(late)]
    assert follow_ups(stored(events), 2, END) == []
    story = told([*events, choose()])
    assert story.to_check == (mine,)
    assert [m.id for m in story.moments] == [MomentId(2, 1)], "it counts, to be checked"
    assert told([*events, choose(), choose(1)]).to_check == ()


def test_another_kind_at_the_same_place_is_no_counterpart() -> None:
    before = live()
    mine = moment_of(before, 2)
    events = [
        *before,
        MomentWithdrawn(END, mine.id, UNDONE),
        *refined(mine.span),  # a direction, where on_track was undone
    ]
    assert follow_ups(stored(events), 2, END) == []
    assert told([*events, choose()]).to_check == (mine,)


def test_a_question_taken_back_is_no_decision_of_the_coach() -> None:
    before = live()
    took_back = MomentWithdrawn(END, MomentId(1, 1), WithdrawalCause.TOOK_BACK)
    events = [*before, took_back, *refined(moment_of(before, 1).span)]
    assert follow_ups(stored(events), 2, END) == []
    story = told([*events, choose()])
    assert [m.id for m in story.moments] == [MomentId(2, 1)]
    assert story.withdrawn == ()


def by_coach(number: int, over: Span, version: int = 1) -> MomentNoticed:
    event = noticed(number, over, version=1)
    own = replace(event.moment, id=MomentId(version, number), origin=Origin.COACH)
    return replace(event, moment=own)


@pytest.mark.parametrize("version", [1, BY_KEY])
def test_the_coachs_own_moment_stays_and_rests_on_the_new_words(version: int) -> None:
    own = by_coach(9, span(1000, 2200), version)
    events = [*live(), own, heard(1, span(1100, 2300), "Where?"), choose()]
    story = told([*events[:-1], TranscriptRefined(END, 2, "large"), choose()])
    (kept,) = story.moments
    assert kept == replace(own.moment, utterance_ids=(UtteranceId(2, 1),))
    assert story.to_check == ()


@pytest.mark.parametrize("version", [1, BY_KEY])
def test_what_coach_and_detector_found_is_one_moment(version: int) -> None:
    own = by_coach(9, span(1000, 2200), version)
    took_back = MomentWithdrawn(END, MomentId(2, 1), WithdrawalCause.TOOK_BACK)
    events = [*live(), own, *refined(span(900, 2300)), took_back, choose()]
    assert [m.id for m in told(events).moments] == [own.moment.id]
    assert took_back not in [one.event for one in as_chosen(stored(events))]


def test_what_the_coach_added_and_undid_is_gone_in_every_version() -> None:
    own = by_coach(1, span(1000, 2200), BY_KEY)
    undone = MomentWithdrawn(END, own.moment.id, UNDONE)
    before = told([*live(), own, undone])
    after = told([*live(), own, undone, *refined(span(1000, 2200)), choose()])
    for story in (before, after):
        assert own.moment.id not in {m.id for m in story.moments}
        assert own.moment.id in {m.id for m, _ in story.withdrawn}


def test_the_coachs_own_moment_whose_words_are_gone_is_to_be_checked() -> None:
    own = by_coach(9, span(30_000, 31_000))
    story = told([*live(), own, *refined(span(1000, 2200)), choose()])
    assert [m.id for m in story.to_check] == [own.moment.id]
    assert own.moment.id in {m.id for m in story.moments}


def test_the_clients_request_is_the_versions_own() -> None:
    over = span(2500, 3500)
    ask = RequestHeard(over.end, over, (UtteranceId(2, 2),), "one sentence")
    more = (heard(2, over, "one sentence"), ask)
    story = told([*live(), *refined(span(1000, 2200), *more), choose()])
    assert story.request == ask
