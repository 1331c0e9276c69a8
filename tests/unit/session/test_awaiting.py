"""A window's link before there is an engine: it waits, joins, and can be given up."""

import threading
from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from tests.unit.session.test_following import Engines, engines, marks

from sidelight.session.awaiting import AwaitedLink
from sidelight.session.launching import Began, Show
from sidelight.session.lost import ConnectionLost, LinkChanged
from sidelight.session.messages import EventStored, Follow, PlaceMark

__all__ = ["engines"]


@pytest.fixture
def launcher() -> Iterator[tuple[Connection, Connection]]:
    ours, theirs = Pipe()
    with ours, theirs:
        yield ours, theirs


def test_what_is_asked_before_the_engine_is_sent_when_it_is_there(
    launcher: tuple[Connection, Connection], engines: Engines
) -> None:
    says, hears = launcher
    engines.store(*marks(2))
    link = AwaitedLink(hears, engines.folder, lambda: False)
    link.send(Follow())
    with pytest.raises(ConnectionLost):
        link.send(PlaceMark())  # nobody could set it
    says.send(Show())
    assert link.receive(0) is None
    says.send(Began())
    assert link.receive(5) == LinkChanged(connected=True)
    stored = [link.receive(5) for _ in range(2)]
    assert [one.stored.seq for one in stored if isinstance(one, EventStored)] == [1, 2]
    link.interrupt()
    with pytest.raises(ConnectionLost):
        link.receive(5)
    link.close()


def test_it_is_over_when_the_launcher_hangs_up(
    launcher: tuple[Connection, Connection], tmp_path: Path
) -> None:
    says, hears = launcher
    link = AwaitedLink(hears, tmp_path, lambda: False)
    says.close()
    with pytest.raises(ConnectionLost):
        link.receive()
    link.close()


@pytest.mark.parametrize("begun", [False, True])
def test_a_window_that_is_closed_does_not_wait_on(
    launcher: tuple[Connection, Connection], tmp_path: Path, *, begun: bool
) -> None:
    """For the launcher's word, or for an engine that died meanwhile."""
    says, hears = launcher
    link = AwaitedLink(hears, tmp_path, lambda: False)
    lost = threading.Event()

    def wait() -> None:
        with pytest.raises(ConnectionLost):
            link.receive()
        lost.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    if begun:
        says.send(Began())
    link.interrupt()
    assert lost.wait(5)
    waiting.join()
