"""A clicker's button is bound by pressing it, shown as text, changed and removed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.fakes.hotkeys import FakeHotkeys

from sidelight.settings.keys import Buttons
from sidelight.ui.sidebar.buttons import TITLES, ButtonDesk
from sidelight.ui.sidebar.buttons_dialog import NONE, PRESS_NOW, ButtonsDialog
from sidelight.ui.sidebar.intents import Intent
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.theme.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier
NONE_HELD = Qt.KeyboardModifier.NoModifier


class Kept:
    """What is remembered."""

    def __init__(self) -> None:
        self.buttons = Buttons()

    def keep(self, buttons: Buttons) -> None:
        self.buttons = buttons


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def hotkeys() -> FakeHotkeys:
    return FakeHotkeys()


@pytest.fixture
def desk(kept: Kept, hotkeys: FakeHotkeys) -> ButtonDesk:
    return ButtonDesk(Buttons(), kept.keep, hotkeys)


@pytest.fixture
def dialog(theme: Theme, desk: ButtonDesk, qtbot: QtBot) -> Iterator[ButtonsDialog]:
    window = ButtonsDialog(theme, desk)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.close()


def bind(
    dialog: ButtonsDialog, deed: str, key: Qt.Key, held: Qt.KeyboardModifier = NONE_HELD
) -> None:
    dialog._rows[deed].change.click()
    QTest.keyClick(dialog._rows[deed].change, key, held)


def test_a_button_is_bound_changed_and_removed(
    dialog: ButtonsDialog, kept: Kept
) -> None:
    assert {dialog.own(deed) for deed in TITLES} == {NONE}
    dialog._rows["bookmark"].change.click()
    assert dialog.own("bookmark") == PRESS_NOW
    QTest.keyClick(dialog, Qt.Key.Key_Shift)  # alone it is no button
    assert dialog.own("bookmark") == PRESS_NOW
    QTest.keyClick(dialog, Qt.Key.Key_PageDown)
    assert dialog.own("bookmark") == "Page down"
    dialog._rows["did"].change.click()
    headset = Qt.Key.Key_MediaTogglePlayPause
    QApplication.sendEvent(dialog, QKeyEvent(QEvent.Type.KeyPress, headset, NONE_HELD))
    bind(dialog, "bookmark", Qt.Key.Key_F5, CTRL)
    assert kept.buttons.bound == {
        "bookmark": "Ctrl+F5",
        "did": "Toggle Media Play/Pause",
    }
    assert dialog.own("did") == "Play or pause"
    dialog._rows["did"].remove.click()
    assert dialog.own("did") == NONE
    assert not dialog._rows["did"].remove.isEnabled()
    assert list(kept.buttons.bound) == ["bookmark"]


def test_keys_that_press_buttons_of_the_dialog_are_caught_too(
    dialog: ButtonsDialog, kept: Kept
) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        bind(dialog, "did", key)
        assert dialog.news.text().endswith("Press another button.")
    assert not kept.buttons.bound
    assert dialog.own("did") == NONE


def test_a_conflict_is_refused_with_one_sentence(dialog: ButtonsDialog) -> None:
    bind(dialog, "bookmark", Qt.Key.Key_PageDown)
    bind(dialog, "did", Qt.Key.Key_PageDown)
    assert dialog.news.text().startswith("Page down already means “Bookmark”.")
    assert dialog.own("did") == NONE
    bind(dialog, "did", Qt.Key.Key_PageUp)
    assert not dialog.news.isVisible()


def test_escape_changes_nothing_then_closes(dialog: ButtonsDialog, kept: Kept) -> None:
    bind(dialog, "did", Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.own("did") == NONE
    QTest.keyClick(dialog, Qt.Key.Key_B)  # nothing is waited for any more
    assert not kept.buttons.bound
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_everywhere_is_off_until_chosen_and_only_while_a_session_runs(
    dialog: ButtonsDialog, desk: ButtonDesk, hotkeys: FakeHotkeys, qtbot: QtBot
) -> None:
    desk.set_running(running=True)
    bind(dialog, "did", Qt.Key.Key_PageDown)
    assert not hotkeys.bound
    dialog.where.setCurrentIndex(1)
    assert hotkeys.bound == {"did": "PgDown"}
    with qtbot.waitSignal(desk.wanted) as wanted:
        hotkeys.press("PgDown")
    assert wanted.args == [Intent.DID]
    dialog._rows["undo"].change.click()
    held = dict(hotkeys.bound)  # the button that is pressed now must reach the dialog
    QTest.keyClick(dialog, Qt.Key.Key_F5)
    assert [held, hotkeys.bound] == [{}, {"did": "PgDown", "undo": "F5"}]
    hotkeys.refused.emit("Another program already uses Page down everywhere.", "Well.")
    assert dialog.news.text().startswith("Another program already uses")
    desk.set_running(running=False)
    assert not hotkeys.bound


def test_a_bound_button_works_in_the_window(
    theme: Theme, desk: ButtonDesk, qtbot: QtBot
) -> None:
    sidebar = SidebarWindow(theme)
    qtbot.addWidget(sidebar)
    desk.rebound.connect(sidebar.rebind)
    desk.set_button("hide", "F5")
    hiding = []
    for key in (Qt.Key.Key_F5, Qt.Key.Key_H):  # the one that came with it still does
        QTest.keyClick(sidebar, key)
        hiding.append(sidebar.hiding)
    desk.remove_button("hide")
    QTest.keyClick(sidebar, Qt.Key.Key_F5)
    assert [*hiding, sidebar.hiding] == [True, False, False]
