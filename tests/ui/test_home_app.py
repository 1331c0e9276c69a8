"""Home's process: news come in, reviews open, and it leaves when it must."""

from __future__ import annotations

import queue
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type

from sidelight.domain.events import (
    MomentRemoved,
    NoteWritten,
    StoredEvent,
    WithdrawalCause,
    WrapUpFinished,
)
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.export.package import What
from sidelight.session.export_messages import (
    Preview,
    PreviewExport,
    PreviewMade,
    ToCheck,
    Wish,
)
from sidelight.session.firstrun.messages import Asked, LookAtFirstRun
from sidelight.session.home.messages import (
    Begun,
    LookAround,
    News,
    OpenSession,
    Refused,
    Request,
    SessionOpened,
    WrapUpSession,
    WrapUpStored,
)
from sidelight.session.lost import ConnectionLost
from sidelight.session.settings.messages import (
    LookAtSettings,
    OfSettings,
    SetOption,
    SettingsNews,
)
from sidelight.session.wrap_acts import FinishWrapUp, WriteNote
from sidelight.ui import specimen_home as seen
from sidelight.ui import specimen_settings
from sidelight.ui.home.app import HomeApp
from sidelight.ui.review.window import ReviewWindow
from sidelight.ui.specimen import specimen_events
from sidelight.ui.wrapup.wording import SAVED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.ui.theme.theme import Theme


class FakeLink:
    """A launcher that says what the test says."""

    def __init__(self) -> None:
        self.asked: list[Request | Asked | OfSettings] = []
        self.news: queue.Queue[News | SettingsNews | None] = queue.Queue()

    def send(self, request: Request | Asked | OfSettings) -> None:
        self.asked.append(request)

    def receive(self) -> News | SettingsNews | None:
        try:
            news = self.news.get(timeout=0.05)
        except queue.Empty:
            return None
        if news is None:
            raise ConnectionLost
        return news


class Running:
    """The process's parts without its loop; where it would leave is noted."""

    def __init__(self, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left = 0
        self.link = FakeLink()
        monkeypatch.setattr(QApplication, "exit", self._leave)
        self.app = HomeApp(self.link, theme)
        self.app.start()

    def _leave(self, code: int) -> None:
        assert code == 0
        self.left += 1

    def tell(self, *news: News | SettingsNews) -> None:
        for one in news:
            self.link.news.put(one)


@pytest.fixture
def running(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    running = Running(theme, monkeypatch)
    yield running
    running.app.stop()


def test_it_asks_how_things_stand_and_shows_it(running: Running, qtbot: QtBot) -> None:
    assert running.link.asked == [LookAround()]
    running.tell(seen.SEEN, seen.DEVICES)
    rows = running.app.window.home.sessions.rows
    qtbot.waitUntil(lambda: rows.rowCount() == len(seen.SESSIONS))


def test_a_session_is_opened_in_the_review_and_home_stays(
    running: Running, qtbot: QtBot
) -> None:
    running.tell(seen.SEEN)
    sessions = running.app.window.home.sessions
    qtbot.waitUntil(lambda: sessions.rows.rowCount() > 0)
    sessions.activated.emit(sessions.rows.index(0))
    assert running.link.asked[-1] == OpenSession(seen.SESSIONS[0].id)
    story = tell(specimen_events())
    running.tell(SessionOpened(story))
    qtbot.waitUntil(lambda: running.app.review is not None)
    first = running.app.review
    assert first is not None
    assert first.moments.model().rowCount() > 3
    running.tell(SessionOpened(story))
    qtbot.waitUntil(lambda: running.app.review is not first)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    windows = QApplication.topLevelWidgets()
    assert sum(isinstance(one, ReviewWindow) for one in windows) == 1, "one at a time"
    second = running.app.review
    assert second is not None
    second.close()
    assert running.app.window.isVisible()
    assert running.left == 0


def test_a_review_is_made_and_placed_in_turns_and_may_be_left_between(
    running: Running, qtbot: QtBot
) -> None:
    """All of it at once is more than the event loop may stand still: 50 ms."""
    story = tell(specimen_events())
    running.app.window.opened.emit(story, None)
    left = running.app.review
    assert left is not None
    assert left.layout() is None
    running.app.window.opened.emit(story, None)
    review = running.app.review
    assert review is not None
    assert review is not left
    assert not review.isVisible()
    qtbot.waitUntil(review.isVisible)
    assert review.layout() is not None
    assert review.focusWidget() is review.timeline


def test_nothing_of_a_review_that_was_left_stays_in_memory(
    running: Running, qtbot: QtBot
) -> None:
    """Its parts refer to each other, so it would without being looked for."""
    running.tell(seen.SEEN, SessionOpened(tell(specimen_events())))
    qtbot.waitUntil(lambda: running.app.review is not None)
    left = weakref.ref(running.app.review)
    running.tell(SessionOpened(tell(specimen_events())))
    qtbot.waitUntil(lambda: running.app.review is not left())
    qtbot.waitUntil(lambda: left() is None)


def test_it_leaves_when_a_session_begins(running: Running, qtbot: QtBot) -> None:
    running.tell(Begun())
    qtbot.waitUntil(lambda: running.left == 1)


def test_it_leaves_when_it_is_closed(running: Running) -> None:
    running.app.window.close()
    assert running.left == 1


def test_it_leaves_when_the_launcher_is_gone(running: Running, qtbot: QtBot) -> None:
    running.link.news.put(None)
    qtbot.waitUntil(lambda: running.left == 1)


def test_a_session_is_wrapped_up_from_its_review(
    running: Running, qtbot: QtBot
) -> None:
    story = tell(specimen_events())
    assert story.session is not None
    name = story.session.id
    running.tell(SessionOpened(story))
    qtbot.waitUntil(lambda: running.app.review is not None)
    review = running.app.review
    assert review is not None
    review.asking.wrap_up.click()
    wrap_up = running.app.wrap_up
    assert wrap_up is not None
    wrap_up.note.field.setPlainText("Slower.")
    wrap_up.save()
    assert running.link.asked[-1] == WrapUpSession(name, WriteNote("Slower."))
    note = StoredEvent(9_000, Millis(0), 0, NoteWritten(story.position, "Slower."))
    running.tell(WrapUpStored("another", note), WrapUpStored(name, note))
    qtbot.waitUntil(lambda: SAVED in wrap_up.note._state.text())
    running.tell(Refused("The disk is full.", "Free some space."))
    qtbot.waitUntil(lambda: wrap_up.news.text().startswith("The disk is full."))
    wrap_up.done.click()
    assert running.link.asked[-1] == WrapUpSession(name, FinishWrapUp())
    assert running.app.wrap_up is None
    done = StoredEvent(9_001, Millis(0), 0, WrapUpFinished(story.position))
    removed = MomentRemoved(story.position, 1, story.moments[0].id)
    running.tell(
        WrapUpStored(name, done),
        WrapUpStored(name, StoredEvent(9_002, Millis(0), 0, removed)),
    )
    model = review.moments.model()
    rows = model.rowCount()
    qtbot.waitUntil(lambda: review.asking.missing.text() == "")
    qtbot.waitUntil(lambda: running.app._story.last_seq == 9_002)  # type: ignore[union-attr]
    assert model.rowCount() == rows, "it stays, and says that it was removed"
    assert [
        model.row(n).withdrawn  # type: ignore[attr-defined]
        for n in range(rows)
        if model.row(n).moment.id == story.moments[0].id  # type: ignore[attr-defined]
    ] == [WithdrawalCause.REMOVED]


def test_an_export_is_asked_of_the_desk_and_shown(
    running: Running, qtbot: QtBot
) -> None:
    story = tell(specimen_events())
    assert story.session is not None
    running.tell(SessionOpened(story))
    qtbot.waitUntil(lambda: running.app.review is not None)
    review = running.app.review
    assert review is not None
    review.asking.export.click()
    window = running.app.export
    assert window is not None
    wish = Wish(What.CLIENT_NOTE, "pdf")
    asked = PreviewExport(story.session.id, wish)
    qtbot.waitUntil(lambda: running.link.asked[-1] == asked)
    running.tell(PreviewMade(wish, Preview((), "The note.", ToCheck())))
    qtbot.waitUntil(lambda: window.preview.text.toPlainText() == "The note.")
    window.close()
    assert running.app.export is None
    assert review.isVisible()


def test_the_settings_open_by_key_and_hear_what_is_theirs(
    running: Running, qtbot: QtBot
) -> None:
    running.tell(seen.SEEN, seen.DEVICES)
    window = running.app.window
    qtbot.waitUntil(window.home.start.isEnabled)
    window.move(500, 300)
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settings = running.app.settings
    assert settings is not None
    screen = window.screen().availableGeometry()
    assert screen.contains(settings.pos()), "never off the screen"
    assert LookAtSettings() in running.link.asked
    running.tell(specimen_settings.seen())
    row = settings.rows["sound.microphone"]
    qtbot.waitUntil(lambda: row.now == "alsa_input.usb-yeti")
    assert row.control.currentText() == seen.YETI.title  # type: ignore[union-attr]
    settings.rows["look.theme"].typed.emit("look.theme", "dark")
    assert SetOption("look.theme", "dark") in running.link.asked
    window.home.settings.click()
    assert running.app.settings is settings, "one at a time"
    settings.move(7, 9)
    settings.close()
    window.home.settings.click()
    assert settings.pos() == QPoint(7, 9), "where the coach left it"
    settings.set_up.again.click()
    assert LookAtFirstRun(anew=True) in running.link.asked
