"""The sidebar's place and size belong to the coach: mouse, keys, menu and tray."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QEnterEvent, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.screens import DESK, LAPTOP, FakeScreens, screen, surroundings
from tests.fakes.sharing import ScriptedShield
from tests.ui.test_sidebar import boxes, texts

from sidelight.settings.sidebar import OPACITIES, Place, SidebarChoice
from sidelight.ui.platform.abilities import abilities
from sidelight.ui.platform.sharing import Shield
from sidelight.ui.sidebar.grip import Edges, edges_at
from sidelight.ui.sidebar.headline import Setting
from sidelight.ui.sidebar.intents import BINDINGS, Intent
from sidelight.ui.sidebar.passing import LOOK_MS, NOTE, REST_MS
from sidelight.ui.sidebar.tray import REVIEW, Tray, sign
from sidelight.ui.sidebar.unshared import REFUSED
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.window_menu import SETTINGS, TAKE, WindowAct
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import HIGH_CONTRAST, LIGHT
from sidelight.ui.theme.tray_sign import SIZES
from sidelight.ui.widgets.fading_label import FadingLabel
from sidelight.ui.widgets.quiet_button import QuietButton

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

Make = Callable[..., SidebarWindow]


@pytest.fixture
def make(theme: Theme, qtbot: QtBot) -> Make:
    """Makes a sidebar on a laptop's screen, or on others."""

    def made(
        look: Theme = theme,
        *,
        choice: SidebarChoice | None = None,
        wayland: bool = False,
        shield: Shield | None = None,
        screens: FakeScreens | None = None,
    ) -> SidebarWindow:
        can = abilities("wayland" if wayland else "xcb", composited=True)
        around, _ = surroundings(LAPTOP, can=can, shield=shield)
        if screens is not None:
            around = replace(around, screens=screens)  # type: ignore[arg-type]
        window = SidebarWindow(look, choice=choice, around=around)
        qtbot.addWidget(window)
        window.show_texts(texts())
        window.place()
        with qtbot.waitExposed(window):
            window.show()
        window.settle()
        return window

    return made


def test_where_windows_are_not_blended_its_corners_are_no_black_gaps(
    theme: Theme, qtbot: QtBot
) -> None:
    around, _ = surroundings(LAPTOP, can=abilities("xcb", composited=False))
    window = SidebarWindow(theme, around=around)
    qtbot.addWidget(window)
    window.show_texts(texts())
    corner = window.picture().pixelColor(2, 2)
    assert corner.alpha() == 255
    assert corner.lightness() > 200


def drag(window: SidebarWindow, start: QPoint, by: QPoint) -> None:
    """With the left button, in one go; the pointer keeps its place on the desktop."""
    whole = window.mapToGlobal(start) + by
    QTest.mousePress(window, LEFT, pos=start)
    QTest.mouseMove(window, window.mapFromGlobal(whole))
    QTest.mouseRelease(window, LEFT, pos=window.mapFromGlobal(whole))


def chosen(window: SidebarWindow) -> list[SidebarChoice]:
    """What is told from now on."""
    told: list[SidebarChoice] = []
    window.chosen.connect(told.append)
    return told


def hover(window: SidebarWindow, *, there: bool) -> None:
    """The pointer comes, or goes."""
    window.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, there)
    here = QPointF(20, 20)
    if there:
        QApplication.sendEvent(window, QEnterEvent(here, here, here))


# -- sizes -------------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_nothing_is_clipped_or_moved_by_a_reset_from_the_least_width_to_the_most(
    make: Make, scale: float
) -> None:
    window = make(Theme(LIGHT, scale))
    widths = window.standing.widths
    assert widths.least <= widths.usual < widths.most
    for width in (widths.least, widths.usual, widths.most):
        for folded in (False, True):
            window.set_width(width)
            window.fold(folded=folded)
            page = window.strip if folded else window.panel
            assert window.width() == width
            assert page.geometry() == window.rect()
            window.show_texts(texts("180 min ago", "where next?", f"{width}{folded}"))
            window.settle()
            QApplication.sendPostedEvents()
            before = boxes(window)
            unclipped(page)
            window.show_texts(texts("just now", "support?", f"{width}{folded} again"))
            assert page.headline.fading
            assert boxes(window) == before
    assert window.strip.headline.setting is not Setting.STACKED


def unclipped(page: QWidget) -> None:
    """Every word of it has its room; the request is meant to end in an ellipsis."""
    for label in page.findChildren(FadingLabel):
        if label.isVisible() and not label.text().startswith("“"):
            metrics = QFontMetrics(label.font())
            assert metrics.horizontalAdvance(label.text()) <= label.width()
            assert metrics.height() <= label.height()
        assert page.rect().contains(label.geometry()) or label.parent() is not page
    headline = page.headline  # type: ignore[attr-defined]
    assert headline.sizeHint().width() <= headline.width()


def test_a_narrow_strip_of_44_pixels_is_one_line_with_the_time_alone(
    make: Make,
) -> None:
    window = make()
    window.set_width(window.standing.widths.least)
    window.fold(folded=True)
    assert window.height() == 44
    assert window.width() <= 220
    assert window.strip.headline.setting is Setting.TIME
    assert window.strip.headline.accessibleName().startswith("Last partnered · ")


@pytest.mark.parametrize(
    ("point", "edges"),
    [
        ((144, 100), Edges.NONE),
        ((144, 0), Edges.NONE),
        ((0, 100), Edges.LEFT),
        ((299, 100), Edges.RIGHT),
        ((144, 257), Edges.BOTTOM),
        ((299, 257), Edges.RIGHT | Edges.BOTTOM),
    ],
)
def test_where_the_mouse_takes_hold(
    make: Make, point: tuple[int, int], edges: Edges
) -> None:
    window = make()
    at = QPoint(*point)
    assert edges_at(at, window.size()) == edges
    QTest.mouseMove(window, at)
    arrow = window.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert arrow is (edges == Edges.NONE)


def test_it_is_widened_at_either_edge_and_remembers_it(make: Make) -> None:
    window = make()
    told = chosen(window)
    corner = window.pos()
    drag(window, QPoint(window.width() - 2, 60), QPoint(60, 0))
    assert window.width() == 300 + 60
    assert window.pos() == corner
    drag(window, QPoint(2, 60), QPoint(30, 0))
    assert window.width() == 300 + 30
    assert window.pos() == corner + QPoint(30, 0)
    assert [round(one.breadth * 300) for one in told] == [360, 330]
    drag(window, QPoint(2, 60), QPoint(9_000, 0))
    assert window.width() == window.standing.widths.least
    assert window.geometry().right() == corner.x() + 300 + 60 - 1
    again = make(choice=window.choice)
    assert again.geometry() == window.geometry()


def test_pulling_its_lower_edge_chooses_between_panel_and_strip(make: Make) -> None:
    window = make()
    panel = window.size()
    drag(window, QPoint(144, panel.height() - 2), QPoint(0, -60))
    assert window.size() == panel
    drag(window, QPoint(144, panel.height() - 2), QPoint(0, -150))
    assert window.height() == 44
    assert window.choice.folded
    drag(window, QPoint(144, 42), QPoint(0, 160))
    assert window.size() == panel


# -- place -------------------------------------------------------------------------


def test_at_first_it_stands_beside_the_camera_of_the_first_screen(make: Make) -> None:
    around = FakeScreens(DESK, LAPTOP)
    window = make(screens=around)
    assert window.pos() == QPoint(1366 // 2 + 24, 30 + 56)
    assert window.choice.places == ()


def test_it_leaves_with_a_screen_and_comes_back_with_it(make: Make) -> None:
    screens = FakeScreens(LAPTOP, DESK)
    window = make(screens=screens)
    drag(window, QPoint(100, 100), QPoint(1_700, 400))
    there = window.pos()
    assert DESK.whole.x < there.x()
    told = chosen(window)
    screens.become(LAPTOP)
    assert window.pos() == QPoint(1366 // 2 + 24, 30 + 56)
    screens.become()
    screens.become(LAPTOP, DESK)
    assert window.pos() == there
    smaller = screen("desk", 1366, 1280, 720)
    screens.become(LAPTOP, smaller)
    assert window.pos().x() == 1366 + round((there.x() - 1366) / 2)
    assert window.geometry().bottom() < 720
    screens.become(LAPTOP, DESK)
    assert window.pos() == there
    assert told == []  # the coach did not move it
    assert make(screens=screens, choice=window.choice).pos() == there


def test_let_go_out_of_sight_it_comes_back_to_the_edge(make: Make) -> None:
    window = make()
    drag(window, QPoint(100, 100), QPoint(5_000, 5_000))
    assert window.geometry().right() == 1365
    assert window.geometry().bottom() == 767
    window.fold(folded=True)
    drag(window, QPoint(100, 20), QPoint(0, 5_000))
    strip = window.geometry()
    window.fold(folded=False)
    assert window.geometry().bottom() == 767
    window.fold(folded=True)
    assert window.geometry() == strip
    window.act(WindowAct.CAMERA)
    assert window.pos() == QPoint(1366 // 2 + 24, 30 + 56)
    assert window.choice.places[0].screen == "laptop"


# -- by keys -----------------------------------------------------------------------


def press(window: SidebarWindow, key: Qt.Key, modifier: object = NONE) -> None:
    QTest.keyClick(window, key, modifier)  # type: ignore[call-overload]


def test_enter_keeps_what_the_keys_did(make: Make) -> None:
    window = make()
    told = chosen(window)
    corner, width = window.pos(), window.width()
    press(window, Qt.Key.Key_M)
    assert QWidget.keyboardGrabber() is window
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down, CTRL)
    assert window.pos() == corner + QPoint(-16, 17)
    press(window, Qt.Key.Key_Right, SHIFT)
    assert window.width() == width + 16
    press(window, Qt.Key.Key_Up, SHIFT)
    assert window.folded
    told.clear()
    press(window, Qt.Key.Key_B)  # no bookmark: the keyboard moves the window
    press(window, Qt.Key.Key_Return)
    assert QWidget.keyboardGrabber() is None
    (choice,) = told
    assert choice.places[0].screen == "laptop"
    assert choice.folded


def test_escape_puts_it_back(make: Make) -> None:
    window = make(screens=FakeScreens(LAPTOP, DESK))
    before = window.geometry()
    window.act(WindowAct.HOLD)
    press(window, Qt.Key.Key_Tab)
    assert window.pos().x() > DESK.whole.x
    press(window, Qt.Key.Key_Left, SHIFT)
    press(window, Qt.Key.Key_Up, SHIFT)
    press(window, Qt.Key.Key_Escape)
    assert window.geometry() == before
    assert window.choice.places == ()
    assert not window.choice.folded


def test_the_keys_leave_it_in_sight_and_say_where_it_is(make: Make) -> None:
    window = make()
    keys_told = window.accessibleDescription()
    window.act(WindowAct.HOLD)
    assert "Enter keeps" in window.accessibleDescription()
    for _ in range(80):
        press(window, Qt.Key.Key_Right)
    assert window.geometry().right() == 1365
    told = window.accessibleDescription()
    assert told == f"{1366 - 300} from the left, 56 from the top, panel, 300 wide"
    press(window, Qt.Key.Key_Home)
    assert window.pos() == QPoint(1366 // 2 + 24, 30 + 56)
    window.close()
    assert window.accessibleDescription() == keys_told
    assert QWidget.keyboardGrabber() is None


# -- opacity -----------------------------------------------------------------------


def alpha(window: SidebarWindow) -> int:
    """Of a point of the ground without words, 0..255."""
    return window.picture().pixelColor(300, 8).alpha()


def test_the_ground_shines_through_until_the_coach_comes_to_it(make: Make) -> None:
    window = make()
    hover(window, there=False)
    assert alpha(window) == 255
    told = chosen(window)
    window.window_menu.opacities[70].trigger()
    assert told == [SidebarChoice(opacity=70)]
    assert alpha(window) == pytest.approx(255 * 0.7, abs=1)
    hover(window, there=True)
    assert alpha(window) == 255
    hover(window, there=False)
    window.act(WindowAct.HOLD)
    assert alpha(window) == 255
    window.key_grip.let_go(keep=False)
    assert alpha(window) < 255


def test_in_high_contrast_nothing_shines_through(make: Make) -> None:
    window = make(Theme(HIGH_CONTRAST), choice=SidebarChoice(opacity=OPACITIES[-1]))
    hover(window, there=False)
    assert window.window_menu.opacities == {}
    assert alpha(window) == 255
    assert window.choice.opacity == OPACITIES[-1]  # for when it is over


# -- click-through -----------------------------------------------------------------


def through(window: SidebarWindow) -> bool:
    """Whether the system lets clicks through."""
    flags = window.windowHandle().flags()
    return bool(flags & Qt.WindowType.WindowTransparentForInput)


def test_clicks_go_through_with_a_sign_until_the_pointer_rests_on_it(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make()
    here = QPoint(-1, -1)
    monkeypatch.setattr(window.passing, "_pointer", lambda: here)
    window.window_menu.acts[WindowAct.PASS].trigger()
    assert through(window)
    assert window.passing.sign.isVisible()
    for _ in range(2 * REST_MS // LOOK_MS):  # anywhere else it may rest
        window.passing._look()
    assert through(window)
    sign = window.passing.sign
    here = sign.mapToGlobal(sign.rect().center())
    window.passing._look()
    assert window.panel.findChild(QWidget, "request").text() == NOTE.text  # type: ignore[union-attr]
    for _ in range(REST_MS // LOOK_MS - 1):
        window.passing._look()
    assert not through(window)
    assert not window.passing.sign.isVisible()
    window.settle()
    close = named_sign(window, "Close the sidebar")
    hover(window, there=True)
    assert not close.isVisible()  # it would be where the pointer rested
    QApplication.sendEvent(window, QEvent(QEvent.Type.Leave))
    hover(window, there=True)
    assert close.isVisible()
    assert window.panel.findChild(QWidget, "request").text() != NOTE.text  # type: ignore[union-attr]


def named_sign(window: SidebarWindow, name: str) -> QuietButton:
    signs = window.findChildren(QuietButton)
    return next(sign for sign in signs if sign.accessibleName() == name)


def test_hiding_and_the_tray_end_click_through(make: Make) -> None:
    window = make()
    tray = Tray(window._theme, window, BINDINGS)
    window.act(WindowAct.PASS)
    window.hide()
    window.show()
    assert through(window)
    window.do(Intent.HIDE)
    assert not through(window)
    window.act(WindowAct.PASS)
    assert not window.hiding
    tray.menu.aboutToShow.emit()
    take = named(tray, TAKE)
    assert take.isVisible()
    take.trigger()
    assert not through(window)
    tray.menu.aboutToShow.emit()
    assert not take.isVisible()


# -- tray --------------------------------------------------------------------------


def named(tray: Tray, name: str) -> QAction:
    (action,) = (one for one in tray.menu.actions() if one.text() == name)
    return action


def test_the_tray_offers_what_the_sidebar_offers_and_the_review(
    make: Make, qtbot: QtBot
) -> None:
    window = make()
    tray = Tray(window._theme, window, BINDINGS)
    tray.menu.aboutToShow.emit()
    offered = [one.text() for one in window.menu.actions() if one.text()]
    window.name_menu(window.menu)
    offered = [one.text() for one in window.menu.actions() if one.text()]
    shown = [one.text() for one in tray.menu.actions() if one.isVisible()]
    assert [name for name in shown if name] == offered
    review = named(tray, REVIEW)
    assert not review.isVisible()
    tray.offer_review()
    assert review.isVisible()
    with qtbot.waitSignal(tray.review_asked):
        review.trigger()
    hide = next(one for one in tray.menu.actions() if one.data() is Intent.HIDE)
    hide.trigger()
    assert window.hiding


def test_the_trays_sign_has_one_colour_in_every_size(theme: Theme) -> None:
    del theme
    for size in SIZES:
        image = sign().pixmap(size, size).toImage()
        colors = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert len(colors) == 1


# -- what the system can -----------------------------------------------------------


def words(window: SidebarWindow) -> list[str]:
    return [one.text() for one in window.window_menu.actions() if one.text()]


def test_what_ends_the_session_is_the_last_line_under_a_rule(make: Make) -> None:
    window = make()
    tray = Tray(Theme(LIGHT, 1.0), window, BINDINGS)
    for menu in (window.menu, tray.menu):
        *others, rule, end = menu.actions()
        assert end.data() is Intent.END
        assert rule.isSeparator()
        assert window.window_menu.menuAction() in others
        assert SETTINGS in {one.text() for one in others}


def test_on_native_wayland_nothing_is_offered_that_cannot_be_had(make: Make) -> None:
    window = make(wayland=True, choice=SidebarChoice(places=(Place("laptop", 0.9, 0),)))
    assert window.pos() == QPoint()  # nobody put it anywhere
    assert set(window.window_menu.acts) == {WindowAct.HOLD}
    assert any("stay on top" in line for line in words(window))
    window.act(WindowAct.HOLD)
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Left, SHIFT)
    assert window.accessibleDescription() == "panel, 284 wide"
    press(window, Qt.Key.Key_Return)
    assert window.choice.places == (Place("laptop", 0.9, 0),)  # for X11 again


def test_where_sharing_shows_it_the_menu_says_so_and_what_to_do(make: Make) -> None:
    window = make()
    assert WindowAct.UNSHARE not in window.window_menu.acts
    assert any("hide the sidebar with H" in line for line in words(window))


@pytest.mark.parametrize("needs_opaque", [False, True])
def test_the_system_is_asked_again_after_each_show(
    make: Make, *, needs_opaque: bool
) -> None:
    shield = ScriptedShield(answer=True, needs_opaque=needs_opaque)
    window = make(shield=shield, choice=SidebarChoice(opacity=70))
    hover(window, there=False)
    corner = window.pos()
    assert shield.asked == []
    window.act(WindowAct.UNSHARE)
    assert window.choice.unshared
    assert (alpha(window) == 255) is needs_opaque
    window.hide()
    shield.asked.clear()
    window.show()
    assert shield.asked == [(int(window.winId()), True)]
    window.act(WindowAct.UNSHARE)
    assert shield.asked[-1] == (int(window.winId()), False)
    assert alpha(window) < 255
    assert window.isVisible()
    assert window.pos() == corner


def test_a_refusal_is_told_and_not_wished_for_again(make: Make) -> None:
    window = make(shield=ScriptedShield(answer=False, needs_opaque=True))
    window.act(WindowAct.UNSHARE)
    assert not window.choice.unshared
    assert window.panel.findChild(QWidget, "request").text() == REFUSED  # type: ignore[union-attr]
    window.close()


def test_menu_tray_and_a_key_open_the_settings(make: Make) -> None:
    window = make()
    tray = Tray(window._theme, window, BINDINGS)
    asked: list[bool] = []
    window.settings_asked.connect(lambda: asked.append(True))
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    named(tray, SETTINGS).trigger()
    next(one for one in window.menu.actions() if one.text() == SETTINGS).trigger()
    assert len(asked) == 3
