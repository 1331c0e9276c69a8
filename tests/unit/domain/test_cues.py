"""Cues in the story: which is on show, which were held, what erasing takes along."""

import pytest
from tests.fakes.prompting import started

from sidelight.domain.cues import SHOWN_MS, Cue, Hold, Occasion, reasons
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    Event,
    OffRecord,
    OffRecordCause,
    SessionEnded,
    SessionPaused,
    StoredEvent,
)
from sidelight.domain.moments import DIRECTION, ON_TRACK
from sidelight.domain.off_record import goes, without_words
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span

FORK = Cue(DIRECTION, Occasion.FORK, Span(Millis(600_000), Millis(608_000)))
HALF = Cue(ON_TRACK, Occasion.HALF_TIME, Span(Millis(1_800_000), Millis(1_800_000)))
SHOWN = CueShown(Millis(611_000), FORK)
HELD = CueHeld(Millis(1_890_000), HALF, (Hold.CLIENT_SPEAKS, Hold.THINKING))


def told(*events: Event) -> Story:
    every = (started(), *events)
    return tell(StoredEvent(n, e.at, 0, e) for n, e in enumerate(every, start=1))


def test_a_cue_stands_for_six_to_eight_seconds() -> None:
    assert 6_000 <= SHOWN_MS <= 8_000


@pytest.mark.parametrize(
    ("after_ms", "stands"),
    [(-1, False), (0, True), (SHOWN_MS - 1, True), (SHOWN_MS, False)],
)
def test_the_cue_on_show(after_ms: int, *, stands: bool) -> None:
    found = told(SHOWN).cue_on_show(Millis(SHOWN.at + after_ms))
    assert found == (FORK if stands else None)


@pytest.mark.parametrize("event", [SessionPaused(SHOWN.at), SessionEnded(SHOWN.at)])
def test_none_is_on_show_in_a_pause_or_after_the_end(event: Event) -> None:
    assert told(SHOWN, event).cue_on_show(SHOWN.at) is None


def test_held_cues_are_told_with_their_reasons() -> None:
    story = told(SHOWN, HELD)
    assert story.held == (HELD,)
    assert reasons(one.because for one in story.held) == [(Hold.CLIENT_SPEAKS, 1)]
    assert all(hold.explained for hold in Hold)


@pytest.mark.parametrize(
    ("event", "start", "end", "gone"),
    [
        (SHOWN, 607_000, 620_000, True),
        (SHOWN, 608_000, 620_000, False),
        (HELD, 1_790_000, 1_810_000, True),
        (HELD, 1_800_001, 1_890_001, False),
    ],
)
def test_what_goes_off_the_record_takes_the_cues_it_opened_along(
    event: Event, start: int, end: int, *, gone: bool
) -> None:
    span = Span(Millis(start), Millis(end))
    assert goes(event, span) is gone
    off = OffRecord(Millis(1_900_000), span, OffRecordCause.ASKED)
    story = told(event, off)
    assert (story.cues == () and story.held == ()) is gone


@pytest.mark.parametrize("event", [SHOWN, HELD])
def test_a_decision_holds_no_words(event: Event) -> None:
    assert without_words(event) == event
