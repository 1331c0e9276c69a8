"""Every event survives the trip through JSON; what is no event is refused quietly."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelight.domain.errors import WireError
from sidelight.domain.events import Event, MomentNoticed, StoredEvent
from sidelight.domain.moments import SUPPORT, Moment, MomentId
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.wire import Wire

WIRE = Wire()

_MOMENT = Moment(
    id=MomentId(1, 2),
    kind=SUPPORT,
    form=None,
    episode=None,
    span=Span(Millis(1), Millis(4)),
    transcript=1,
    utterance_ids=(),
    quote="",
    confidence=0.4,
    reason="",
    detector_version="rules-1",
    hollow=True,
)

SPANS = st.tuples(st.integers(0, 10**7), st.integers(0, 10**5)).map(
    lambda t: Span(Millis(t[0]), Millis(t[0] + t[1]))
)


def events() -> st.SearchStrategy[Event]:
    st.register_type_strategy(Span, SPANS)
    # Every float of ours is a probability.
    st.register_type_strategy(float, st.floats(0, 1))
    return st.one_of(*(st.from_type(cls) for cls in get_args(Event)))


@given(events())
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert WIRE.load_event(WIRE.dump_event(event)) == event


@given(events())
def test_a_stored_event_comes_back_through_real_json(event: Event) -> None:
    stored = StoredEvent(3, Millis(7), 12, event)
    data = json.loads(json.dumps(WIRE.stored_to_dict(stored)))
    assert WIRE.stored_from_dict(data) == stored


def test_a_moment_stored_before_there_were_hollow_marks_counts() -> None:
    data = WIRE.event_to_dict(MomentNoticed(Millis(5), _MOMENT))
    assert data["moment"].pop("hollow") is True
    event = WIRE.event_from_dict(data)
    assert isinstance(event, MomentNoticed)
    assert event.moment == replace(_MOMENT, hollow=False)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"type":"from_the_future","at":1}', '{"type":"session_ended"}'],
)
def test_what_is_no_event_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(WireError) as caught:
        WIRE.load_event(text)
    assert "future" not in str(caught.value)
