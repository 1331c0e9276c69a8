"""The transcript drawer: closed until asked for, beside the sidebar, and still."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type
from tests.fakes.engine_player import EnginePlayer, recording
from tests.fakes.story import StoryBuilder

from sidelight.domain.moments import SUPPORT
from sidelight.domain.story import Story, tell
from sidelight.domain.transcript import Layout
from sidelight.ui.app import _Session
from sidelight.ui.application import WindowOptions
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.sidebar.drawer import NOT_IN_A_ROOM, Drawer, may_open
from sidelight.ui.sidebar.intents import Intent
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.ui.theme.theme import Theme


@pytest.fixture
def sidebar(theme: Theme, qtbot: QtBot) -> SidebarWindow:
    window = SidebarWindow(theme)
    qtbot.addWidget(window)
    window.place()
    window.show()
    return window


@pytest.fixture
def rows(qapp: QApplication) -> TranscriptModel:
    del qapp
    return TranscriptModel()


@pytest.fixture
def drawer(
    theme: Theme, sidebar: SidebarWindow, rows: TranscriptModel, qtbot: QtBot
) -> Drawer:
    drawer = Drawer(theme, rows, sidebar)
    qtbot.addWidget(drawer)
    return drawer


def talk(count: int) -> StoryBuilder:
    told = StoryBuilder()
    for number in range(count):
        speak = told.client if number % 2 else told.coach
        said = speak(f"This is what was said as number {number}, and a little more.")
        if number == 2:
            told.moment(said, SUPPORT, None, 1)
    return told


def fill(rows: TranscriptModel, count: int) -> None:
    story = talk(count).story()
    rows.show(story.utterances, story.moments)


def wheel(drawer: Drawer, up: int) -> None:
    middle = QPointF(drawer.rect().center())
    event = QWheelEvent(
        middle,
        middle,
        QPoint(),
        QPoint(0, 120 * up),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - it has no name there
    )
    QApplication.sendEvent(drawer, event)


def test_it_is_closed_and_opens_beside_the_panel_which_stays(
    drawer: Drawer, sidebar: SidebarWindow
) -> None:
    assert not drawer.isVisible()
    before = sidebar.geometry()
    drawer.toggle()
    assert drawer.isVisible()
    assert sidebar.geometry() == before
    assert drawer.y() == before.bottom(), "one hairline is between them"
    assert (drawer.width(), drawer.x()) == (sidebar.width(), sidebar.x())
    assert drawer.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert drawer.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    drawer.toggle()
    assert not drawer.isVisible()


def test_it_goes_with_the_sidebar_and_stands_above_where_there_is_no_room_below(
    drawer: Drawer, sidebar: SidebarWindow
) -> None:
    drawer.toggle()
    sidebar.move(20, 40)
    assert drawer.x() == 20
    assert drawer.y() == sidebar.geometry().bottom()
    low = sidebar.screen().availableGeometry().bottom() - sidebar.height()
    sidebar.move(20, low)
    assert drawer.geometry().bottom() == sidebar.y()
    sidebar.do(Intent.HIDE)
    assert not drawer.isVisible(), "all but the dot is hidden"
    sidebar.do(Intent.HIDE)
    assert drawer.isVisible()
    sidebar.hide()
    assert not drawer.isVisible()
    sidebar.show()
    assert drawer.isVisible()
    sidebar.close()
    assert not drawer.isVisible()


def test_it_stands_beside_the_sidebar_where_there_is_no_room_above_and_below(
    drawer: Drawer, sidebar: SidebarWindow
) -> None:
    screen = sidebar.screen().availableGeometry()
    sidebar.setFixedHeight(screen.height() - 80)  # as at the largest text
    drawer.toggle()
    for left in (screen.left(), screen.right() + 1 - sidebar.width()):
        sidebar.move(left, 40)
        assert screen.contains(drawer.geometry())
        shared = drawer.geometry().intersected(sidebar.geometry())
        assert shared.width() == 1, "the hairline"


def test_it_is_only_as_high_as_there_is_room_for_below_the_sidebar(
    drawer: Drawer, sidebar: SidebarWindow
) -> None:
    drawer.toggle()
    usual = drawer.height()
    screen = sidebar.screen().availableGeometry()
    sidebar.setFixedHeight(screen.height() - 200)
    sidebar.move(60, 40)
    assert drawer.height() < usual
    assert drawer.geometry().bottom() == screen.bottom()
    assert drawer.x() == sidebar.x(), "never over the client beside it"


def test_what_stands_on_a_page_stays_where_it_is_until_the_page_is_full(
    drawer: Drawer, rows: TranscriptModel
) -> None:
    drawer.toggle()
    begins = []
    for count in range(1, 16):
        fill(rows, count)
        assert drawer.page().stop == count, "the newest line is always there"
        begins.append(drawer.page().start)
    turned = [at for at in range(1, 15) if begins[at] != begins[at - 1]]
    assert begins[0] == 0
    assert 1 <= len(turned) <= 5, "it is turned for several lines at once"
    for at in turned:
        assert begins[at] == at - 1, (
            "a page begins with the last line of the one before"
        )


def test_the_wheel_goes_back_and_it_stays_there_until_the_coach_returns(
    drawer: Drawer, rows: TranscriptModel
) -> None:
    fill(rows, 12)
    drawer.toggle()
    for _ in range(20):
        wheel(drawer, 1)
    assert drawer.page().start == 0
    fill(rows, 13)
    assert drawer.page().start == 0
    for _ in range(20):
        wheel(drawer, -1)
    assert drawer.page().stop == 13
    fill(rows, 14)
    assert drawer.page().stop == 14


def test_it_draws_the_rows_and_keeps_none_of_their_words(
    drawer: Drawer, rows: TranscriptModel
) -> None:
    drawer.toggle()
    empty = drawer.grab().toImage()
    fill(rows, 3)
    assert drawer.grab().toImage() != empty
    rows.show((), ())
    assert drawer.grab().toImage() == empty
    assert drawer.page() == range(0)


def test_there_is_none_in_a_room_nor_before_the_session_has_begun() -> None:
    assert not may_open(Story())
    story = talk(1).story()
    assert may_open(story)
    assert story.session is not None
    room = replace(story, session=replace(story.session, layout=Layout.MONO))
    assert not may_open(room)


@pytest.fixture
def window(theme: Theme) -> Iterator[_Session]:
    """A window process in the middle of a session."""
    timed = recording(specimen_events()[:30])
    window = _Session(EnginePlayer(timed), theme, WindowOptions())
    window.start()
    yield window
    window.stop()


def test_one_key_opens_and_closes_it_while_a_session_runs(
    window: _Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window._bridge.transcript.rowCount() > 3)
    QTest.keyClick(window._sidebar, Qt.Key.Key_T)
    drawer = window._drawer
    assert drawer is not None
    assert drawer.isVisible()
    QTest.keyClick(window._sidebar, Qt.Key.Key_T)
    assert not drawer.isVisible()
    session = window._bridge.story.session
    assert session is not None
    window._bridge.story = replace(
        tell(specimen_events()[:30]), session=replace(session, layout=Layout.MONO)
    )
    QTest.keyClick(window._sidebar, Qt.Key.Key_T)
    assert not drawer.isVisible()
    assert window._sidebar._told == NOT_IN_A_ROOM
