"""The settings window: every option once, found by its words, changed by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from sidelight.network.ledger import Outcome
from sidelight.session.firstrun.messages import FetchModel, LookAtFirstRun
from sidelight.session.settings.messages import (
    BackedUp,
    LookAtSettings,
    MakeBackup,
    OptionRefused,
    RecoveryKeySeen,
    ResetOption,
    RestoreBackup,
    Restored,
    SetOption,
    SettingsRefused,
    ShowRecoveryKey,
    TestRecoveryKey,
)
from sidelight.settings.keys import Buttons
from sidelight.settings.look import Look
from sidelight.settings.option import Section
from sidelight.settings.options import OPTIONS
from sidelight.settings.room import RoomChoice, RoomView
from sidelight.settings.sidebar import SidebarChoice
from sidelight.ui import specimen_settings as specimen
from sidelight.ui.settings.beside_session import SessionSettings
from sidelight.ui.settings.key_button import KeyButton
from sidelight.ui.settings.window import SettingsWindow
from sidelight.ui.settings.wording import NO_CONNECTION
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import LIGHT
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.tick import Tick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Shown:
    """The window on screen, and what it asked for."""

    def __init__(self, theme: Theme) -> None:
        self.window = SettingsWindow(theme)
        self.asked: list[object] = []
        self.window.asked.connect(self.asked.append)
        self.window.begin()
        self.window.show()
        self.window.activateWindow()
        self.window.take(specimen.seen())

    def last(self) -> object:
        return self.asked[-1]

    def rows(self) -> set[str]:
        """Ids of what can be seen."""
        here = self.window
        return {id_ for id_, row in here.rows.items() if row.isVisibleTo(here)}

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        where = QApplication.focusWidget() or self.window
        QTest.keyClick(where, key, held or Qt.KeyboardModifier.NoModifier)

    def tab_to(self, wanted: QWidget) -> None:
        for _ in range(80):
            if QApplication.focusWidget() is wanted:
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"the keyboard does not reach {wanted.accessibleName()}")


@pytest.fixture
def shown(theme: Theme) -> Iterator[Shown]:
    shown = Shown(theme)
    yield shown
    shown.window.close()
    shown.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_every_option_stands_in_one_section(shown: Shown) -> None:
    assert shown.asked[0] == LookAtSettings()
    assert QApplication.focusWidget() is shown.window.search
    found: list[str] = []
    for section in shown.window.tabs:
        shown.window.turn_to(section)
        found += sorted(shown.rows())
    assert sorted(found) == sorted(one.id for one in OPTIONS)


def test_words_find_options_and_panels_of_every_section(shown: Shown) -> None:
    QTest.keyClicks(shown.window.search, "SCREEN room")
    assert shown.rows() == {"cues.in_room", "room.full", "room.screen", "room.view"}
    shown.window.search.setText("stick")
    assert shown.window.backup.isVisibleTo(shown.window)
    assert shown.window.models.isVisibleTo(shown.window)
    assert not shown.rows()
    shown.press(Qt.Key.Key_Escape)
    assert shown.window.isVisible()
    assert "session.minutes" in shown.rows()
    shown.press(Qt.Key.Key_Escape)
    assert not shown.window.isVisible()


def test_the_keyboard_alone_changes_each_kind_of_option(shown: Shown) -> None:
    window = shown.window
    shown.tab_to(window.tabs[Section.SESSION])
    shown.press(Qt.Key.Key_Down)
    assert window.section is Section.SIDEBAR
    folded = window.rows["sidebar.folded"].control
    assert isinstance(folded, Tick)
    shown.tab_to(folded)
    shown.press(Qt.Key.Key_Space)
    assert shown.last() == SetOption("sidebar.folded", "on")
    ground = window.rows["sidebar.opacity"].control
    assert isinstance(ground, Picker)
    shown.tab_to(ground)
    shown.press(Qt.Key.Key_Down)
    assert shown.last() == SetOption("sidebar.opacity", "70")
    shown.tab_to(window.rows["sidebar.opacity"].back)
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == ResetOption("sidebar.opacity")
    width = window.rows["sidebar.breadth"].control
    assert isinstance(width, QLineEdit)
    width.setFocus()
    width.selectAll()
    QTest.keyClicks(width, "900")
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == SetOption("sidebar.breadth", "900")
    window.take(OptionRefused("sidebar.breadth", "No.", "It is less."))
    assert window.rows["sidebar.breadth"].news.text() == (
        "It is a whole number from 50 to 150."
    )
    assert width.text() == "900", "what was typed can be corrected"


def test_a_key_is_set_by_pressing_it(shown: Shown) -> None:
    window = shown.window
    window.turn_to(Section.KEYS)
    key = window.rows["keys.did"].control
    assert isinstance(key, KeyButton)
    key.setFocus()
    before = len(shown.asked)
    shown.press(Qt.Key.Key_Return)
    assert key.text() == "Press the key now"
    shown.press(Qt.Key.Key_Escape)
    assert window.isVisible()
    assert len(shown.asked) == before
    for pressed, held, written in (
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier, "F5"),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier, "Ctrl+Tab"),
    ):
        shown.press(Qt.Key.Key_Return)
        shown.press(Qt.Key.Key_Shift)
        shown.press(pressed, held)
        assert shown.last() == SetOption("keys.did", written)
    window.take(OptionRefused("keys.did", "It means something.", "Take another."))
    assert window.rows["keys.did"].news.text() == "It means something. Take another."
    assert key.text() == "Set a key…"


def test_the_key_is_seen_only_while_its_section_is(shown: Shown) -> None:
    window, panel = shown.window, shown.window.recovery
    window.turn_to(Section.RECOVERY)
    shown.tab_to(panel.show_key)
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == ShowRecoveryKey()
    window.take(RecoveryKeySeen("AAAA-BBBB-CCCC-DDDD"))
    assert panel.key.text() == "AAAA-BBBB-CCCC-DDDD"
    QTest.keyClicks(panel.typed, "aaaa bbbb")
    window.turn_to(Section.LOOK)
    assert not panel.key.text()
    assert not panel.typed.text()
    window.turn_to(Section.RECOVERY)
    panel.typed.setFocus()
    QTest.keyClicks(panel.typed, "aaaa bbbb")
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == TestRecoveryKey("aaaa bbbb")
    window.take(SettingsRefused("It has a typing mistake.", "Compare it."))
    assert panel.news.text() == "It has a typing mistake. Compare it."


def test_backup_and_restore(shown: Shown) -> None:
    window, panel = shown.window, shown.window.backup
    window.turn_to(Section.BACKUP)
    assert not panel.go.isVisibleTo(window)
    panel.write_to("/media/b")
    assert shown.last() == MakeBackup("/media/b")
    assert not panel.back_up.isEnabled()
    window.take(BackedUp(12, 48_000_000))
    assert panel.news.text().startswith("Written: 12 sessions, 48 MB.")
    assert panel.back_up.isEnabled()
    panel.read_from("/media/b")
    QTest.keyClicks(panel.key, "aaaa")
    shown.press(Qt.Key.Key_Return)
    assert shown.last() == RestoreBackup("/media/b", "aaaa")
    window.take(SettingsRefused("Not this key.", "Another."))
    assert (panel.news.text(), panel.key.text()) == ("Not this key. Another.", "aaaa")
    window.take(Restored(12, "/data/record.old-1", ""))
    assert "record.old-1" in panel.news.text()
    assert not panel.key.text()


def test_connections_are_listed_and_none_is_said(shown: Shown) -> None:
    privacy = shown.window.privacy
    assert privacy.lines == [NO_CONNECTION]
    made = specimen.SETTINGS["connections"][2][0]
    shown.window.take(made)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(privacy.lines) == 4
    assert privacy.lines[1] == "huggingface.co · 148 MB · arrived"
    assert specimen.seen().connections == ()
    assert {one.outcome for one in made.connections} == {  # type: ignore[union-attr]
        Outcome.DONE,
        Outcome.FAILED,
    }


def test_models_are_fetched_from_here(shown: Shown) -> None:
    assert shown.asked.count(LookAtFirstRun()) == 1
    shown.window.take(specimen.SETTINGS["models"][2][1])
    fetch = shown.window.models.fetch["base.en"]
    fetch.click()
    assert shown.last() == FetchModel("base.en")


def test_beside_a_session_the_sidebar_follows_at_once(
    theme: Theme, tmp_path: Path
) -> None:
    settings = SessionSettings(theme, tmp_path)
    sidebar = SidebarWindow(theme)
    settings.changed.connect(lambda: sidebar.adopt(SidebarChoice.recall(tmp_path)))
    settings.open()
    window = settings.window
    assert not window.recovery.show_key.isVisibleTo(window)
    window.asked.emit(SetOption("sidebar.opacity", "70"))
    window.asked.emit(SetOption("sidebar.folded", "on"))
    assert sidebar.choice == SidebarChoice(opacity=70, folded=True)
    assert sidebar.folded
    window.asked.emit(SetOption("keys.did", "F5"))
    window.asked.emit(SetOption("room.view", "dark"))
    assert Buttons.recall(tmp_path).bound == {"did": "F5"}
    assert RoomChoice.recall(tmp_path).view is RoomView.DARK
    key = window.rows["keys.did"].control
    assert isinstance(key, KeyButton)
    assert key.text() == "F5"
    window.asked.emit(ResetOption("sidebar.folded"))
    assert sidebar.choice == SidebarChoice(opacity=70)
    settings.close()
    for one in (sidebar, settings):
        one.deleteLater()


@pytest.mark.usefixtures("theme")
def test_the_largest_text_fits_a_small_screen() -> None:
    """1366 by 768 at 200 %: nothing is wider than its page, however far it scrolls."""
    window = SettingsWindow(Theme(LIGHT, 2.0))
    window.resize(1366, 728)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    window.take(specimen.seen())
    for section in window.tabs:
        window.turn_to(section)
        window.picture()
        page, room = window._page.widget(), window._page.viewport().width()
        assert page is not None
        assert max(page.width(), page.minimumSizeHint().width()) <= room, section
    window.close()
    window.deleteLater()
    assert Look().text == 100


def test_boxes_to_be_ticked_begin_where_fields_do(shown: Shown, theme: Theme) -> None:
    window = shown.window
    window.turn_to(Section.SESSION)
    tick = window.rows["session.record_only"].control
    assert isinstance(tick, Tick)
    picture = tick.grab().toImage()
    middle = picture.height() // 2
    ground = picture.pixelColor(picture.width() - 2, middle)
    first = next(x for x in range(50) if picture.pixelColor(x, middle) != ground)
    assert first <= theme.px(2)


def test_a_card_is_as_wide_with_a_scroll_bar_as_without(
    shown: Shown,
) -> None:
    widths = set()
    for section in (Section.SESSION, Section.KEYS):
        shown.window.turn_to(section)
        shown.window.picture()
        widths.add(shown.window._cards[section].width())
        scrolls = shown.window._page.verticalScrollBar().maximum() > 0
        assert scrolls is (section is Section.KEYS)
    assert len(widths) == 1
