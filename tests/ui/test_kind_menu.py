"""The menu of kinds: what stays in sight beside it, and how it is gone through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sidelight.domain.moments import DIRECTION, ON_TRACK, SUPPORT, Form
from sidelight.partnering.kinds import KINDS
from sidelight.ui.review.kind_menu import CHOICES, KEYS, KindMenu
from sidelight.ui.review.placing import beside, over
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import LIGHT
from sidelight.ui.words import tr_below

SCREEN = QRect(0, 0, 1366, 728)
"""Of a small one, less a task bar."""

Key = Qt.Key


@pytest.fixture
def menu(theme: Theme, qtbot: QtBot) -> KindMenu:
    menu = KindMenu(theme)
    qtbot.addWidget(menu)
    return menu


PLACES = st.integers(0, 700)


@given(PLACES, PLACES, st.integers(1, 900), st.integers(1, 400), PLACES, PLACES)
def test_beside_is_on_the_screen_and_not_over_what_it_is_about(
    left: int, top: int, wide: int, tall: int, width: int, height: int
) -> None:
    about = QRect(left, top, wide, tall).intersected(SCREEN)
    size = QSize(width + 1, height + 1)
    at = beside(about, size, SCREEN, 4)
    if at is not None:
        assert SCREEN.contains(QRect(at, size))
        assert not QRect(at, size).intersects(about)
    corner = over(about, size, SCREEN)
    assert SCREEN.contains(corner)
    if size.width() <= SCREEN.width() and size.height() <= SCREEN.height():
        assert SCREEN.contains(QRect(corner, size))


@pytest.mark.parametrize("top", [20, 200, 400, 560, 690])
def test_the_turn_that_is_judged_stays_in_sight(menu: KindMenu, top: int) -> None:
    turn = QRect(30, top, 570, 60)
    menu.place(turn, SCREEN)
    assert SCREEN.contains(menu.geometry())
    assert not menu.geometry().intersects(turn)


def test_with_large_text_it_is_not_larger_than_a_small_screen(qtbot: QtBot) -> None:
    menu = KindMenu(Theme(LIGHT, 2.0))
    qtbot.addWidget(menu)
    for top in (20, 300, 690):
        menu.place(QRect(30, top, 1200, 200), SCREEN)
        assert SCREEN.contains(menu.geometry())


def test_over_the_turn_with_large_text_it_says_what_was_said_there(
    qtbot: QtBot,
) -> None:
    menu = KindMenu(Theme(LIGHT, 2.0))
    qtbot.addWidget(menu)
    turn = QRect(30, 300, 640, 130)
    menu.place(turn, SCREEN)
    without = menu.grab().toImage()
    menu.place(turn, SCREEN, "Where would you like to begin? " * 9)
    assert SCREEN.contains(menu.geometry())
    assert menu.geometry().intersects(turn), "there is no room beside it"
    assert menu.grab().toImage() != without
    assert not any(one.place.intersects(menu.said_place) for one in menu.spoken())
    assert not menu.said_place.isEmpty()
    menu.place(QRect(0, 0, 300, 20), QRect(0, 0, 2560, 1440), "Where to begin?")
    assert menu.said_place.isEmpty(), "the turn itself is in sight"


def test_every_kind_stands_once_with_its_key_and_its_meaning(menu: KindMenu) -> None:
    spoken = menu.spoken()
    inside = [one.place for one in spoken]
    assert len(spoken) == len(CHOICES) <= len(KEYS)
    assert all(menu.rect().contains(box) for box in inside)
    assert not any(a.intersects(b) for a in inside for b in inside if a is not b)
    meanings = {kind.id: tr_below(kind.definition) for kind in KINDS}
    for (kind, _), one in zip(CHOICES, spoken, strict=True):
        assert one.description == meanings[kind]
    assert menu.height() < SCREEN.height() / 2, "it leaves half of a small screen free"


def test_arrows_go_down_and_aside_and_enter_chooses(menu: KindMenu) -> None:
    def press(key: Key) -> None:
        QTest.keyClick(menu, key)

    chosen: list[tuple[str, Form | None]] = []
    menu.chosen.connect(lambda kind, form: chosen.append((kind, form)))
    menu.open_beside(QRect(30, 500, 500, 60), SCREEN)
    press(Key.Key_Return)
    assert menu.isVisible(), "nothing is chosen yet"
    press(Key.Key_Down)
    assert [one.selected for one in menu.spoken()].index(True) == 0
    press(Key.Key_Right)
    beside_it = [one.selected for one in menu.spoken()].index(True)
    assert CHOICES[beside_it][0] == "leading"
    press(Key.Key_Left)
    press(Key.Key_Up)
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert chosen == [(DIRECTION, Form.OPEN)]
    assert not menu.isVisible()
    menu.open_beside(QRect(30, 500, 500, 60), SCREEN)
    press(Key.Key_Escape)
    assert not menu.isVisible()
    QTest.keyClicks(menu, KEYS[0])
    where = menu.spoken()[CHOICES.index((ON_TRACK, None))].place.center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert chosen[1:] == [(SUPPORT, None), (ON_TRACK, None)]
