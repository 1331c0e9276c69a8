"""How long a session was: without pauses, to its end, in minutes that round half up."""

from __future__ import annotations

import pytest
from tests.fakes.story import span

from sidelight.domain.clocks import Clocks
from sidelight.domain.events import (
    Event,
    GapFound,
    NoteWritten,
    OffRecord,
    OffRecordCause,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    StoredEvent,
)
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Gap, GapCause, Millis
from sidelight.domain.worked import minutes_worked, whole_minutes, worked


def told(*events: Event) -> Story:
    return tell(
        StoredEvent(number, event.at, 0, event)
        for number, event in enumerate(events, start=1)
    )


@pytest.mark.parametrize(
    ("length", "expected"), [(0, 1), (29_999, 1), (90_000, 2), (3_600_000, 60)]
)
def test_minutes_round_half_up_and_never_to_nothing(length: int, expected: int) -> None:
    assert whole_minutes(Millis(length)) == expected


def test_pauses_are_not_worked() -> None:
    clocks = Clocks(pauses=(span(10_000, 25_000), span(40_000, 45_000)))
    assert worked(clocks, Millis(60_000)) == 40_000


def test_a_pause_that_nobody_ended_lasts_to_the_end() -> None:
    clocks = Clocks(paused_at=Millis(50_000), ended_at=Millis(60_000))
    assert worked(clocks, Millis(90_000)) == 50_000


def test_what_comes_after_the_end_is_no_work() -> None:
    late = NoteWritten(Millis(400_000), "Slower.")
    assert minutes_worked(told(SessionEnded(Millis(120_000)), late)) == 2


def test_off_the_record_and_lost_sound_are_worked() -> None:
    lost = Gap(span(100_000, 200_000), GapCause.SLEEP)
    asked = OffRecordCause.ASKED
    story = told(
        SessionPaused(Millis(0)),
        SessionResumed(Millis(60_000)),
        GapFound(Millis(200_000), lost),
        OffRecord(Millis(290_000), span(210_000, 280_000), asked),
        SessionEnded(Millis(300_000)),
    )
    assert minutes_worked(story) == 4
