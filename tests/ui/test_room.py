"""In a room: one line for two metres, or the dark, and the way back to the sidebar."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.fakes.engine_player import EnginePlayer, in_room, recording, status

from sidelight.domain.story import tell
from sidelight.domain.wording import worded
from sidelight.session.messages import HideAsked, PlaceMark, Status, Told
from sidelight.settings.room import RoomChoice, RoomView
from sidelight.ui.app import _Session
from sidelight.ui.application import WindowOptions
from sidelight.ui.gallery import SIDEBARS
from sidelight.ui.sidebar import room_stage
from sidelight.ui.sidebar.intents import BINDINGS
from sidelight.ui.sidebar.room_stage import VIEW_NAMES
from sidelight.ui.sidebar.room_window import RoomWindow
from sidelight.ui.sidebar.room_wording import Form, room_words
from sidelight.ui.sidebar.wording import PARTNERED, Dot
from sidelight.ui.specimen import REQUEST, specimen_events
from sidelight.ui.theme.room import USUAL_PX_PER_MM, RoomScreen
from sidelight.ui.theme.theme import Theme

EVENTS = specimen_events()[:40]
AT = tell(EVENTS).position
WIDE, LAPTOP, NARROW = 1920, 1280, 820


def screen(width: int) -> RoomScreen:
    whole = QRect(0, 0, width, width * 9 // 16)
    return RoomScreen(whole, whole.adjusted(0, 0, 0, -30), USUAL_PX_PER_MM)


# -- the words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "above", "full", "least"),
    [
        ("begun", "", "just begun", "just begun"),
        ("reset", PARTNERED, "just now · support?", "just now"),
        ("running", PARTNERED, "6 min ago · where next?", "6 min ago"),
        ("silent", PARTNERED, "2 min ago · no sound", "no sound"),
        ("later", PARTNERED, "6 min ago · words later", "words later"),
        ("trouble", PARTNERED, "6 min ago · no sound", "no sound"),
        ("warned", PARTNERED, "6 min ago · where next?", "6 min ago"),
        ("paused", "Last partnered · 6 min ago", "Paused", "Paused"),
        ("off-record", "", "Last 2 min deleted", "2 min deleted"),
        ("cue", "", "half time · on track?", "on track?"),
    ],
)
def test_it_is_the_sidebars_state_in_as_many_words_as_fit(
    state: str, above: str, full: str, least: str
) -> None:
    texts = SIDEBARS[state]
    assert [room_words(texts, form).line for form in Form] == [full, least]
    assert room_words(texts, Form.FULL).above == above
    assert REQUEST not in room_words(texts, Form.FULL).spoken


def test_what_a_key_came_to_comes_before_everything() -> None:
    assert room_words(SIDEBARS["cue"], Form.FULL, told="Undone").line == "Undone"


# -- the window -----------------------------------------------------------------------


@pytest.fixture
def make(theme: Theme, qtbot: QtBot) -> Callable[[int], RoomWindow]:
    def window(width: int) -> RoomWindow:
        made = RoomWindow(theme, screen(width), BINDINGS)
        qtbot.addWidget(made)
        return made

    return window


def test_on_a_narrower_screen_words_go_and_letters_stay(
    make: Callable[[int], RoomWindow],
) -> None:
    windows = [make(width) for width in (WIDE, LAPTOP, NARROW)]
    assert [one.line.form for one in windows] == [Form.FULL, Form.FULL, Form.LEAST]
    assert len({one.line._px for one in windows}) == 1
    for window in windows:
        for state, texts in SIDEBARS.items():
            before = (window.size(), window.line._dot.geometry())
            window.show_texts(texts)
            assert window.line.reads == room_words(texts, window.line.form).line, state
            assert (window.size(), window.line._dot.geometry()) == before
        assert window._low().right() < window._screen.free.right()


def test_what_is_told_and_is_too_long_ends_in_an_ellipsis(
    make: Callable[[int], RoomWindow],
) -> None:
    window = make(NARROW)
    window.show_texts(SIDEBARS["running"], told="Undone: a name too long to be read")
    assert window.line.reads.endswith("…")
    assert window.line.text() == "Undone: a name too long to be read"


def test_the_dark_shows_a_sign_with_a_word_in_a_corner_and_nothing_else(
    make: Callable[[int], RoomWindow],
) -> None:
    window = make(LAPTOP)
    window.take(full=True, dark=True)
    window.show_texts(SIDEBARS["running"], told="Bookmark set")
    image = window.picture()
    assert (image.width(), image.height()) == (1280, 720)
    ground = image.pixel(0, 0)
    sign = window.sign.geometry()
    assert image.pixel(sign.center()) != ground
    others = {
        image.pixel(x, y)
        for x in range(0, 1280, 3)
        for y in range(0, 720, 3)
        if not sign.united(window.said.geometry()).contains(QPoint(x, y))
    }
    assert others == {ground}
    assert window.said.text() == "listening"
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    window.show_texts(SIDEBARS["trouble"])
    assert window.sign._dot is Dot.STRUCK  # trouble is still seen
    assert window.sign.accessibleName().endswith("no sound")
    assert window.said.text() == "no sound"
    window.show_texts(SIDEBARS["paused"])
    assert window.said.text() == "paused"


# -- on stage -------------------------------------------------------------------------


class Session:
    """The session's window, with what it asked the engine for."""

    def __init__(self, theme: Theme, choices: Path, *, room: bool = True) -> None:
        events = in_room(EVENTS) if room else EVENTS
        self.player = EnginePlayer(recording(events)[:-1])
        options = WindowOptions(choices=choices)
        self.session = _Session(self.player, theme, options)
        self.sidebar = self.session._sidebar
        self.stage = self.session._views.stage
        self.bridge = self.session._bridge
        self.bridge.story = tell(events)
        self.session.start()
        self.says(status(AT))

    def says(self, message: Status | Told | HideAsked) -> None:
        self.bridge._fold(message)

    @property
    def window(self) -> RoomWindow:
        assert self.stage.window is not None
        return self.stage.window

    def press(self, key: Qt.Key) -> None:
        window = self.stage.window
        QTest.keyClick(self.sidebar if window is None else window, key)

    def seen(self) -> list[str]:
        """What is on screen."""
        shown = [type(one).__name__ for one in QApplication.topLevelWidgets()]
        visible = [one.isVisible() for one in QApplication.topLevelWidgets()]
        return sorted(name for name, on in zip(shown, visible, strict=True) if on)


@pytest.fixture
def open_session(
    theme: Theme, tmp_path: Path, qtbot: QtBot
) -> Iterator[Callable[..., Session]]:
    del qtbot
    opened: list[Session] = []

    def session(choice: RoomChoice | None = None, *, room: bool = True) -> Session:
        if choice is not None:
            choice.remember(tmp_path)
        opened.append(Session(theme, tmp_path, room=room))
        return opened[-1]

    yield session
    for one in opened:
        if one.session._review is not None:
            one.session._review.closed.disconnect(one.session.leave)  # no loop ends
        one.session.stop()


def test_a_room_has_the_line_and_no_flash_of_the_sidebar(
    open_session: Callable[..., Session],
) -> None:
    session = open_session()
    assert session.seen() == ["RoomWindow"]
    assert session.window.line.text().startswith("1 min")
    assert not session.window.full


def test_a_call_has_the_sidebar_whatever_was_chosen_for_rooms(
    open_session: Callable[..., Session],
) -> None:
    session = open_session(RoomChoice(RoomView.DARK), room=False)
    assert session.seen() == ["SidebarWindow"]
    session.sidebar.menu.name_for(running=True, paused=False, hiding=False)
    shown = [one.text() for one in session.sidebar.menu.actions() if one.isVisible()]
    assert not set(shown) & set(VIEW_NAMES.values())
    assert "Your own buttons…" in shown


def test_until_the_session_is_known_nothing_is_shown_but_not_for_long(
    theme: Theme, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_stage, "KNOWN_WITHIN_MS", 30)
    session = _Session(EnginePlayer([]), theme, WindowOptions(choices=tmp_path))
    session.start()
    assert not session._sidebar.isVisible()
    qtbot.waitUntil(session._sidebar.isVisible)
    session.stop()


def test_the_menu_chooses_and_the_choice_is_remembered(
    open_session: Callable[..., Session], tmp_path: Path
) -> None:
    session = open_session()
    for view, seen in (
        (RoomView.DARK, "RoomWindow"),
        (RoomView.SIDEBAR, "SidebarWindow"),
        (RoomView.LINE, "RoomWindow"),
    ):
        menus = [session.sidebar.menu, session.stage._menu]
        menu = next(one for one in menus[::-1] if one is not None)
        action = next(one for one in menu.actions() if one.text() == VIEW_NAMES[view])
        assert action.isVisible()
        action.trigger()
        assert session.seen() == [seen]
        assert session.stage.dark is (view is RoomView.DARK)
        assert RoomChoice.recall(tmp_path).view is view


def test_keys_work_in_the_line_and_silently_in_the_dark(
    open_session: Callable[..., Session], qtbot: QtBot
) -> None:
    session = open_session(RoomChoice(RoomView.DARK))
    assert session.seen() == ["RoomWindow"]
    session.press(Qt.Key.Key_B)
    qtbot.waitUntil(lambda: PlaceMark() in session.player.requests)
    session.says(Told(worded("Bookmark set")))
    assert not session.window.line.isVisible()
    session.press(Qt.Key.Key_H)
    assert not session.stage.dark
    assert session.window.line.text() == "Bookmark set"
    assert session.window.full  # the screen does not jump from dark to something else


@pytest.mark.parametrize(
    ("key", "view"),
    [(Qt.Key.Key_Escape, RoomView.SIDEBAR), (Qt.Key.Key_H, RoomView.LINE)],
)
def test_there_is_a_silent_way_out_of_the_dark(
    open_session: Callable[..., Session], key: Qt.Key, view: RoomView
) -> None:
    session = open_session(RoomChoice(RoomView.DARK))
    session.press(key)
    assert session.stage.view is view
    assert not session.stage.dark


def test_the_line_grows_to_the_whole_screen_and_back(
    open_session: Callable[..., Session], tmp_path: Path
) -> None:
    session = open_session()
    low = session.window.geometry()
    QTest.mouseDClick(session.window, Qt.MouseButton.LeftButton)
    assert session.window.isFullScreen()
    assert RoomChoice.recall(tmp_path).full
    session.press(Qt.Key.Key_F11)
    assert session.window.geometry() == low
    assert not RoomChoice.recall(tmp_path).full


def test_carried_to_another_screen_it_takes_that_screens_measure(
    open_session: Callable[..., Session],
) -> None:
    session = open_session()
    before = session.window
    session.stage._stands_on = "the screen it came from"
    session.press(Qt.Key.Key_F11)
    assert session.window is not before
    assert session.seen() == ["RoomWindow"]
    assert session.window.isFullScreen()


def test_hiding_is_not_a_choice_for_next_time(
    open_session: Callable[..., Session], tmp_path: Path
) -> None:
    session = open_session(RoomChoice(RoomView.LINE))
    session.says(HideAsked())  # `sidelight hide`
    assert session.window.sign.isVisible()
    assert not session.window.line.isVisible()
    session.says(HideAsked())
    assert session.window.line.isVisible()
    assert RoomChoice.recall(tmp_path).view is RoomView.LINE


def test_the_command_hides_the_sidebar_of_a_call(
    open_session: Callable[..., Session],
) -> None:
    session = open_session(room=False)
    session.says(HideAsked())
    assert session.sidebar.hiding
    session.says(HideAsked())
    assert not session.sidebar.hiding


def test_after_a_dark_session_the_wrap_up_waits_for_the_coach(
    open_session: Callable[..., Session],
) -> None:
    session = open_session(RoomChoice(RoomView.DARK))
    session.bridge.story = tell(specimen_events())
    session.bridge.ended.emit()
    assert session.seen() == ["RoomWindow"]  # the client may still be there
    session.press(Qt.Key.Key_H)
    assert session.seen() == ["WrapUpWindow"]


def test_what_is_gone_is_gone_from_the_room_too(
    open_session: Callable[..., Session],
) -> None:
    session = open_session()
    session.bridge.story = tell(EVENTS[:3])
    session.bridge.retold.emit()
    assert session.window.line.text() == "just begun"
    assert not session.window.line._fade.running


def test_closed_from_outside_the_sidebar_comes_back(
    open_session: Callable[..., Session],
) -> None:
    session = open_session()
    session.window.close()
    assert session.seen() == ["SidebarWindow"]
