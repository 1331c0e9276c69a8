from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sidelight.domain.events import MarkPlaced, MarkWithdrawn
from sidelight.domain.moments import Mark
from sidelight.domain.off_record import goes, widened
from sidelight.domain.timeline import Millis, Span

spans = st.tuples(st.integers(0, 200), st.integers(0, 30)).map(
    lambda pair: Span(Millis(pair[0]), Millis(pair[0] + pair[1]))
)


@given(spans, st.lists(spans, max_size=12))
def test_widened_span_cuts_no_utterance(asked: Span, utterances: list[Span]) -> None:
    wide = widened(asked, utterances)
    assert wide.start <= asked.start <= asked.end <= wide.end
    for one in utterances:
        if one.overlaps(wide):
            assert wide.start <= one.start <= one.end <= wide.end


@given(spans, st.lists(spans, max_size=12))
def test_widening_does_not_depend_on_the_order_and_stops(
    asked: Span, utterances: list[Span]
) -> None:
    wide = widened(asked, utterances)
    assert widened(asked, reversed(utterances)) == wide
    assert widened(wide, utterances) == wide


@given(spans, st.integers(0, 240))
def test_a_bookmark_that_was_taken_back_goes_with_its_place(
    wide: Span, at: int
) -> None:
    placed = MarkPlaced(Millis(at), Mark(Millis(at), "a note"))
    gone = MarkWithdrawn(Millis(at + 500), Millis(at))
    assert goes(gone, wide) == goes(placed, wide) == wide.contains(at)
