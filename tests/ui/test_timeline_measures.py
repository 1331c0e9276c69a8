"""What the timeline computes: zoom, ticks, the curve of "how long since", silences."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidelight.domain.clocks import Clocks
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis, Span
from sidelight.ui.review.measures import (
    SILENCE_MS,
    silences,
    since_curve,
    tick_step,
    ticks,
)
from sidelight.ui.review.viewport import FINEST, Viewport
from sidelight.ui.specimen import specimen_events

LENGTHS = st.integers(1, 3 * 3_600_000)
WIDTHS = st.integers(1, 4000)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(0.1, 20), st.floats(0, 4000)),
        st.tuples(st.just("pan"), st.floats(-9000, 9000), st.just(0.0)),
        st.tuples(st.just("resize"), st.floats(1, 4000), st.just(0.0)),
    ),
    max_size=12,
)


@given(LENGTHS, WIDTHS, STEPS)
def test_a_viewport_never_leaves_the_session(
    length: int, width: int, steps: list[tuple[str, float, float]]
) -> None:
    view = Viewport.fitting(length, width)
    for verb, amount, x in steps:
        if verb == "zoom":
            view = view.zoomed(amount, x)
        elif verb == "pan":
            view = view.panned(amount)
        else:
            view = view.resized(int(amount))
        slack = view.scale + 1e-6
        assert view.start >= 0
        assert view.end <= length + slack or view.scale >= view.fitted - 1e-9


@given(WIDTHS, st.floats(1.0, 50.0), st.floats(0.1, 0.9))
def test_zooming_keeps_what_is_under_the_pointer(
    width: int, factor: float, share: float
) -> None:
    view = Viewport.fitting(3_600_000, width)
    x = share * width
    before = view.start + x * view.scale
    closer = view.zoomed(factor, x)
    assert closer.start + x * closer.scale == pytest.approx(before, abs=1.0)


def test_zoom_ends_at_single_words_and_at_the_whole_session() -> None:
    view = Viewport.fitting(3_600_000, 1000)
    assert view.zoomed(1e9, 500).scale == FINEST
    assert view.zoomed(1e9, 500).zoomed(1e-9, 500) == view


def test_what_is_selected_comes_into_view_and_nothing_moves_if_it_is() -> None:
    view = Viewport.fitting(600_000, 1000).zoomed(20, 0)
    assert view.showing(5_000, 9_000) == view
    moved = view.showing(400_000, 404_000)
    assert moved.start < 400_000
    assert moved.end > 404_000


@given(LENGTHS, st.floats(1, 500), st.floats(0, 4000))
def test_ticks_are_far_enough_apart_to_be_read(
    length: int, factor: float, x: float
) -> None:
    view = Viewport.fitting(length, 1000).zoomed(factor, x)
    step = tick_step(view)
    places = [view.x(at) for at in ticks(view, step)]
    assert all(b - a >= 71.9 or step == 3_600_000 for a, b in pairwise(places))
    assert all(-1e-6 <= place <= view.width + 1 for place in places)


def test_the_curve_falls_to_zero_at_each_moment_and_nowhere_else() -> None:
    story = tell(specimen_events())
    curve = since_curve(story.clocks, story.position)
    falls = [
        after.at for before, after in pairwise(curve) if after.since < before.since
    ]
    assert falls == sorted(moment.span.end for moment in story.clocks.moments)
    for point in curve:
        before = [m for m in story.clocks.moments if m.span.end < point.at]
        until = Clocks(tuple(before), story.clocks.pauses)
        assert point.since in (0, until.since(point.at) or point.at)


def test_the_curve_stands_still_in_a_pause() -> None:
    clocks = Clocks(pauses=(Span(Millis(10_000), Millis(30_000)),))
    points = since_curve(clocks, Millis(40_000))
    assert [(p.at, p.since) for p in points] == [
        (0, 0),
        (10_000, 10_000),
        (30_000, 10_000),
        (40_000, 20_000),
    ]


def test_silences_are_shared_long_and_no_pause_or_gap() -> None:
    story = tell(specimen_events())
    found = silences(story, story.position)
    taken = [*(gap.span for gap in story.gaps), *story.clocks.pauses]
    assert found
    for span in found:
        assert span.length >= SILENCE_MS
        assert not any(span.overlaps(said.span) for said in story.utterances)
        assert not any(span.overlaps(other) for other in taken)
