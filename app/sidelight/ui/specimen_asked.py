"""The invented session with what the review has to ask and to explain about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.cues import Cue, Hold, Occasion
from sidelight.domain.events import CueHeld, CueShown, MomentNoticed, StoredEvent
from sidelight.domain.moments import (
    BY_KEY,
    DIRECTION,
    ON_TRACK,
    SUPPORT,
    Moment,
    MomentId,
    Origin,
)
from sidelight.domain.timeline import Millis, Span
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from sidelight.domain.events import Event

_PRESSED: Final = Span(Millis(126_000), Millis(130_000))
_FORK: Final = Span(Millis(58_000), Millis(60_000))
_HALF: Final = Span(Millis(205_000), Millis(205_000))


def asked_events() -> tuple[StoredEvent, ...]:
    """One key without words, a cue that appeared and one that was held back."""
    key = Moment(
        id=MomentId(BY_KEY, 1),
        kind=SUPPORT,
        form=None,
        episode=None,
        span=_PRESSED,
        transcript=1,
        utterance_ids=(),
        quote="",
        confidence=1.0,
        reason="",
        detector_version="specimen",
        origin=Origin.COACH,
    )
    added: list[Event] = [
        CueShown(Millis(62_000), Cue(DIRECTION, Occasion.FORK, _FORK)),
        MomentNoticed(_PRESSED.end, key),
        CueHeld(
            Millis(295_000),
            Cue(ON_TRACK, Occasion.HALF_TIME, _HALF),
            (Hold.CLIENT_SPEAKS, Hold.THINKING),
        ),
    ]
    events = [one.event for one in specimen_events()]
    for event in added:
        place = next(n for n, one in enumerate(events) if one.at > event.at)
        events.insert(place, event)
    return tuple(
        StoredEvent(seq, Millis(event.at + 240), 240, event)
        for seq, event in enumerate(events, start=1)
    )
