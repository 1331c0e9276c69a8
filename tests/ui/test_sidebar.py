"""The sidebar shows state in fixed boxes, fades, and never takes the focus."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.engine_player import recording

from sidelight.domain.story import Story
from sidelight.session.messages import EventStored, Status
from sidelight.ui.kindwords import QUESTIONS
from sidelight.ui.sidebar.headline import Setting
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import (
    ASKED_AT_START,
    DASH,
    Dot,
    Headline,
    HealthLine,
    KindLine,
    SidebarTexts,
    sidebar_texts,
)
from sidelight.ui.specimen import REQUEST, specimen_events
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import LIGHT, Motion, Role
from sidelight.ui.widgets.elide import elide, elide_middle
from sidelight.ui.widgets.fading_label import FadingLabel
from sidelight.ui.widgets.quiet_button import QuietButton

SCALES = (1.0, 1.25, 1.5, 2.0)


def texts(
    since: str = "6 min ago", how: str = "where next?", moment: str = "m1:1"
) -> SidebarTexts:
    kinds = tuple(
        KindLine(kind, name, ASKED_AT_START, "m1:1") for kind, name in QUESTIONS.items()
    )
    return SidebarTexts(
        Headline("Last partnered", since, how, moment),
        kinds,
        "24 of 180 min",
        HealthLine(Dot.RING, "recording only", "recording goes on without words"),
        "a way of telling the board that does not go over the heads of my own team, "
        "and that I can still stand behind in a year from now",
    )


@pytest.fixture
def sidebar(theme: Theme, qtbot: QtBot) -> SidebarWindow:
    """A sidebar on screen."""
    window = SidebarWindow(theme)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def boxes(window: QWidget) -> list[tuple[QRect, QPoint]]:
    return [
        (child.geometry(), child.mapToGlobal(QPoint()))
        for child in (window, *window.findChildren(QWidget))
    ]


@pytest.mark.parametrize(
    ("minute", "line", "states", "clock"),
    [
        (0.5, "just begun", (DASH,) * 3, "just begun, 10 min"),
        (
            1.1,
            "Last partnered · just now · support?",
            ("just now", "not yet", "not yet"),
            "1 of 10 min",
        ),
        (
            2.0,
            "Last partnered · just now · where next?",
            ("just now", "just now", "not yet"),
            "2 of 10 min",
        ),
        (
            4.6,
            "Last partnered · 2 min ago · where next?",
            ("3 min ago", "2 min ago", "not yet"),
            "4 of 10 min",
        ),
        (
            4.9,
            "Last partnered · just now · on track?",
            ("3 min ago", "2 min ago", "just now"),
            "4 of 10 min",
        ),
    ],
)
def test_a_recorded_session_folds_into_these_texts(
    minute: float, line: str, states: tuple[str, ...], clock: str
) -> None:
    story, status = Story(), None
    for timed in recording(specimen_events()):
        if timed.at > minute * 60_000:
            break
        if isinstance(timed.message, EventStored):
            story = story.after(timed.message.stored)
        elif isinstance(timed.message, Status):
            status = timed.message
    shown = sidebar_texts(story, status)
    assert shown.headline.line == line
    assert tuple(kind.state for kind in shown.kinds) == states
    assert shown.clock == clock
    assert shown.request == (REQUEST if minute > 0.6 else "")


@pytest.mark.parametrize("folded", [False, True])
def test_a_reset_moves_and_resizes_nothing(
    sidebar: SidebarWindow, qtbot: QtBot, *, folded: bool
) -> None:
    sidebar.fold(folded=folded)
    sidebar.show_texts(texts("25 min ago", "on track?"))
    sidebar.settle()
    page = sidebar.strip if folded else sidebar.panel
    before = boxes(sidebar)
    sidebar.show_texts(texts("just now", "support?", "m1:2"))
    assert page.headline.fading
    assert boxes(sidebar) == before
    qtbot.wait(Motion.RESET // 2)
    assert page.headline.fading
    assert boxes(sidebar) == before
    qtbot.waitUntil(lambda: not page.headline.fading, timeout=Motion.RESET * 3)
    assert boxes(sidebar) == before
    shown = "recording only" if folded else "support?"  # it has no other place
    assert page.headline.text() == f"Last partnered · just now · {shown}"


def test_a_reset_is_a_cross_fade_between_the_two_pictures(
    sidebar: SidebarWindow, qtbot: QtBot
) -> None:
    def look() -> QImage:
        return sidebar.panel.headline.grab().toImage()

    sidebar.show_texts(texts("25 min ago", "on track?"))
    sidebar.settle()
    old = look()
    sidebar.show_texts(texts("just now", "support?", "m1:2"))
    qtbot.wait(Motion.RESET // 2)
    middle = look()
    sidebar.settle()
    new = look()
    assert middle != old
    assert middle != new
    assert old != new


def test_reduced_motion_shows_the_new_text_at_once(qtbot: QtBot, theme: Theme) -> None:
    del theme
    window = SidebarWindow(Theme(LIGHT, 1.0, reduced_motion=True))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.show_texts(texts("25 min ago", "on track?"))
    window.show_texts(texts("just now", "support?", "m1:2"))
    assert not window.panel.headline.fading


def test_nothing_in_it_accepts_the_focus(sidebar: SidebarWindow) -> None:
    flags = sidebar.windowFlags()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint
    assert sidebar.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    for child in (sidebar, *sidebar.findChildren(QWidget)):
        assert child.focusPolicy() is Qt.FocusPolicy.NoFocus, child


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("folded", [False, True])
def test_no_word_is_clipped_at_any_text_size(
    qtbot: QtBot, theme: Theme, scale: float, *, folded: bool
) -> None:
    del theme
    window = SidebarWindow(Theme(LIGHT, scale), folded=folded)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.show_texts(texts("180 min ago", "where next?"))
    window.settle()
    for label in window.findChildren(FadingLabel):
        if not label.isVisible() or label.text().startswith("“"):
            continue  # the request is meant to end in an ellipsis
        needed = QFontMetrics(label.font()).horizontalAdvance(label.text())
        assert needed <= label.width(), label.text()
        assert QFontMetrics(label.font()).height() <= label.height()
    page = window.strip if folded else window.panel
    assert page.headline.sizeHint().width() <= page.headline.width()
    assert window.rect().contains(page.geometry())


@pytest.mark.parametrize(
    ("scale", "folded", "setting"),
    [
        (1.0, False, Setting.DISPLAY),
        (2.0, False, Setting.STACKED),
        (1.0, True, Setting.BRIEF),
        (2.0, True, Setting.BRIEF),
    ],
)
def test_the_headline_is_set_to_fit_the_text_size(
    qtbot: QtBot, theme: Theme, scale: float, setting: Setting, *, folded: bool
) -> None:
    del theme
    window = SidebarWindow(Theme(LIGHT, scale), folded=folded)
    qtbot.addWidget(window)
    page = window.strip if folded else window.panel
    assert page.headline.setting is setting


def test_it_is_narrow_and_folds_to_a_strip_of_44_pixels(sidebar: SidebarWindow) -> None:
    assert 260 <= sidebar.width() <= 300
    top_left = sidebar.pos()
    QTest.mouseDClick(sidebar, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert sidebar.folded
    assert sidebar.height() == 44
    assert sidebar.pos() == top_left
    QTest.mouseDClick(sidebar, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert not sidebar.folded


def test_it_moves_with_the_mouse(sidebar: SidebarWindow) -> None:
    start = sidebar.pos()
    QTest.mousePress(sidebar, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    QTest.mouseMove(sidebar, QPoint(60, 42))
    QTest.mouseRelease(sidebar, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert sidebar.pos() - start == QPoint(40, 30)


def test_every_part_has_a_name_for_screen_readers(sidebar: SidebarWindow) -> None:
    sidebar.show_texts(texts())
    names = {
        child.accessibleName()
        for child in sidebar.panel.findChildren(QWidget)
        if child.accessibleName()
    }
    assert "Last partnered · 6 min ago · where next?" in names
    assert "support? asked at start" in names
    assert "Session: 24 of 180 min" in names
    assert "recording goes on without words" in names
    assert any(name.startswith("What the client asked for: ") for name in names)


def test_a_ticking_minute_changes_no_pixel_but_the_time(
    sidebar: SidebarWindow,
) -> None:
    """Unchanged words are drawn once, also in the middle of a fade."""
    sidebar.show_texts(texts("6 min ago"))
    sidebar.settle()
    view = sidebar.panel.headline
    label = QRect(0, 0, view.width(), 14)
    before = view.grab(label).toImage()
    sidebar.show_texts(texts("7 min ago"))
    QTest.qWait(Motion.TICK // 2)
    assert view.fading
    assert view.grab(label).toImage() == before


def test_the_signs_show_only_under_the_pointer_and_never_on_a_picture(
    sidebar: SidebarWindow,
) -> None:
    signs = sidebar.findChildren(QuietButton)

    def visible() -> set[str]:
        return {sign.accessibleName() for sign in signs if sign.isVisible()}

    # The screen's pointer may happen to stand on the window.
    QApplication.sendEvent(sidebar, QEvent(QEvent.Type.Leave))
    assert visible() == set()
    at_rest = sidebar.picture()
    here = QPointF(20, 20)
    QApplication.sendEvent(sidebar, QEnterEvent(here, here, here))
    assert visible() == {"What you can do", "Fold to one line", "Close the sidebar"}
    assert sidebar.picture() == at_rest
    QApplication.sendEvent(sidebar, QEvent(QEvent.Type.Leave))
    assert visible() == set()


def test_closing_it_is_told(sidebar: SidebarWindow, qtbot: QtBot) -> None:
    (close,) = (
        sign
        for sign in sidebar.findChildren(QuietButton)
        if sign.accessibleName() == "Close the sidebar"
    )
    with qtbot.waitSignal(sidebar.closed):
        close.click()
    assert not sidebar.isVisible()


@pytest.mark.parametrize("width", [60, 90, 140, 200])
@pytest.mark.parametrize("lines", [1, 2])
def test_what_does_not_fit_ends_after_a_whole_word_and_closes_its_quotation(
    theme: Theme, width: int, lines: int
) -> None:
    text = "“one two three four five six seven eight nine ten eleven twelve thirteen”"
    metrics = QFontMetrics(theme.font(Role.SMALL))
    found = elide(text, metrics, width, lines)
    assert len(found) <= lines
    assert all(metrics.horizontalAdvance(line) <= width for line in found)
    words = " ".join(found).split()
    assert words[-1] == "…”"
    assert words[:-1] == text.split()[: len(words) - 1]


def test_what_fits_stays_as_it_is(theme: Theme) -> None:
    metrics = QFontMetrics(theme.font(Role.SMALL))
    assert elide("“one two”", metrics, 500, 2) == ["“one two”"]
    assert elide("", metrics, 500, 2) == []


@pytest.mark.parametrize("scale", SCALES)
def test_letters_that_reach_out_to_the_left_are_drawn_whole(
    qtbot: QtBot, theme: Theme, scale: float
) -> None:
    """The tail of the "j" of "just now", which stands left of where a letter begins."""
    del theme
    window = SidebarWindow(Theme(LIGHT, scale))
    qtbot.addWidget(window)
    window.show_texts(texts("just now", "support?"))
    window.settle()
    bleed = window.panel.headline.bleed
    for role in (Role.SINCE, Role.STRONG, Role.SMALL):
        font = Theme(LIGHT, scale).font(role)
        assert -QFontMetrics(font).leftBearing("j") <= bleed
    image = window.panel.headline.grab().toImage()
    edge = {image.pixel(0, y) for y in range(image.height())}
    assert len(edge) == 1, "nothing is cut"


@pytest.mark.parametrize("width", [120, 160, 200])
def test_a_request_that_is_too_long_keeps_its_end(theme: Theme, width: int) -> None:
    text = "“one two three four five six seven eight nine ten eleven and mean it.”"
    metrics = QFontMetrics(theme.font(Role.SMALL))
    found = elide_middle(text, metrics, width, 2)
    assert len(found) <= 2
    assert all(metrics.horizontalAdvance(line) <= width for line in found)
    head, _, tail = " ".join(found).partition(" … ")
    assert text.startswith(head)
    assert tail.endswith("it.”")
    assert text.endswith(tail)
    assert elide_middle(text, metrics, 900, 2) == [text]
