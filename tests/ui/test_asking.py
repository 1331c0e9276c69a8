"""What the review asks and explains: the wrap-up, keys without words, every cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type
from tests.fakes.story import StoryBuilder, span

from sidelight.domain.cues import Cue, Hold, Occasion
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    MomentNoticed,
    MomentRemoved,
    StoredEvent,
    WrapUpFinished,
)
from sidelight.domain.moments import (
    BY_KEY,
    DIRECTION,
    ON_TRACK,
    SUPPORT,
    Moment,
    MomentId,
    Origin,
)
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.session.wrap_acts import SettleMoment
from sidelight.ui.gallery import review_of
from sidelight.ui.review.asking import cue_lines, cues_told

if TYPE_CHECKING:
    from sidelight.ui.review.window import ReviewWindow
    from sidelight.ui.theme.theme import Theme

KEY = MomentId(BY_KEY, 1)
HALF = Cue(ON_TRACK, Occasion.HALF_TIME, span(1_800_000, 1_800_000))
FORK = Cue(DIRECTION, Occasion.FORK, span(900_000, 905_000))


def events() -> list[StoredEvent]:
    told = StoryBuilder("Ana")
    told.coach("Where shall we begin, and how do you want it?")
    told.client("With Tom, if that is all right.")
    told.events += [
        CueHeld(Millis(1_890_000), HALF, (Hold.CLIENT_SPEAKS, Hold.TOO_SOON)),
        CueShown(Millis(906_000), FORK),
    ]
    pressed = Moment(
        *(KEY, SUPPORT, None, None, span(60_000, 61_000), 1, (), "", 1.0),
        *("you said so", "", Origin.COACH),
    )
    told.events.append(MomentNoticed(Millis(61_000), pressed))
    return told.stored()


@pytest.fixture
def review(theme: Theme, qtbot: QtBot) -> ReviewWindow:
    window = review_of(theme, events())
    qtbot.addWidget(window)
    return window


def test_every_cue_is_explained_on_demand_in_order_of_time(
    review: ReviewWindow,
) -> None:
    asking = review.asking
    assert asking.cues.text() == "Cues shown: 1, held back: 1"
    assert asking.explained.isHidden()
    asking.cues.click()
    assert asking.explained.text().splitlines() == [
        "15:05 · several threads · which? · shown at 15:06",
        "30:00 · half time · on track? · held back: the client was speaking; "
        + Hold.TOO_SOON.explained,
    ]
    asking.cues.click()
    assert asking.explained.isHidden()


def test_where_none_was_due_nothing_is_said_of_cues() -> None:
    story = StoryBuilder().story()
    assert cue_lines(story) == ()
    held = tell([StoredEvent(1, Millis(0), 0, CueHeld(Millis(5), HALF, (Hold.ASKED,)))])
    assert cues_told(held) == "Cues held back: 1"


def test_a_key_without_words_is_asked_about_until_it_is_settled(
    review: ReviewWindow, qtbot: QtBot
) -> None:
    asking = review.asking
    (row,) = asking.rows
    with qtbot.waitSignal(review.acted) as asked:
        row.answers[DIRECTION].click()
    assert asked.args == [SettleMoment(KEY, DIRECTION)]
    after = [*events(), StoredEvent(99, Millis(0), 0, MomentRemoved(Millis(0), 1, KEY))]
    review.show_story(tell(after))
    assert asking.rows == []


def test_the_review_says_what_the_wrap_up_is_missing_and_opens_it(
    review: ReviewWindow, qtbot: QtBot
) -> None:
    asking = review.asking
    assert asking.missing.text() == "Not wrapped up yet: no note of yours."
    with qtbot.waitSignal(review.wrap_up_asked):
        asking.wrap_up.click()
    done = StoredEvent(99, Millis(0), 0, WrapUpFinished(Millis(0)))
    review.show_wrap_up(tell([*events(), done]))
    assert asking.missing.text() == ""
