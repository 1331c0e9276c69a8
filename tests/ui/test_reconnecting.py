"""The engine comes and goes; the window says so, waits, and is never held up."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot
from tests.unit.session.test_following import Engines, marks

from sidelight.domain.events import SessionEnded
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.session.following import FollowingClient
from sidelight.session.lost import ConnectionLost, LinkChanged
from sidelight.session.messages import Follow, Message, PlaceMark, Request
from sidelight.ui.bridge import NOT_SENT, OUTBOX, Bridge
from sidelight.ui.sidebar.wording import Dot, HealthLine, sidebar_texts


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    made = Engines(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def bridge(engines: Engines, qtbot: QtBot) -> Iterator[Bridge]:
    del qtbot
    with FollowingClient.connect(engines.folder, retry_s=0.01) as link:
        bridge = Bridge(link)
        bridge.start()
        yield bridge
        bridge.stop()


def health(bridge: Bridge) -> HealthLine:
    texts = sidebar_texts(
        bridge.story,
        bridge.status,
        connected=bridge.connected,
        looking=bridge.looking,
    )
    return texts.health


def test_an_engine_that_dies_and_comes_back_is_followed_on(
    engines: Engines, bridge: Bridge, qtbot: QtBot
) -> None:
    engines.store(*marks(3))
    qtbot.waitUntil(lambda: bridge.story.last_seq == 3)
    engines.stop()
    qtbot.waitUntil(lambda: not bridge.connected)
    assert health(bridge).dot is Dot.DASHED
    assert health(bridge).words == "reconnecting"
    with qtbot.waitSignal(bridge.told) as told:
        bridge.ask(PlaceMark())
    assert told.args == [NOT_SENT]
    engines.store(*marks(2))
    engines.start()
    qtbot.waitUntil(lambda: bridge.story.last_seq == 5)
    assert bridge.connected
    assert not bridge.looking
    assert bridge.story == tell(engines.stored)
    bridge.ask(PlaceMark("again"))
    qtbot.waitUntil(lambda: not engines.requests.empty())
    assert engines.requests.get() == PlaceMark("again")
    assert engines.requests.empty()


def test_after_the_end_it_is_gone_for_good(
    engines: Engines, bridge: Bridge, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(bridge.ended):
        engines.store(SessionEnded(Millis(9)))
    with qtbot.waitSignal(bridge.lost):
        engines.stop()
    assert not bridge.looking


class Deaf:
    """An engine that takes no request: sending waits until the link is interrupted."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._cut = threading.Event()

    def send(self, request: Request) -> None:
        self.requests.append(request)
        self._cut.wait()
        raise ConnectionLost

    def receive(self, timeout_s: float | None = None) -> Message | LinkChanged | None:
        self._cut.wait(timeout_s)
        raise ConnectionLost

    def interrupt(self) -> None:
        self._cut.set()


def test_an_engine_that_takes_no_request_holds_nobody_up(qtbot: QtBot) -> None:
    link = Deaf()
    bridge = Bridge(link)
    told: list[str] = []
    bridge.told.connect(told.append)
    bridge.start()
    qtbot.waitUntil(lambda: link.requests == [Follow(0, quiet=True)])
    clock = QElapsedTimer()
    clock.start()
    for _ in range(OUTBOX + 5):
        bridge.ask(PlaceMark())
    assert clock.elapsed() < 500
    assert told == [NOT_SENT] * 5
    bridge.stop()
