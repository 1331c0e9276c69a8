"""Every window for a screen reader and without a mouse, as Qt would tell it.

Through ``QAccessible``, which is what every system's screen reader gets to see.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from sidelight.domain.moments import MomentId
from sidelight.domain.story import tell
from sidelight.session.looking_back import look_back
from sidelight.settings.keys import Buttons
from sidelight.ui.dialogs.export.window import ExportWindow
from sidelight.ui.gallery import SIDEBARS, review_of
from sidelight.ui.home.window import HomeWindow
from sidelight.ui.itemmodels.transcript import TranscriptModel
from sidelight.ui.platform.hotkeys import NoHotkeys
from sidelight.ui.review.beside import CLIENT_NOTE, REFLECTION, SHOWN
from sidelight.ui.review.opening import StandingReview
from sidelight.ui.review.timeline import TimelineView
from sidelight.ui.review.window import HEIGHT, WIDTH
from sidelight.ui.sidebar.buttons import ButtonDesk
from sidelight.ui.sidebar.buttons_dialog import ButtonsDialog
from sidelight.ui.sidebar.drawer import Drawer
from sidelight.ui.sidebar.intents import BINDINGS
from sidelight.ui.sidebar.room_window import RoomWindow
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.specimen import interrupted_events, specimen_events
from sidelight.ui.specimen_home import HOMES
from sidelight.ui.specimen_notes import noted_story
from sidelight.ui.specimen_room import SCREEN
from sidelight.ui.theme.theme import Theme
from sidelight.ui.widgets.quiet_link import QuietLink
from sidelight.ui.wrapup.window import WrapUpWindow

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
ROLES = {
    *(QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane),
    *(QAccessible.Role.Window, QAccessible.Role.Grouping),
}
"""Roles that say nothing about what can be done."""


def home(news: str) -> Callable[[Theme], QWidget]:
    def made(theme: Theme) -> QWidget:
        window = HomeWindow(theme)
        if news.startswith("card"):
            window.take(HOMES["sessions"][0])
        for one in HOMES[news]:
            window.take(one)
        return window

    return made


def sidebar(theme: Theme) -> QWidget:
    window = SidebarWindow(theme)
    window.show_texts(SIDEBARS["off-record"])
    return window


def wrap_up(theme: Theme) -> QWidget:
    return WrapUpWindow(theme, look_back(tell(specimen_events())))


def drawer(theme: Theme) -> QWidget:
    story, rows = tell(specimen_events()), TranscriptModel()
    rows.show(story.utterances[:9], story.moments)
    panel = SidebarWindow(theme)
    window = Drawer(theme, rows, panel)
    rows.setParent(window)
    window.destroyed.connect(panel.deleteLater)
    return window


def room(theme: Theme) -> QWidget:
    window = RoomWindow(theme, SCREEN, BINDINGS)
    window.show_texts(SIDEBARS["off-record"])
    return window


def buttons(theme: Theme) -> QWidget:
    desk = ButtonDesk(Buttons({"bookmark": "PgDown"}), lambda _: None, NoHotkeys())
    window = ButtonsDialog(theme, desk)
    desk.setParent(window)
    return window


def review_page(page: str) -> Callable[[Theme], QWidget]:
    """The review with this page beside the transcript, all of it in view."""

    def made(theme: Theme) -> QWidget:
        window = StandingReview(theme, noted_story())
        window.resize(WIDTH, 3 * HEIGHT)
        window.playback.offer(available=True)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        window.pages.open_page(page)
        window.pages.settle()
        note = window.pages.client_note
        if note is not None:
            note.change.setChecked(True)
            next(row for part in note.parts[1:] for row in part.rows).begin()
        return window

    return made


WINDOWS: dict[str, Callable[[Theme], QWidget]] = {
    **{f"home-{name}": home(name) for name in HOMES},
    "sidebar": sidebar,
    "drawer": drawer,
    "room": room,
    "buttons": buttons,
    "wrap-up": wrap_up,
    "export": lambda theme: ExportWindow(theme, tell(specimen_events())),
    "review": lambda theme: review_of(theme, specimen_events()),
    "review-shown": review_page(SHOWN),
    "review-client-note": review_page(CLIENT_NOTE),
    "review-reflection": review_page(REFLECTION),
    "review-interrupted": lambda theme: review_of(theme, interrupted_events()),
}


@pytest.fixture
def shown(theme: Theme, request: pytest.FixtureRequest) -> Iterator[QWidget]:
    window = WINDOWS[request.param](theme)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    QApplication.sendPostedEvents()
    yield window
    window.close()
    window.deleteLater()


def parts(window: QWidget) -> list[QWidget]:
    """The window and everything visible in it."""
    inner = window.findChildren(QWidget)
    return [window, *(one for one in inner if one.isVisibleTo(window))]


def told(widget: QWidget) -> QAccessibleInterface:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert interface is not None
    return interface


def names_of(widget: QWidget) -> str:
    """What it is called: its own name, or that of what labels it."""
    interface = told(widget)
    labels = interface.relations(QAccessible.RelationFlag.Label)
    return " ".join(
        filter(None, (interface.text(NAME), *(one[0].text(NAME) for one in labels)))
    )


def has_keyboard(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()


@pytest.mark.parametrize("shown", WINDOWS, indirect=True)
def test_everything_has_a_name_and_a_role_and_tab_goes_as_one_reads(
    shown: QWidget,
) -> None:
    """Two promises over one look: making a window takes most of the time."""
    all_have_names_and_roles(shown)
    tab_goes_as_one_reads(shown)


def all_have_names_and_roles(window: QWidget) -> None:
    for one in parts(window):
        acts = has_keyboard(one) or isinstance(one, QAbstractButton)
        idle = isinstance(one, QuietLink) and not one.isEnabled()
        if acts and not idle:
            assert names_of(one), f"{one} has no name"
            # A window is one, whatever it takes.
            assert one is window or told(one).role() not in ROLES, f"{one}: no role"


def tab_goes_as_one_reads(window: QWidget) -> None:
    """The next stop is never wholly above the one before, except in a column beside."""
    stops = [one for one in chain(window) if has_keyboard(one)]
    for before, after in pairwise(stops):
        a, b = place(before, window), place(after, window)
        above, beside = b.bottom() <= a.top(), b.left() >= a.right()
        assert not above or beside, f"{names_of(before)} → {names_of(after)}"


def chain(window: QWidget) -> Iterator[QWidget]:
    """Everything visible, in the order of the tab key."""
    one = window.nextInFocusChain()
    while one is not None and one is not window:
        if one.isVisibleTo(window) and one.window() is window:
            yield one
        one = one.nextInFocusChain()


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def the_timeline(window: QWidget) -> TimelineView:
    found = window.findChild(TimelineView)
    assert isinstance(found, TimelineView)
    return found


@pytest.mark.parametrize("shown", ["review-interrupted"], indirect=True)
def test_the_timelines_moments_are_read_one_by_one(shown: QWidget) -> None:
    timeline = the_timeline(shown)
    interface = told(timeline)
    items = [interface.child(n) for n in range(interface.childCount())]
    names = [item.text(NAME) for item in items]
    assert interface.role() is QAccessible.Role.List
    assert "on track · 4:45" in names, "the time at which its mark stands"
    assert names == sorted(names, key=lambda name: minutes(name.rpartition(" · ")[2]))
    assert all(item.text(DESCRIPTION).endswith(".") for item in items)
    assert all(item.parent().text(NAME) == interface.text(NAME) for item in items)

    middle = items[3].rect().center()
    assert interface.indexOfChild(interface.childAt(middle.x(), middle.y())) == 3
    timeline._selection.choose_moment(MomentId(1, 7))
    chosen = [item.text(NAME) for item in items if item.state().selected]
    assert chosen == ["acknowledged a strength · 4:01"]
    hollow = items[names.index("where next · 2:33")]
    assert "who said it is not certain" in hollow.text(DESCRIPTION)


def minutes(clock: str) -> int:
    first, _, second = clock.partition(":")
    return int(first) * 60 + int(second)


@pytest.mark.parametrize("shown", ["review"], indirect=True)
def test_what_is_erased_cannot_be_read_any_more(shown: QWidget) -> None:
    timeline = the_timeline(shown)
    interface = told(timeline)
    last = interface.child(interface.childCount() - 1)
    assert last.text(NAME)
    timeline.show_story(type(timeline._story)())
    assert interface.childCount() == 0
    assert not last.isValid()
    assert last.text(NAME) == ""
    assert last.state().invalid
