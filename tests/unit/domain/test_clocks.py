"""How long since: runs through gaps, stops in pauses, goes back when taken back."""

from __future__ import annotations

from tests.fakes.story import StoryBuilder, span

from sidelight.domain.clocks import Clocks
from sidelight.domain.events import (
    Event,
    GapFound,
    MomentNoticed,
    MomentWithdrawn,
    SessionPaused,
    SessionResumed,
    WithdrawalCause,
)
from sidelight.domain.moments import DIRECTION, SUPPORT, Form
from sidelight.domain.timeline import Gap, GapCause, Millis


def folded(*events: Event) -> Clocks:
    clocks = Clocks()
    for event in events:
        clocks = clocks.after(event)
    return clocks


def noticed(kind: str = DIRECTION) -> MomentNoticed:
    builder = StoryBuilder()
    builder.moment(builder.coach("Where now?"), kind, Form.OPEN, 1)
    event = builder.events[-1]
    assert isinstance(event, MomentNoticed)
    return event


def test_before_anything_happened_the_answer_is_not_yet() -> None:
    assert folded().since(Millis(60_000)) is None


def test_it_counts_from_the_end_of_the_words() -> None:
    event = noticed()
    assert folded(event).since(Millis(event.moment.span.end + 5000)) == 5000


def test_each_kind_has_its_own_clock() -> None:
    clocks = folded(noticed(SUPPORT))
    assert clocks.since(Millis(9000), SUPPORT) is not None
    assert clocks.since(Millis(9000), DIRECTION) is None


def test_other_kinds_reset_nothing() -> None:
    assert folded(noticed("reflection")).since(Millis(9000)) is None


def test_a_withdrawn_moment_gives_the_clock_back() -> None:
    event = noticed()
    gone = MomentWithdrawn(event.at, event.moment.id, WithdrawalCause.TOOK_BACK)
    assert folded(event, gone).since(Millis(9000)) is None


def test_it_runs_through_gaps_and_stops_in_pauses() -> None:
    event = noticed()
    end = event.moment.span.end
    gap = GapFound(Millis(end + 1000), Gap(span(end, end + 1000), GapCause.DEVICE_LOST))
    pause = (SessionPaused(Millis(end + 2000)), SessionResumed(Millis(end + 5000)))
    assert folded(event, gap, *pause).since(Millis(end + 9000)) == 6000


def test_it_stands_still_while_the_pause_goes_on() -> None:
    event = noticed()
    end = event.moment.span.end
    clocks = folded(event, SessionPaused(Millis(end + 2000)))
    assert clocks.since(Millis(end + 60_000)) == 2000
