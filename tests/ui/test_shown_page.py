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
from sidelight.ui.review.showing.lens import LensView
from sidelight.ui.review.since import Since
from sidelight.ui.specimen import specimen_events
from sidelight.ui.widgets.place_link import PlaceLink
from sidelight.ui.widgets.play_button import PlayButton

if TYPE_CHECKING:
    from sidelight.ui.review.window import ReviewWindow
    from sidelight.ui.theme.theme import Theme


@pytest.fixture
def review(theme: Theme, qtbot: QtBot) -> ReviewWindow:
    window = review_of(theme, specimen_events())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not window.shown._turn.isActive())
    return window


def texts(part: QWidget) -> list[str]:
    return [one.text() for one in part.findChildren(QLabel) if one.text()]


def test_three_moments_stand_first_and_each_can_be_heard(
    review: ReviewWindow, qtbot: QtBot
) -> None:
    headings = [text.split(" · ")[0] for text in texts(review.shown)]
    first = [one for one in headings if one.startswith("One ")]
    assert headings[0] == "One to keep"
    assert first == ["One to keep", "One fork", "One to practise"]
    play = review.shown.findChildren(PlayButton)[0]
    with qtbot.waitSignal(review.play) as heard:
        QTest.keyClick(play, Qt.Key.Key_Return)
    story = look_back(tell(specimen_events()))
    assert heard.args == [what_it_shows(story).three[0][0].span]


def test_a_place_selects_its_words_and_its_moment(review: ReviewWindow) -> None:
    first = review.shown.findChildren(PlaceLink)[0]
    QTest.keyClick(first, Qt.Key.Key_Return)
    story = look_back(tell(specimen_events()))
    chosen = what_it_shows(story).three[0][1]
    assert review.selection.moment == chosen.moment
    assert review.selection.utterance in chosen.utterance_ids


def test_a_mark_of_the_curve_opens_its_moment(review: ReviewWindow) -> None:
    since = review.shown.findChildren(Since)[0]
    moment = since._moments[-1]
    at = since._mark(moment).toPoint() - QPoint(0, 3)
    QTest.mouseClick(since, Qt.MouseButton.LeftButton, pos=at)
    assert review.selection.moment == moment.id


def test_the_lens_changes_the_ear_and_says_that_it_is_none(
    review: ReviewWindow,
) -> None:
    lens = review.shown.findChildren(LensView)[0]
    before = texts(lens)
    QTest.keyClick(lens.tabs, Qt.Key.Key_Right)
    assert texts(lens) != before
    assert "says nothing about a level" in " ".join(texts(lens))


def test_nothing_of_another_story_stays(review: ReviewWindow, qtbot: QtBot) -> None:
    review.show_story(Story())
    assert not any("Nadia" in text or "“" in text for text in texts(review.shown))
    qtbot.waitUntil(lambda: not review.shown._turn.isActive())
    assert texts(review.shown) == ["Nothing stood out that could be shown first."]
