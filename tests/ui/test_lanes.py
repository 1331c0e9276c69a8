"""The timeline's lanes: what folds away with less height, and what lies under what."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from sidelight.domain.moments import PROCESS_KINDS, Mark, Moment, MomentId
from sidelight.domain.story import Story, tell
from sidelight.domain.timeline import Millis, Span
from sidelight.ui.itemmodels.moments import MomentsModel
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.review.key import COUNTS_NOT, key_of
from sidelight.ui.review.lanes import OTHER, Lanes, heights
from sidelight.ui.review.selection import Selection
from sidelight.ui.review.timeline import TimelineView
from sidelight.ui.specimen import interrupted_events, specimen_events
from sidelight.ui.theme.theme import Theme

STORY = tell(specimen_events())


def view_of(
    theme: Theme, qtbot: QtBot, story: Story, height: int | None = None
) -> TimelineView:
    transcript, moments = TranscriptModel(), MomentsModel()
    transcript.show(story.utterances, story.moments)
    moments.show(story.moments, story.withdrawn, story.hollow)
    view = TimelineView(theme, story, Selection(transcript, moments))
    qtbot.addWidget(view)
    sized(view, view.maximumHeight() if height is None else height)
    return view


def sized(view: TimelineView, height: int) -> None:
    view.resize(900, height)
    drawn(view)  # only now it hears of its size


def drawn(view: TimelineView) -> QImage:
    return view.grab().toImage()


def count(image: QImage, color: str, box: QRect) -> int:
    wanted = QColor(color).rgb()
    box = box.intersected(image.rect())
    return sum(
        image.pixel(x, y) == wanted
        for x in range(box.left(), box.right() + 1)
        for y in range(box.top(), box.bottom() + 1)
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_with_less_height_lanes_fold_and_what_keeps_time_stays(scale: float) -> None:
    low, high = heights(STORY, scale)
    assert low <= 190 * scale, "a low window has no more to give"
    roomy, full = Lanes.of(STORY, scale, high), Lanes.of(STORY, scale)
    assert roomy.key is not None
    assert roomy.height == pytest.approx(high)
    assert full.key is None
    assert full.phases is not None
    assert OTHER in full.moments
    for height in (low, (low + full.height) / 2, full.height - 1):
        folded = Lanes.of(STORY, scale, height)
        assert folded.height == pytest.approx(height), "what is over is the curve's"
        assert tuple(folded.moments) == PROCESS_KINDS
        assert folded.speech.keys() == full.speech.keys()
        assert folded.phases is None
        assert folded.of_kind("leading") is None


def test_a_layout_folds_it_by_giving_it_less_room(theme: Theme, qtbot: QtBot) -> None:
    view = view_of(theme, qtbot, STORY)
    noticed = next(one for one in STORY.moments if one.kind not in PROCESS_KINDS)
    at = QPointF(view.gutter + view.viewport.x(noticed.at), 0)
    lane = Lanes.of(STORY, 1.0, view.height()).of_kind(noticed.kind)
    assert lane is not None
    at.setY(lane.middle)
    assert view.moment_at(at) == noticed
    sized(view, view.minimumHeight())
    assert view.moment_at(at) != noticed
    view._selection.choose_moment(noticed.id)
    drawn(view)
    sized(view, view.maximumHeight())
    assert view.moment_at(at) == noticed


def test_the_line_of_the_sound_does_not_cut_the_times(
    theme: Theme, qtbot: QtBot
) -> None:
    view = view_of(theme, qtbot, STORY)
    view.show_playhead(Millis(0), follow=False)
    axis = Lanes.of(STORY, 1.0, view.height()).axis
    below = QRect(view.gutter - 2, round(axis.top) + 1, 5, round(axis.height))
    assert count(drawn(view), theme.palette.accent, below) == 0


@pytest.mark.parametrize("away", range(-40_000, 40_001, 10_000))
def test_the_longest_stretch_is_never_told_under_a_bookmark(
    theme: Theme, qtbot: QtBot, away: int
) -> None:
    longest = max(
        (after.span.end - before.span.end, after.span.end)
        for before, after in zip(
            STORY.clocks.moments, STORY.clocks.moments[1:], strict=False
        )
    )
    flagged = replace(STORY, marks=(Mark(Millis(longest[1] + away), ""),))
    view = view_of(theme, qtbot, flagged)
    bare = view_of(theme, qtbot, replace(STORY, marks=()))
    flag = round(view.gutter + view.viewport.x(longest[1] + away))
    words = QRect(0, 2, view.width(), 17)
    ink = theme.palette.ink_soft
    # As many letters as without a bookmark: none of them lies below it.
    assert count(drawn(view), ink, words) == count(drawn(bare), ink, words)
    assert count(drawn(view), theme.palette.accent, QRect(flag - 4, 3, 8, 8)) > 30


def test_a_removed_mark_that_is_selected_is_seen_above_one_that_counts(
    theme: Theme, qtbot: QtBot
) -> None:
    kept = next(one for one in STORY.moments if one.kind not in PROCESS_KINDS)
    gone: Moment = replace(kept, id=MomentId(1, 900))
    cause = STORY.withdrawn[0][1]
    both = replace(STORY, withdrawn=(*STORY.withdrawn, (gone, cause)))
    view = view_of(theme, qtbot, both)
    lane = Lanes.of(both, 1.0, view.height()).of_kind(kept.kind)
    assert lane is not None
    x = round(view.gutter + view.viewport.x(kept.at))
    middle = QRect(x - 1, round(lane.middle) - 1, 3, 3)
    assert count(drawn(view), theme.palette.other, middle) == 9
    view._selection.choose_moment(gone.id)
    assert count(drawn(view), theme.palette.other, middle) == 0


def test_a_mark_to_settle_has_the_ring_too(theme: Theme, qtbot: QtBot) -> None:
    story = tell(interrupted_events())
    view = view_of(theme, qtbot, story)
    bare = drawn(view)
    view._selection.choose_moment(story.hollow[0].id)
    lane = Lanes.of(story, 1.0, view.height()).of_kind(story.hollow[0].kind)
    assert lane is not None
    x = round(view.gutter + view.viewport.x(story.hollow[0].at))
    around = QRect(x - 16, round(lane.middle) - 16, 33, 33)
    accent = theme.palette.accent
    assert count(drawn(view), accent, around) > count(bare, accent, around) + 20


def test_what_was_found_is_a_tick(theme: Theme, qtbot: QtBot) -> None:
    view = view_of(theme, qtbot, STORY)
    view.show_hits([Span(Millis(200_000), Millis(200_002))])
    axis = Lanes.of(STORY, 1.0, view.height()).axis
    x = round(view.gutter + view.viewport.x(200_001))
    rows = [
        count(drawn(view), theme.palette.accent, QRect(x - 6, y, 13, 1))
        for y in range(round(axis.top) - 3, round(axis.top) + 4)
    ]
    assert set(rows) == {2}


def test_the_key_explains_what_the_lanes_names_do_not(
    theme: Theme, qtbot: QtBot
) -> None:
    words = [sign.words for sign in key_of(STORY, both=True)]
    assert words[0].startswith("where next, ")
    assert COUNTS_NOT in words
    assert key_of(Story(), both=False) == ()
    view = view_of(theme, qtbot, STORY)
    lanes = Lanes.of(STORY, 1.0, view.height())
    told = {view.told_at(QPointF(30, lane.middle)) for lane in lanes.moments.values()}
    assert all(told)
    assert len(told) == len(lanes.moments)
    assert view.told_at(QPointF(30, lanes.curve.middle)).startswith("It rises")
