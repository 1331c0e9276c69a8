"""A link that outlives the engine: it says so, finds the next one and follows on."""

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sidelight.domain.errors import UserError
from sidelight.domain.events import Event, MarkPlaced, SessionEnded, StoredEvent
from sidelight.domain.moments import Mark
from sidelight.domain.timeline import Millis
from sidelight.session.control import ControlServer
from sidelight.session.eventlog import EventLog
from sidelight.session.following import FollowingClient
from sidelight.session.lost import ConnectionLost, LinkChanged
from sidelight.session.messages import (
    EventStored,
    Follow,
    Message,
    PlaceMark,
    Quit,
    Request,
    StartOver,
)

GONE, BACK = LinkChanged(connected=False), LinkChanged(connected=True)
SOON_S = 10.0


def marks(count: int) -> list[Event]:
    return [MarkPlaced(Millis(n), Mark(Millis(n))) for n in range(count)]


class Engines:
    """One session, whichever engine serves it: they come and go in the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stored: list[StoredEvent] = []
        self.requests: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._log = EventLog(lambda _: ())
        self._server: ControlServer | None = None

    def start(self) -> None:
        self._log = EventLog(lambda after: self.stored[after:])
        self._log.replace(self.stored)
        self._server = ControlServer(self.folder, self._log, self.requests.put)
        self._server.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
            self._server = None

    def store(self, *events: Event) -> None:
        for event in events:
            seq = self.stored[-1].seq + 1 if self.stored else 1
            self.stored.append(StoredEvent(seq, Millis(0), 0, event))
            if self._server is not None:
                self._log.append(self.stored[-1])
                self._server.notice(self.stored[-1])

    def start_over(self, kept: list[StoredEvent]) -> None:
        assert self._server is not None
        self.stored = kept
        self._log.replace(kept)
        self._server.start_over()


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    made = Engines(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def link(engines: Engines) -> Iterator[FollowingClient]:
    with FollowingClient.connect(engines.folder, retry_s=0.01) as link:
        link.send(Follow())
        yield link


def until(
    link: FollowingClient, stop: Callable[[Message | LinkChanged], bool]
) -> list[Message | LinkChanged]:
    seen: list[Message | LinkChanged] = []
    while not (seen and stop(seen[-1])):
        message = link.receive(SOON_S)
        assert message is not None, seen
        seen.append(message)
    return seen


def numbers(messages: list[Message | LinkChanged]) -> list[int]:
    return [m.stored.seq for m in messages if isinstance(m, EventStored)]


def number(wanted: int) -> Callable[[Message | LinkChanged], bool]:
    return lambda m: isinstance(m, EventStored) and m.stored.seq == wanted


def test_an_engine_that_comes_back_is_followed_from_the_first_event_again(
    engines: Engines, link: FollowingClient
) -> None:
    engines.store(*marks(5))
    assert numbers(until(link, number(5))) == list(range(1, 6))
    for _ in range(3):
        engines.stop()
        assert link.receive(SOON_S) == GONE
        engines.store(*marks(4))
        newest = engines.stored[-1].seq
        engines.start()
        # What the dead engine had hidden last may have been seen.
        seen = until(link, number(newest))
        assert seen[:2] == [BACK, StartOver(newest)]
        assert numbers(seen) == list(range(1, newest + 1))


def test_an_engine_that_is_not_there_yet_is_waited_for_and_said_once(
    engines: Engines, link: FollowingClient
) -> None:
    engines.stop()
    assert link.receive(SOON_S) == GONE
    assert [link.receive(0.03) for _ in range(3)] == [None] * 3
    with pytest.raises(ConnectionLost):
        link.send(PlaceMark())
    engines.start()
    assert link.receive(SOON_S) == BACK
    link.send(PlaceMark("now"))
    engines.store(*marks(1))
    assert numbers(until(link, number(1))) == [1]
    # The engine takes it in on a thread of its own: after the events, maybe.
    assert engines.requests.get(timeout=SOON_S) == PlaceMark("now")
    assert engines.requests.empty()


def test_a_dead_engine_that_left_its_address_behind_is_no_engine(
    engines: Engines, link: FollowingClient
) -> None:
    address = engines.folder / "control.json"
    stale = address.read_bytes()
    engines.stop()
    address.write_bytes(stale)
    assert link.receive(SOON_S) == GONE
    assert link.receive(0.05) is None
    engines.start()
    assert link.receive(SOON_S) == BACK


def test_after_starting_over_it_has_seen_what_came_since(
    engines: Engines, link: FollowingClient
) -> None:
    engines.store(*marks(6))
    until(link, number(6))
    engines.start_over([engines.stored[0], engines.stored[3]])
    again = until(link, number(4))
    assert again[0] == StartOver(4)
    assert numbers(again) == [1, 4]
    engines.stop()
    engines.store(*marks(1))
    engines.start()
    assert numbers(until(link, number(5))) == [1, 4, 5]


@pytest.mark.parametrize("last", ["the session's end", "a quit of its own"])
def test_after_an_ending_in_order_a_lost_connection_is_final(
    engines: Engines, link: FollowingClient, last: str
) -> None:
    if last == "the session's end":
        engines.store(SessionEnded(Millis(9)))
        until(link, number(1))
    else:
        link.send(Quit())
    engines.stop()
    engines.start()
    for _ in range(2):
        with pytest.raises(ConnectionLost):
            link.receive(SOON_S)


def test_what_nobody_starts_again_is_given_up(engines: Engines) -> None:
    patience = FollowingClient.connect(engines.folder, retry_s=0.01, patience_s=0.05)
    with patience as link:
        engines.stop()
        assert link.receive(SOON_S) == GONE
        with pytest.raises(ConnectionLost):
            link.receive(SOON_S)


@pytest.mark.parametrize("there", [True, False])
def test_a_waiting_receive_can_be_interrupted(
    engines: Engines, link: FollowingClient, *, there: bool
) -> None:
    if not there:
        engines.stop()
        assert link.receive(SOON_S) == GONE
    lost = threading.Event()

    def wait_for_news() -> None:
        try:
            link.receive()
        except ConnectionLost:
            lost.set()

    thread = threading.Thread(target=wait_for_news)
    thread.start()
    link.interrupt()
    thread.join(SOON_S)
    assert lost.is_set()


def test_the_first_time_somebody_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No session is running"):
        FollowingClient.connect(tmp_path)


def test_the_first_time_may_wait_for_an_engine_that_is_being_started_again(
    engines: Engines,
) -> None:
    engines.stop()
    later = threading.Timer(0.1, engines.start)
    later.start()
    with FollowingClient.connect(engines.folder, first_s=SOON_S, retry_s=0.01) as link:
        link.send(Follow())
        engines.store(*marks(1))
        assert numbers(until(link, number(1))) == [1]
    later.join()
