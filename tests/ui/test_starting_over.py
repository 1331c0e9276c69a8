"""When a story starts over, what is not in the new one is nowhere any more."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import cast

import pytest
from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.engine_player import EnginePlayer, Timed, status
from tests.fakes.story import StoryBuilder

from sidelight.domain.events import SessionStarted, StoredEvent
from sidelight.domain.moments import DIRECTION, SUPPORT, Form
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Partial, Speaker
from sidelight.session.lost import LinkChanged
from sidelight.session.messages import (
    EventStored,
    Health,
    Message,
    PartialHeard,
    StartOver,
)
from sidelight.ui.app import _Session
from sidelight.ui.application import WindowOptions
from sidelight.ui.bridge import Bridge
from sidelight.ui.itemmodels.roles import ItemRole
from sidelight.ui.sidebar.window import SidebarWindow
from sidelight.ui.sidebar.wording import sidebar_texts
from sidelight.ui.theme.theme import Theme
from sidelight.ui.wordless import wordless

HIDDEN = "xylograph"
PUBLIC = "quixotic"


def session(mode: Mode = Mode.KEEP) -> list[StoredEvent]:
    """Two of everything: one that may stay, one that has to go."""
    told = StoryBuilder()
    started = told.events[0]
    assert isinstance(started, SessionStarted)
    told.events[0] = replace(started, session=replace(started.session, mode=mode))
    told.moment(told.coach(f"Where to go, {PUBLIC} as it is?"), SUPPORT, None, 1)
    told.client(f"The {PUBLIC} way, please.")
    wanted = told.client(f"I want my {HIDDEN} back.")
    told.request(wanted)
    told.moment(told.coach(f"Which {HIDDEN} first?"), DIRECTION, Form.OPEN, 2)
    told.coach(f"It is {PUBLIC}.")
    told.client(f"I'll bring my {HIDDEN} to them tonight.")
    return told.stored()


def without_hidden(events: list[StoredEvent]) -> list[StoredEvent]:
    return [stored for stored in events if HIDDEN not in repr(stored)]


def hidden_partial() -> PartialHeard:
    words = next(
        said.words for said in tell(session()).utterances if HIDDEN in said.text
    )
    return PartialHeard(Partial(Speaker.CLIENT, Millis(0), words, 1, Millis(9)))


def sent(*parts: Message | LinkChanged | list[StoredEvent]) -> list[Timed]:
    timed: list[Timed] = []
    for part in parts:
        if isinstance(part, list):
            timed += [Timed(Millis(0), EventStored(stored)) for stored in part]
        else:
            timed.append(Timed(Millis(0), part))
    return timed


# -- everything that can be read ------------------------------------------------------


def read_aloud(widget: QWidget) -> Iterator[str]:
    """What one widget shows, says or answers when it is asked."""
    yield from (
        widget.windowTitle(),
        widget.toolTip(),
        widget.statusTip(),
        widget.whatsThis(),
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.objectName(),
    )
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QAbstractItemView):
        yield from rows(widget.model())
    for action in widget.findChildren(QAction):
        yield action.text()


def rows(model: QAbstractItemModel) -> Iterator[str]:
    for number in range(model.rowCount()):
        for role in (*Qt.ItemDataRole, *ItemRole):
            yield repr(model.index(number, 0).data(role))


def strings_within(*roots: object) -> Iterator[str]:
    """Every string that can be reached from these: attributes, caches, everything."""
    seen: set[int] = set()
    waiting: list[object] = list(roots)
    skipped = (type, ModuleType, FunctionType, BuiltinFunctionType, EnginePlayer)
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, skipped):
            continue
        seen.add(id(one))
        if isinstance(one, str):
            yield one
        waiting += gc.get_referents(one)


def everything(*roots: QObject) -> str:
    parts = [part for root in roots for part in (root, *root.findChildren(QObject))]
    widgets = [part for part in parts if isinstance(part, QWidget)]
    aloud = (text for widget in widgets for text in read_aloud(widget))
    return "\n".join((*aloud, *strings_within(*parts)))


@pytest.fixture
def show(theme: Theme, qtbot: QtBot) -> Iterator[Callable[[list[Timed]], _Session]]:
    """Plays messages to both windows of a whole window process."""
    shown: list[_Session] = []

    def play(timed: list[Timed]) -> _Session:
        window = _Session(EnginePlayer(timed), theme, WindowOptions())
        shown.append(window)
        window.start()
        qtbot.waitUntil(lambda: arrived(window._bridge, timed))
        window._open_drawer()  # it is made when it is first asked for
        if window._wrap_up is not None:
            window._open_review()  # both at once: as when it is opened from there
        return window

    yield play
    for window in shown:
        if window._review is not None:
            window._review.closed.disconnect(window.leave)  # no loop is to end here
        window.stop()


def arrived(bridge: Bridge, timed: list[Timed]) -> bool:
    return bridge.status is not None and bridge.status == timed[-1].message


END = status(99_000, Health.ENDED)
RUNNING = status(99_000)


def parts(window: _Session) -> tuple[QObject, ...]:
    found = (window, window._bridge, window._sidebar)
    later = (window._drawer, window._wrap_up, window._review)
    return (*found, *(part for part in later if part is not None))


def test_the_walk_finds_what_is_shown(
    show: Callable[[list[Timed]], _Session],
) -> None:
    window = show(sent(session(), END))
    window._review.selection.choose_moment(tell(session()).moments[1].id)  # type: ignore[union-attr]
    window._review.picture()  # type: ignore[union-attr]
    for part in parts(window)[1:]:
        assert HIDDEN in everything(part), part
    assert len(parts(window)) == 6
    spoken = "".join(read_aloud(cast("QWidget", window._review).timeline))  # type: ignore[attr-defined]
    assert "where next" in spoken


@pytest.mark.parametrize("ended", [False, True])
def test_what_went_off_the_record_can_be_reached_from_nowhere(
    show: Callable[[list[Timed]], _Session], *, ended: bool
) -> None:
    events = session() if ended else session()[:-1]
    left = without_hidden(events)
    newest = left[-1].seq
    timed = sent(events, hidden_partial(), StartOver(newest), left)
    window = show([*timed, Timed(Millis(0), END if ended else RUNNING)])
    found = everything(*parts(window))
    assert HIDDEN not in found
    assert PUBLIC in found
    assert window._bridge.story == tell(left)
    assert (window._review is not None) is ended
    assert (window._wrap_up is not None) is ended


def test_a_review_that_is_open_forgets_what_is_selected_drawn_and_measured(
    show: Callable[[list[Timed]], _Session],
) -> None:
    window = show(sent(session(), END))
    review = window._review
    assert review is not None
    review.selection.choose_moment(tell(session()).moments[1].id)
    review.picture()
    before = review.timeline.grab().toImage()
    left = without_hidden(session())
    for message in sent(StartOver(left[-1].seq), left):
        window._bridge._fold(message.message)
    assert HIDDEN not in everything(*parts(window))
    assert review.selection.moment in {None, *(m.id for m in tell(left).moments)}
    assert review.timeline.grab().toImage() != before
    assert review.transcript.model().rowCount() == len(tell(left).utterances)


@pytest.mark.parametrize("last", ["the end", "the engine is gone", "a new story"])
def test_a_session_that_is_only_live_leaves_no_word_behind(
    show: Callable[[list[Timed]], _Session], last: str
) -> None:
    events = session(Mode.LIVE_ONLY)
    running, over = events[:-1], events[-1:]
    if last == "the end":
        timed = sent(running, over, END)
    elif last == "the engine is gone":
        timed = sent(running, LinkChanged(connected=False), RUNNING)
    else:
        bare = [
            stored
            for stored in events
            if not (HIDDEN in repr(stored) or PUBLIC in repr(stored))
        ]
        timed = sent(running, over, StartOver(bare[-1].seq), bare, END)
    window = show(timed)
    found = everything(*parts(window))
    assert HIDDEN not in found
    assert PUBLIC not in found
    if last != "a new story":
        kept = window._bridge.story
        assert kept == wordless(kept)
        assert [moment.kind for moment in kept.moments] == [SUPPORT, DIRECTION]
        assert "Asked for" not in found


def test_nothing_flickers_while_a_new_story_is_folded(
    theme: Theme, qtbot: QtBot
) -> None:
    """What both stories have stays in place, in the sidebar and in the models."""
    events = session()[:-1]
    left = without_hidden(events)
    cut = len(left) - 2
    bridge = Bridge(EnginePlayer([]))
    sidebar = SidebarWindow(theme)
    qtbot.addWidget(sidebar)
    shown: list[str] = []
    removed: list[int] = []

    def look() -> None:
        sidebar.show_texts(sidebar_texts(bridge.story, bridge.status))
        shown.append(sidebar.panel.headline.text())

    bridge.changed.connect(look)
    bridge.transcript.rowsRemoved.connect(lambda _, first: removed.append(first))
    for message in sent(events, RUNNING):
        bridge._fold(message.message)
    with qtbot.assertNotEmitted(bridge.transcript.modelReset):
        for message in sent(StartOver(left[-1].seq), left[:cut], RUNNING):
            bridge._fold(message.message)
        assert set(shown) == {"Last partnered · 1 min ago · where next?"}
        assert removed == []
        for message in sent(left[cut:], RUNNING):
            bridge._fold(message.message)
    assert set(shown[-1:]) == {"Last partnered · 1 min ago · support?"}
    assert len(removed) == 3
    assert bridge.story == tell(left)


def test_a_new_story_that_breaks_off_does_not_keep_the_old_one(qtbot: QtBot) -> None:
    bridge = Bridge(EnginePlayer([]))
    left = without_hidden(session()[:-1])
    told = sent(session()[:-1], StartOver(left[-1].seq), left[:2])
    for message in told:
        bridge._fold(message.message)
    assert HIDDEN in everything(bridge)
    with qtbot.waitSignal(bridge.retold):
        bridge._fold(LinkChanged(connected=False))
    assert HIDDEN not in everything(bridge)
    assert bridge.story == tell(left[:2])


def test_with_nothing_left_nothing_is_waited_for(qtbot: QtBot) -> None:
    bridge = Bridge(EnginePlayer([]))
    for message in sent(session()):
        bridge._fold(message.message)
    with qtbot.waitSignal(bridge.retold):
        bridge._fold(StartOver(0))
    assert HIDDEN not in everything(bridge)
    assert bridge.transcript.rowCount() == bridge.moments.rowCount() == 0


def test_the_end_is_told_once_however_often_it_is_folded(qtbot: QtBot) -> None:
    bridge = Bridge(EnginePlayer([]))
    ends: list[int] = []
    bridge.ended.connect(lambda: ends.append(1))
    del qtbot
    again = session()
    for message in sent(again, StartOver(again[-1].seq), again):
        bridge._fold(message.message)
    assert ends == [1]
    assert bridge.story.ended
