"""The control socket: order, reconnecting, and clients that read slowly or never."""

import json
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from tests.fakes.engines import messages_until

from sidelight.domain.errors import UserError, WireError
from sidelight.domain.events import Event, MarkPlaced, StoredEvent, UtteranceHeard
from sidelight.domain.moments import Mark
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Partial, Speaker, Utterance, UtteranceId, Word
from sidelight.domain.wire import Wire
from sidelight.domain.wording import Wording, worded
from sidelight.session.client import FILE_NAME, ControlClient
from sidelight.session.control import ControlServer
from sidelight.session.eventlog import EventLog
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import (
    AddMoment,
    AskConsentText,
    AskStatus,
    ConsentTold,
    End,
    EventStored,
    FaultTold,
    Follow,
    GoOffRecord,
    Health,
    Hide,
    HideAsked,
    Leave,
    Levels,
    Message,
    Notice,
    PartialHeard,
    Pause,
    PlaceMark,
    Quit,
    Request,
    Resume,
    StartOver,
    Status,
    TakeOver,
    Told,
    Undo,
    message_from_bytes,
    message_to_bytes,
    request_from_bytes,
    request_to_bytes,
)

STATUS = Status("demo", "demo", Millis(7), Health.BEHIND, 3, None, 12)
PARTIAL = Partial(
    Speaker.COACH,
    Millis(0),
    (Word("so", Span(Millis(0), Millis(9)), 0.5),),
    1,
    Millis(9),
)


def mark(number: int) -> StoredEvent:
    return StoredEvent(
        number, Millis(number), 0, MarkPlaced(Millis(number), Mark(Millis(number)))
    )


class Served:
    """A running server, its stored events and the requests it got."""

    def __init__(self, folder: Path) -> None:
        self.stored: list[StoredEvent] = []
        self.requests: list[Request] = []
        self.folder = folder
        self.log = EventLog(lambda after: self.stored[after:], kept=8)
        self.server = ControlServer(folder, self.log, self.requests.append)

    def store(self, event: Event) -> None:
        stored = StoredEvent(len(self.stored) + 1, Millis(0), 0, event)
        self.stored.append(stored)
        self.log.append(stored)
        self.server.notice(stored)

    def store_marks(self, count: int) -> None:
        for _ in range(count):
            self.store(mark(len(self.stored) + 1).event)

    def client(self) -> ControlClient:
        return ControlClient.connect(self.folder)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    running = Served(tmp_path)
    running.server.start()
    yield running
    running.server.stop()


def numbered(number: int) -> Callable[[Message], bool]:
    return lambda m: isinstance(m, EventStored) and m.stored.seq == number


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize(
    "request_",
    [
        Follow(3),
        Follow(3, again=True),
        Follow(3, quiet=True),
        AskStatus(),
        End(),
        Quit(),
        PlaceMark("Größe"),
        Pause(),
        Resume(),
        GoOffRecord(60_000),
        GoOffRecord(None),
        Undo(),
        AddMoment(),
        AddMoment("on_track"),
        Hide(),
        TakeOver(),
        AskConsentText(),
    ],
)
def test_requests_survive_the_wire(request_: Request) -> None:
    assert request_from_bytes(request_to_bytes(request_)) == request_


@pytest.mark.parametrize(
    "message",
    [
        EventStored(mark(1)),
        PartialHeard(PARTIAL),
        Levels((-3.5, -96.0)),
        STATUS,
        replace(
            STATUS,
            paused=True,
            undoable=True,
            taken_ms=14_300,
            clock_s=12.5,
            heard=Millis(6),
        ),
        replace(STATUS, notices=(Notice("It is back.", "Nothing.", good=True),)),
        FaultTold("It is full.", "Free some space."),
        StartOver(7),
        Told(worded("Paused")),
        Told(worded("Noted: {kind}", kind=Wording("support", "kind"))),
        Leave(),
        HideAsked(),
        ConsentTold("Zoë agreed."),
    ],
)
def test_messages_survive_the_wire(message: Message) -> None:
    wire = Wire()
    assert message_from_bytes(message_to_bytes(message, wire), wire) == message


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{}", b'{"is":"status"}', b'{"is":"levels","dbfs":["x"]}', b"\xff"],
)
def test_what_is_no_message_is_refused_without_quoting_it(raw: bytes) -> None:
    with pytest.raises(WireError):
        message_from_bytes(raw, Wire())
    with pytest.raises(WireError):
        request_from_bytes(raw)


def test_a_follower_gets_old_and_new_events_in_order_without_holes(
    served: Served,
) -> None:
    served.store_marks(600)  # far more than the log keeps in memory
    with served.client() as client:
        client.send(Follow())
        first = messages_until(client, numbered(600))
        served.store_marks(50)
        rest = messages_until(client, numbered(650))
    seen = [m.stored.seq for m in first + rest if isinstance(m, EventStored)]
    assert seen == list(range(1, 651))


def test_whoever_was_cut_off_goes_on_after_the_last_number_seen(
    served: Served,
) -> None:
    served.store_marks(20)
    with served.client() as client:
        client.send(Follow())
        messages_until(client, numbered(20))
    served.store_marks(20)
    with served.client() as client:
        client.send(Follow(20))
        again = messages_until(client, numbered(40))
    assert [m.stored.seq for m in again if isinstance(m, EventStored)] == list(
        range(21, 41)
    )


def test_a_quiet_follower_is_not_woken_by_what_is_never_stored(
    served: Served,
) -> None:
    with served.client() as quiet, served.client() as other:
        quiet.send(Follow(quiet=True))
        other.send(Follow())
        served.store_marks(1)
        for client in (quiet, other):
            messages_until(client, numbered(1))
        served.server.tell(PartialHeard(PARTIAL))
        served.server.tell(Levels((-1.0, -2.0)))
        served.server.tell(STATUS)
        told = messages_until(quiet, lambda message: message == STATUS)
        assert [type(one) for one in told if one != STATUS] == []
        told = messages_until(other, lambda message: message == STATUS)
        assert {type(one) for one in told} == {PartialHeard, Levels, Status}


def test_a_client_that_never_reads_holds_nobody_up(served: Served) -> None:
    with served.client() as deaf, served.client() as client:
        deaf.send(Follow())
        client.send(Follow())
        began = time.monotonic()
        for _ in range(2_000):
            served.store_marks(1)
            served.server.tell(PartialHeard(PARTIAL))
            served.server.tell(Levels((-1.0, -2.0)))
        assert time.monotonic() - began < 5
        messages_until(client, numbered(2_000))
        served.server.stop()  # although a thread of it waits for the deaf one


def test_a_client_that_does_not_know_the_key_is_turned_away(served: Served) -> None:
    where = json.loads((served.folder / FILE_NAME).read_text())
    with pytest.raises(Exception, match="digest"):
        Client(where["address"], authkey=b"guess")


def test_a_client_that_says_nothing_keeps_nobody_waiting(served: Served) -> None:
    where = json.loads((served.folder / FILE_NAME).read_text())
    with Client(where["address"]), served.client() as client:
        client.send(AskStatus())
        wait_until(lambda: served.requests == [AskStatus()])


def test_a_client_that_sends_nonsense_is_cut_off(
    served: Served, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING .*control: a client sent what is no request")
    where = json.loads((served.folder / FILE_NAME).read_text())
    with Client(where["address"], authkey=bytes.fromhex(where["key"])) as raw:
        raw.send_bytes(b"open the pod bay doors")
        with pytest.raises(EOFError):
            raw.recv_bytes()


def test_a_partial_never_comes_after_the_utterance_that_replaced_it(
    served: Served,
) -> None:
    spoken = Utterance(
        UtteranceId(1, 1),
        Speaker.COACH,
        Span(Millis(0), Millis(9)),
        PARTIAL.words,
        "so",
    )
    with served.client() as client:
        client.send(Follow())
        served.store_marks(1)
        messages_until(client, numbered(1))
        for number in range(2, 200):
            served.server.tell(PartialHeard(PARTIAL))
            served.store(UtteranceHeard(Millis(9), spoken))
            seen = messages_until(client, numbered(number))
            after = client.receive(0.001)
            assert not isinstance(after, PartialHeard), len(seen)


def test_a_fault_waits_for_somebody_to_hear_it_and_is_told_once(
    served: Served,
) -> None:
    fault = FaultTold("It is full.", "Free some space.")
    served.server.tell(fault)
    with served.client() as first:
        first.send(Follow())
        assert messages_until(first, lambda m: isinstance(m, FaultTold)) == [fault]
    with served.client() as second:
        second.send(Follow())
        served.store_marks(1)
        assert fault not in messages_until(second, numbered(1))


def test_only_so_many_clients_are_let_in(
    served: Served, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING .*control: too many clients")
    clients = [served.client() for _ in range(8)]
    with pytest.raises(UserError):
        served.client()
    for client in clients:
        client.close()


def test_requests_reach_the_engine(served: Served) -> None:
    with served.client() as client:
        client.send(PlaceMark("here"))
        client.send(End())
        wait_until(lambda: served.requests == [PlaceMark("here"), End()])


def test_without_a_running_program_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No session is running"):
        ControlClient.connect(tmp_path)
    stale = {"address": str(tmp_path / "gone.sock"), "key": "00", "pid": 1}
    (tmp_path / FILE_NAME).write_text(json.dumps(stale))
    with pytest.raises(UserError, match="No session is running"):
        ControlClient.connect(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_address_and_key_are_for_this_user_only_and_go_away(tmp_path: Path) -> None:
    served = Served(tmp_path)
    served.server.start()
    mode = (tmp_path / FILE_NAME).stat().st_mode
    served.server.stop()
    assert stat.S_IMODE(mode) == 0o600
    assert list(tmp_path.iterdir()) == []


def test_a_folder_too_deep_for_a_socket_still_works(tmp_path: Path) -> None:
    deep = tmp_path / ("Größe " * 20) / "run"
    deep.mkdir(parents=True)
    served = Served(deep)
    served.server.start()
    with served.client() as client:
        client.send(AskStatus())
        wait_until(lambda: served.requests == [AskStatus()])
    served.server.stop()


def test_a_waiting_receive_can_be_interrupted(served: Served) -> None:
    client = served.client()
    lost = threading.Event()

    def wait_for_news() -> None:
        try:
            client.receive()
        except ConnectionLost:
            lost.set()

    thread = threading.Thread(target=wait_for_news)
    thread.start()
    client.interrupt()
    thread.join(10)
    client.close()
    assert lost.is_set()
