"""Home's process: news come in, reviews open, and it leaves when it must."""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot  # noqa: TC002 - a fixture's type

from sidelight.domain.story import tell
from sidelight.session.client import ConnectionLost
from sidelight.session.firstrun.messages import Asked  # noqa: TC001 - a union
from sidelight.session.home.messages import (
    Begun,
    LookAround,
    News,
    OpenSession,
    Request,
    SessionOpened,
)
from sidelight.ui import specimen_home as seen
from sidelight.ui.home.app import HomeApp
from sidelight.ui.review.window import ReviewWindow
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.guards.stalls import StallGuard

    from sidelight.ui.theme.theme import Theme


class FakeLink:
    """A launcher that says what the test says."""

    def __init__(self) -> None:
        self.asked: list[Request | Asked] = []
        self.news: queue.Queue[News | None] = queue.Queue()

    def send(self, request: Request | Asked) -> None:
        self.asked.append(request)

    def receive(self) -> News | None:
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

    def tell(self, *news: News) -> None:
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
    running: Running, qtbot: QtBot, stall_guard: StallGuard
) -> None:
    del stall_guard
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


def test_it_leaves_when_a_session_begins(running: Running, qtbot: QtBot) -> None:
    running.tell(Begun())
    qtbot.waitUntil(lambda: running.left == 1)


def test_it_leaves_when_it_is_closed(running: Running) -> None:
    running.app.window.close()
    assert running.left == 1


def test_it_leaves_when_the_launcher_is_gone(running: Running, qtbot: QtBot) -> None:
    running.link.news.put(None)
    qtbot.waitUntil(lambda: running.left == 1)
