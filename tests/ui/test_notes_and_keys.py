"""Trouble, pauses and what can be undone are seen quietly; one key does each thing."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.engine_player import EnginePlayer, status

from sidelight.domain.story import tell
from sidelight.domain.wording import worded
from sidelight.session.messages import (
    WENT_OFF,
    AddMoment,
    End,
    GoOffRecord,
    Health,
    Notice,
    Pause,
    PlaceMark,
    Request,
    Resume,
    Status,
    Told,
    Undo,
)
from sidelight.ui.app import _Session
from sidelight.ui.application import WindowOptions
from sidelight.ui.sidebar import window as sidebar_window
from sidelight.ui.sidebar.dot_only import SIDE
from sidelight.ui.sidebar.intents import BINDINGS, END_AGAIN, Binding, Intent
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import sidebar_texts
from sidelight.ui.specimen import REQUEST, specimen_events
from sidelight.ui.theme.theme import Theme

STORY = tell(specimen_events()[:40])
GONE = Notice(
    "The microphone “Yeti Stereo Microphone Analog Stereo” is gone.", "Plug it in."
)
FULL = Notice("The disk has room for 40 minutes.", "Free some space.")
BACK = Notice("The microphone is back.", "Nothing need be done.", good=True)
AT = STORY.position
TAKEN = "Last 2 min deleted"
QUOTED = f"“{REQUEST}”"


@pytest.fixture
def sidebar(theme: Theme, qtbot: QtBot) -> SidebarWindow:
    """A sidebar on screen, in the middle of a session."""
    window = SidebarWindow(theme)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    show(window, status(AT))
    return window


def show(window: SidebarWindow, now: Status) -> None:
    window.show_texts(sidebar_texts(STORY, now))
    window.settle()


def line(window: SidebarWindow) -> str:
    """What stands where the request stands."""
    return window.panel._request.text()


def strip(window: SidebarWindow) -> str:
    return window.strip.headline.text()


def boxes(window: QWidget) -> list[QRect]:
    return [part.geometry() for part in (window, *window.findChildren(QWidget))]


def test_trouble_takes_the_requests_place_and_moves_nothing(
    sidebar: SidebarWindow,
) -> None:
    before = boxes(sidebar)
    states = [
        status(AT, Health.NO_SOUND, notices=(GONE, FULL)),
        status(AT, paused=True),
        status(AT, undoable=True),
        status(AT, Health.LATER),
        status(AT, notices=(BACK,)),
    ]
    for state in states:
        show(sidebar, state)
        assert boxes(sidebar) == before, state
    show(sidebar, states[0])
    assert line(sidebar) == GONE.message
    assert GONE.remedy in sidebar.panel._request.toolTip()
    assert sidebar.panel._request.accessibleName() == GONE.message
    assert sidebar.panel._request.accessibleDescription() == GONE.remedy
    show(sidebar, status(AT))
    assert line(sidebar) == QUOTED
    assert sidebar.panel._request.accessibleDescription() == ""


def test_nothing_new_takes_the_focus_or_shouts(sidebar: SidebarWindow) -> None:
    for child in (sidebar, *sidebar.findChildren(QWidget)):
        if child.isWindow() and child is not sidebar:
            continue  # the menu, which is closed
        assert child.focusPolicy() is Qt.FocusPolicy.NoFocus, child
    show(sidebar, status(AT, Health.NO_SOUND, notices=(GONE,)))
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [sidebar]


@pytest.mark.parametrize(
    ("now", "text", "way"),
    [
        (status(AT, paused=True, notices=(GONE,)), "Nothing is recorded", "Resume"),
        (
            status(AT, paused=True, undoable=True),
            TAKEN,
            "Undo",
        ),
        (status(AT, undoable=True, notices=(GONE,)), GONE.message, ""),
        (status(AT, notices=(FULL, BACK)), FULL.message, ""),
        (status(AT), QUOTED, ""),
    ],
)
def test_the_nearest_thing_stands_there(
    sidebar: SidebarWindow, now: Status, text: str, way: str
) -> None:
    show(sidebar, now)
    assert line(sidebar) == text
    assert sidebar.panel.way.text() == sidebar.strip.way.text() == way
    assert sidebar.panel.way.isEnabled() is bool(way)


def test_good_news_goes_by(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidebar_window, "FRESH_MS", 60)
    window = SidebarWindow(theme)
    qtbot.addWidget(window)
    show(window, status(AT, notices=(BACK,)))
    assert line(window) == strip(window) == BACK.message
    qtbot.waitUntil(lambda: line(window) == QUOTED)
    show(window, status(AT + 1, notices=(BACK,)))
    assert line(window) == QUOTED  # the same news is no news
    assert strip(window).endswith(" · where next?")


def test_in_the_strip_trouble_stands_a_moment_and_then_beside_the_clock(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidebar_window, "FRESH_MS", 60)
    window = SidebarWindow(theme, folded=True)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    show(window, status(AT, notices=(FULL,)))
    assert strip(window) == FULL.message
    assert FULL.remedy in window.strip.headline.toolTip()
    qtbot.waitUntil(lambda: strip(window).endswith(" · where next?"))
    show(window, status(AT, Health.NO_SOUND, notices=(GONE,)))
    assert strip(window).endswith(" · no sound")  # half a sentence would say less


def test_what_a_key_came_to_is_told_for_a_moment(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sidebar_window, "TOLD_MS", 60)
    window = SidebarWindow(theme)
    qtbot.addWidget(window)
    show(window, status(AT, undoable=True))
    window.tell("Bookmark set")
    assert line(window) == strip(window) == "Bookmark set"
    assert window.panel.way.text() == "Undo"  # it still can be
    qtbot.waitUntil(lambda: line(window) == TAKEN)


def test_an_answer_does_not_stand_over_a_state_that_came_after_it(
    sidebar: SidebarWindow,
) -> None:
    show(sidebar, status(AT))
    sidebar.tell("On record again")
    show(sidebar, status(AT, paused=True))
    assert line(sidebar) == "Nothing is recorded"
    assert strip(sidebar) == "Paused"


def test_the_clocks_stand_still_while_the_engine_is_looked_for() -> None:
    before = sidebar_texts(STORY, status(AT + 120_000))
    gone = sidebar_texts(STORY, status(AT + 120_000), connected=False, looking=True)
    assert (gone.headline, gone.kinds, gone.clock) == (
        before.headline,
        before.kinds,
        before.clock,
    )
    assert gone.health.words == "reconnecting"


# -- keys and menu --------------------------------------------------------------------

SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("key", "held", "paused", "wanted"),
    [
        (Qt.Key.Key_B, PLAIN, False, PlaceMark()),
        (Qt.Key.Key_D, PLAIN, False, AddMoment()),
        (Qt.Key.Key_P, PLAIN, False, Pause()),
        (Qt.Key.Key_P, PLAIN, True, Resume()),
        (Qt.Key.Key_O, PLAIN, False, GoOffRecord(120_000)),
        (Qt.Key.Key_O, SHIFT, False, GoOffRecord(None)),
        (Qt.Key.Key_U, PLAIN, False, Undo()),
    ],
)
@pytest.mark.parametrize("through", ["the window", "the menu"])
def test_a_key_asks_for_its_thing(
    sidebar: SidebarWindow,
    qtbot: QtBot,
    key: Qt.Key,
    held: Qt.KeyboardModifier,
    wanted: Request,
    through: str,
    *,
    paused: bool,
) -> None:
    show(sidebar, status(AT, paused=paused))
    where: QWidget = sidebar
    if through == "the menu":
        QTest.keyClick(sidebar, Qt.Key.Key_Menu)
        where = sidebar.menu
        qtbot.waitUntil(where.isVisible)
    with qtbot.waitSignal(sidebar.asked) as asked:
        QTest.keyClick(where, key, held)
    assert asked.args == [wanted]
    assert not sidebar.menu.isVisible()


def test_a_key_that_is_held_down_counts_once(
    sidebar: SidebarWindow, qtbot: QtBot
) -> None:
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, PLAIN, "b", autorep=True)
    with qtbot.assertNotEmitted(sidebar.asked):
        QApplication.sendEvent(sidebar, again)
        QTest.keyClick(sidebar, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)


def test_the_key_that_ends_is_pressed_twice(
    sidebar: SidebarWindow, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(sidebar.asked):
        QTest.keyClick(sidebar, Qt.Key.Key_E)
    assert line(sidebar) == END_AGAIN
    with qtbot.waitSignal(sidebar.asked) as asked:
        QTest.keyClick(sidebar, Qt.Key.Key_E)
    assert asked.args == [End()]


def test_a_key_that_was_not_meant_to_end_is_forgotten(
    sidebar: SidebarWindow, qtbot: QtBot
) -> None:
    sidebar._end_again.setInterval(1)
    QTest.keyClick(sidebar, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: not sidebar._end_again.isActive())
    with qtbot.assertNotEmitted(sidebar.asked):
        QTest.keyClick(sidebar, Qt.Key.Key_E)


def test_keys_can_be_others(theme: Theme, qtbot: QtBot) -> None:
    window = SidebarWindow(theme, bindings=(Binding(Intent.UNDO, "F9", "Undo"),))
    qtbot.addWidget(window)
    show(window, status(AT))
    with qtbot.assertNotEmitted(window.asked):
        QTest.keyClick(window, Qt.Key.Key_U)
    with qtbot.waitSignal(window.asked):
        QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.toolTip() == "Keys: F9: Undo"


def test_without_a_session_there_is_nothing_to_ask_for(
    sidebar: SidebarWindow, qtbot: QtBot
) -> None:
    sidebar.show_texts(sidebar_texts(tell(specimen_events()), status(AT)))
    with qtbot.assertNotEmitted(sidebar.asked):
        QTest.keyClick(sidebar, Qt.Key.Key_B)
        QTest.keyClick(sidebar, Qt.Key.Key_Menu)
        others = [a for a in named(sidebar) if a.data() is not Intent.HIDE]
        assert {a.isEnabled() for a in others} == {False}
        QTest.keyClick(sidebar.menu, Qt.Key.Key_B)
    sidebar.menu.close()


def named(sidebar: SidebarWindow) -> list[QAction]:
    return [one for one in sidebar.menu.actions() if one.data() is not None]


def test_the_menu_says_what_can_be_done_and_with_which_key(
    sidebar: SidebarWindow,
) -> None:
    show(sidebar, status(AT, paused=True))
    at = sidebar.mapToGlobal(QPoint(40, 40))
    right = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(40, 40), at)
    QApplication.sendEvent(sidebar, right)
    assert sidebar.menu.isVisible()
    shown = [action.text().split("\t") for action in named(sidebar)]
    assert [key for _, key in shown] == [binding.key for binding in BINDINGS]
    assert shown[1:3] == [["I did that", "D"], ["Resume listening", "P"]]
    for binding in BINDINGS:
        assert f"{binding.key}: {binding.name}" in sidebar.toolTip()
    assert sidebar.accessibleDescription() == sidebar.toolTip()
    sidebar.menu.close()


def test_hidden_it_is_a_dot_that_still_says_how_things_are(
    sidebar: SidebarWindow, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(sidebar.asked):
        QTest.keyClick(sidebar, Qt.Key.Key_H)
    assert (sidebar.width(), sidebar.height()) == (SIDE, SIDE)
    assert sidebar.isVisible()
    show(sidebar, status(AT, Health.NO_SOUND, notices=(GONE,)))
    assert GONE.message in sidebar.dot.toolTip()
    QTest.keyClick(sidebar, Qt.Key.Key_H)
    assert sidebar.panel.isVisible()
    sidebar.hide_all(hiding=True)
    QTest.mouseDClick(sidebar, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert sidebar.panel.isVisible()
    assert not sidebar.folded


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(
    ("now", "wanted"),
    [(status(AT, paused=True), Resume()), (status(AT, undoable=True), Undo())],
)
def test_the_word_under_a_note_can_be_clicked(
    sidebar: SidebarWindow,
    qtbot: QtBot,
    now: Status,
    wanted: Request,
    *,
    folded: bool,
) -> None:
    sidebar.fold(folded=folded)
    show(sidebar, now)
    link = sidebar.strip.way if folded else sidebar.panel.way
    with qtbot.waitSignal(sidebar.asked) as asked:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args == [wanted]


def test_a_key_reaches_the_engine_and_its_answer_the_sidebar(
    theme: Theme, qtbot: QtBot
) -> None:
    player = EnginePlayer([])
    window = _Session(player, theme, WindowOptions())
    bridge, sidebar = window._bridge, window._sidebar
    window.start()
    try:
        bridge.story = STORY
        bridge._fold(status(AT))
        QTest.keyClick(sidebar, Qt.Key.Key_O)
        qtbot.waitUntil(lambda: GoOffRecord(120_000) in player.requests)
        bridge._fold(Told(worded("Bookmark set")))
        bridge._fold(Told(WENT_OFF))
        assert line(sidebar) == "Bookmark set", "the status says the other"
    finally:
        window.stop()
