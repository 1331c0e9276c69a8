"""What the session shows, on screen: places open, sounds are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type

from sidelight.domain.story import Story, tell
from sidelight.session.looking_back import look_back
from sidelight.session.showing.whole import what_it_shows
from sidelight.ui.gallery import review_of
from sidelight.ui.review.beside import CLIENT_NOTE, MOMENTS, SHOWN
from sidelight.ui.review.play_button import PlayButton
from sidelight.ui.review.showing.lens import LensView
from sidelight.ui.review.since import Since
from sidelight.ui.specimen import specimen_events
from sidelight.ui.widgets.place_link import PlaceLink
from sidelight.ui.wrapup.wording import no_moments

if TYPE_CHECKING:
    from sidelight.ui.review.showing.page import ShownPage
    from sidelight.ui.review.window import ReviewWindow
    from sidelight.ui.theme.theme import Theme


@pytest.fixture
def review(theme: Theme, qtbot: QtBot) -> ReviewWindow:
    window = review_of(theme, specimen_events())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.pages.settled)
    return window


def page(review: ReviewWindow) -> ShownPage:
    assert review.pages.shown is not None
    return review.pages.shown


def texts(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel) if one.text()]


def test_three_moments_stand_first_and_each_can_be_heard(review: ReviewWindow) -> None:
    headings = [text.split(" · ")[0] for text in texts(page(review))]
    first = [one for one in headings if one.startswith("One ")]
    assert headings[0] == "One to keep"
    assert first == ["One to keep", "One fork", "One stretch to look at"]
    play = page(review).findChildren(PlayButton)[0]
    QTest.keyClick(play, Qt.Key.Key_Return)
    story = look_back(tell(specimen_events()))
    assert review.playback.stretch == what_it_shows(story).three[0][0].span


def test_a_place_selects_its_words_and_its_moment(review: ReviewWindow) -> None:
    first = page(review).findChildren(PlaceLink)[0]
    QTest.keyClick(first, Qt.Key.Key_Return)
    story = look_back(tell(specimen_events()))
    chosen = what_it_shows(story).three[0][1]
    assert review.selection.moment == chosen.moment
    assert review.selection.utterance in chosen.utterance_ids


def test_a_mark_of_the_curve_opens_its_moment(review: ReviewWindow) -> None:
    since = page(review).findChildren(Since)[0]
    moment = since._moments[-1]
    at = since._mark(moment).toPoint() - QPoint(0, 3)
    QTest.mouseClick(since, Qt.MouseButton.LeftButton, pos=at)
    assert review.selection.moment == moment.id
    QTest.keyClick(since, Qt.Key.Key_Left)
    assert review.selection.moment == since._moments[-2].id
    assert len(since.spoken()) == len(since._moments)
    assert review.pages.page == SHOWN, "a place of the page leaves the page open"


def test_a_moment_chosen_in_the_timeline_is_told_of(review: ReviewWindow) -> None:
    review.timeline.setFocus()
    QTest.keyClick(review.timeline, Qt.Key.Key_Right)
    assert review.pages.page == MOMENTS
    review.pages.open_page(CLIENT_NOTE)
    QTest.keyClick(review.timeline, Qt.Key.Key_Right)
    assert review.pages.page == CLIENT_NOTE, "who writes is not led away"


def test_a_page_gets_the_timeline_s_room(review: ReviewWindow) -> None:
    QTest.mouseClick(review.arrangement.more, Qt.MouseButton.LeftButton)
    assert not review.timeline.isVisible()
    assert review.timed.transport.play.isVisible()
    QTest.mouseClick(review.arrangement.more, Qt.MouseButton.LeftButton)
    assert review.timeline.isVisible()


def test_deciding_leaves_the_page_where_it_was(
    review: ReviewWindow, qtbot: QtBot
) -> None:
    shown = page(review)
    before = list(shown.blocks)
    review.show_story(tell(specimen_events()))
    qtbot.waitUntil(lambda: review.pages.settled)
    assert shown.blocks == before


def test_the_lens_changes_the_ear_and_says_that_it_is_none(
    review: ReviewWindow,
) -> None:
    lens = page(review).findChildren(LensView)[0]
    before = texts(lens)
    QTest.keyClick(lens.tabs, Qt.Key.Key_Right)
    assert texts(lens) != before
    assert "says nothing about a level" in " ".join(texts(lens))


def test_nothing_of_another_story_stays(review: ReviewWindow, qtbot: QtBot) -> None:
    review.show_story(Story())
    assert not any("Nadia" in text or "“" in text for text in texts(page(review)))
    qtbot.waitUntil(lambda: review.pages.settled)
    assert texts(page(review)) == [no_moments(Story())]
