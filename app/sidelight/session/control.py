"""The engine's control socket: JSON over a local socket that only this user can open.

The window and the command line are clients of the same protocol. A client that reads
slowly, or not at all, costs the engine nothing: stored events are pulled from the event
log by number, and of everything else only the newest waits. Whoever was cut off
connects again and follows after the last number it has seen.

The address and a fresh key lie in a file with mode 0600. Before a word is exchanged,
both sides prove that they know the key (``multiprocessing``'s own challenge).
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import socket
import sys
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from typing import TYPE_CHECKING, Final, Self

from sidelight.domain.errors import UserError
from sidelight.domain.events import SessionStarted, UtteranceHeard
from sidelight.domain.transcript import Speaker
from sidelight.domain.wire import Wire, WireError
from sidelight.session.messages import (
    EventStored,
    FaultTold,
    Follow,
    Levels,
    Message,
    PartialHeard,
    Request,
    StartOver,
    Status,
    Told,
    message_from_bytes,
    message_to_bytes,
    request_from_bytes,
    request_to_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Partial
    from sidelight.session.eventlog import EventLog

FILE_NAME: Final = "control.json"
_SOCKET_NAME: Final = "control.sock"
_LONGEST_PATH: Final = 100
"""Bytes that fit every system's ``sun_path`` (104 on macOS, 108 on Linux)."""

_KEY_BYTES: Final = 32
_LONGEST_REQUEST: Final = 65_536
_LONGEST_MESSAGE: Final = 4 * 1024 * 1024
_FAULTS_KEPT: Final = 16
_MOST_CLIENTS: Final = 8
_ANSWER_S: Final = 10.0
_GOODBYE_S: Final = 1.0
"""For a client to read what it was sent last."""
_GONE: Final = (EOFError, OSError, BrokenPipeError)

_log = logging.getLogger(__name__)


class ConnectionLost(Exception):  # noqa: N818 - it is news, not a mistake
    """The other side of the control socket is gone."""


def _shut(connection: Connection) -> None:
    """Wake every thread that reads from or writes to the connection, with an error."""
    if sys.platform == "win32":
        connection.close()
        return
    with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as twin:
        twin.shutdown(socket.SHUT_RDWR)


class _Mailbox:
    """What waits for one client; bounded, whatever the client does. Any thread."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._change = threading.Condition()
        self._sent: int | None = None
        self._newest = 0
        self._status: Status | None = None
        self._levels: Levels | None = None
        self._partials: dict[Speaker, Partial] = {}
        self._faults: deque[FaultTold | Told] = deque(maxlen=_FAULTS_KEPT)
        self._over = False
        self._times_over = 0
        self._stirred = False
        self._finishing = False
        self._closed = False

    def follow(self, request: Follow) -> None:
        """From now on events are sent too, the first is number ``after + 1``."""
        with self._change:
            self._sent = 0 if request.again else request.after
            self._over = request.again
            self._times_over += 1
            self._newest = max(self._newest, self._log.newest)
            self._partials.clear()
            self._stir()

    def start_over(self) -> None:
        """What was sent counts no more: begin with the first event again."""
        with self._change:
            if self._sent is None:
                return
            self._sent = 0
            self._newest = self._log.newest
            self._over = True
            self._times_over += 1
            self._partials.clear()
            self._stir()

    @property
    def following(self) -> bool:
        """Whether the client wants to be kept up to date."""
        with self._change:
            return self._sent is not None

    def notice(self, stored: StoredEvent) -> None:
        """An event was stored: fetch it, and drop the partial that it makes final."""
        with self._change:
            self._newest = max(self._newest, stored.seq)
            if isinstance(stored.event, UtteranceHeard):
                said = stored.event.utterance
                # With one microphone a final may know the coach by the voice; its
                # partials never did.
                for speaker in (said.speaker, Speaker.UNKNOWN):
                    waiting = self._partials.get(speaker)
                    if waiting is not None and waiting.start < said.span.end:
                        del self._partials[speaker]
            self._stir()

    def put(self, message: PartialHeard | Levels | Status | FaultTold | Told) -> None:
        """Replace the message of the same kind that still waits; sentences queue."""
        with self._change:
            match message:
                case PartialHeard(partial=partial):
                    self._partials[partial.speaker] = partial
                case Levels():
                    self._levels = message
                case Status():
                    self._status = message
                case FaultTold() | Told():
                    self._faults.append(message)
            self._stir()

    def finish(self) -> None:
        """Nothing more is put in; what waits is still sent."""
        with self._change:
            self._finishing = True
            self._stir()

    def close(self) -> None:
        """Nothing more is sent."""
        with self._change:
            self._closed = True
            self._stir()

    def take(self) -> list[Message] | None:
        """Wait for something to send; ``None`` once closed.

        Events come first, and a partial never after the utterance that replaced it.
        """
        with self._change:
            while not (self._stirred or self._finishing or self._closed):
                self._change.wait()
            if self._closed or (self._finishing and not self._stirred):
                return None
            self._stirred = False
            over, self._over = self._over, False
            sent, newest, times_over = self._sent, self._newest, self._times_over
            rest = self._take_rest()
        news: list[Message] = [StartOver(newest)] if over else []
        if sent is not None and sent < newest:
            fresh = [one for one in self._log.after(sent) if one.seq <= newest]
            news += [EventStored(stored) for stored in fresh]
            with self._change:
                if self._times_over == times_over:
                    # What is not there any more was erased: nothing to wait for.
                    self._sent = fresh[-1].seq if fresh else newest
                if self._sent is not None and self._sent < self._newest:
                    self._stir()  # a long tail goes out in several rounds
        return [*news, *rest]

    def _take_rest(self) -> list[Message]:
        rest: list[Message] = [*self._faults]
        rest += [PartialHeard(partial) for partial in self._partials.values()]
        rest += [note for note in (self._levels, self._status) if note is not None]
        self._faults.clear()
        self._partials.clear()
        self._levels = self._status = None
        return rest

    def _stir(self) -> None:
        self._stirred = True
        self._change.notify()


class _Peer:
    """One connected client: a thread that listens to it and one that talks to it."""

    def __init__(
        self, connection: Connection, key: bytes, log: EventLog, server: ControlServer
    ) -> None:
        self._connection = connection
        self._key = key
        self._server = server
        self._wire = Wire()
        self.mailbox = _Mailbox(log)
        self._reader = threading.Thread(target=self._listen, name="control-reader")
        self._writer = threading.Thread(target=self._talk, name="control-writer")

    def start(self) -> None:
        """Shake hands in the reader's thread: a mute client keeps nobody waiting."""
        self._reader.start()

    def stop(self) -> None:
        """Say what is left to say, cut the client off, wait for both threads."""
        self.mailbox.finish()
        if self._writer.ident is not None:
            self._writer.join(_GOODBYE_S)
        self.mailbox.close()
        _shut(self._connection)
        self._reader.join()

    def _listen(self) -> None:
        try:
            deliver_challenge(self._connection, self._key)
            answer_challenge(self._connection, self._key)
        except (*_GONE, AuthenticationError):
            self._connection.close()
            self._server.forget(self)
            return
        self._writer.start()
        try:
            while True:
                request = request_from_bytes(
                    self._connection.recv_bytes(_LONGEST_REQUEST)
                )
                if isinstance(request, Follow):
                    self.mailbox.follow(request)
                    self._server.catch_up(self.mailbox)
                else:
                    self._server.ask(request)
        except _GONE:
            pass
        except WireError:
            _log.warning("a client sent what is no request; it is cut off")
        finally:
            self.mailbox.close()
            _shut(self._connection)
            self._writer.join()
            self._connection.close()
            self._server.forget(self)

    def _talk(self) -> None:
        try:
            while (messages := self.mailbox.take()) is not None:
                for message in messages:
                    self._connection.send_bytes(message_to_bytes(message, self._wire))
        except _GONE:
            _shut(self._connection)


class ControlServer:
    """Accepts clients, hands their requests on, and keeps them up to date.

    Owned by the engine, which starts and stops it. Every other method may be called
    from any thread and returns at once.

    Args:
        folder: Existing private folder for the socket and for the address and key.
        log: The stored events.
        ask: Called with each request but ``Follow``, in the client's thread.
    """

    def __init__(
        self, folder: Path, log: EventLog, ask: Callable[[Request], None]
    ) -> None:
        self._folder = folder
        self._log = log
        self.ask = ask
        self._key = secrets.token_bytes(_KEY_BYTES)
        self._lock = threading.Lock()
        self._peers: set[_Peer] = set()
        self._untold: deque[FaultTold] = deque(maxlen=_FAULTS_KEPT)
        self._stopping = False
        self._listener: Listener | None = None
        self._thread = threading.Thread(target=self._accept, name="control-server")

    @property
    def file(self) -> Path:
        """Where clients find address and key."""
        return self._folder / FILE_NAME

    def start(self) -> None:
        """Listen, then say where."""
        self._listener = _listen_in(self._folder)
        _write_private(
            self.file,
            json.dumps(
                {
                    "address": self._listener.address,
                    "key": self._key.hex(),
                    "pid": os.getpid(),
                }
            ),
        )
        self._thread.start()

    def stop(self) -> None:
        """Say good-bye: no more clients, every thread ended, the file removed."""
        listener = self._listener
        if listener is None:
            return
        self.file.unlink(missing_ok=True)
        self._stopping = True
        with suppress(OSError):
            # The only way to wake a thread that waits in ``accept`` on every system.
            Client(listener.address).close()
        self._thread.join()
        listener.close()
        with self._lock:
            peers = tuple(self._peers)
        for peer in peers:
            peer.stop()
        self._listener = None

    def notice(self, stored: StoredEvent) -> None:
        """An event was stored and is in the log."""
        for peer in self._everyone():
            peer.mailbox.notice(stored)

    def start_over(self) -> None:
        """The log holds something else than it did: everybody begins again."""
        for peer in self._everyone():
            peer.mailbox.start_over()

    def tell(self, message: PartialHeard | Levels | Status | FaultTold | Told) -> None:
        """Send this to every client, or its successor, as soon as each one reads.

        A fault that nobody is there to hear waits for the first who follows.
        """
        peers = self._everyone()
        if isinstance(message, FaultTold) and not any(
            peer.mailbox.following for peer in peers
        ):
            with self._lock:
                self._untold.append(message)
            return
        for peer in peers:
            peer.mailbox.put(message)

    def catch_up(self, mailbox: _Mailbox) -> None:
        """Hand over the faults that nobody has heard yet."""
        with self._lock:
            untold = tuple(self._untold)
            self._untold.clear()
        for fault in untold:
            mailbox.put(fault)

    def forget(self, peer: _Peer) -> None:
        """The peer's threads are done."""
        with self._lock:
            self._peers.discard(peer)

    def _everyone(self) -> tuple[_Peer, ...]:
        with self._lock:
            return tuple(self._peers)

    def _accept(self) -> None:
        listener = self._listener
        if listener is None:
            return
        while True:
            try:
                connection = listener.accept()
            except OSError:
                # One client vanished between knocking and entering.
                if self._stopping:
                    return
                continue
            with self._lock:
                full = len(self._peers) >= _MOST_CLIENTS
            if self._stopping or full:
                connection.close()
                if self._stopping:
                    return
                _log.warning("too many clients; one was turned away")
                continue
            peer = _Peer(connection, self._key, self._log, self)
            with self._lock:
                self._peers.add(peer)
            peer.start()


@dataclass(frozen=True, slots=True)
class ControlAddress:
    """Where a running engine listens, and the key it expects."""

    address: str
    key: bytes
    pid: int

    @classmethod
    def read(cls, folder: Path) -> ControlAddress:
        """Read the file in the engine's run folder.

        Raises:
            UserError: No program runs there.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_bytes())
            return cls(
                str(data["address"]), bytes.fromhex(data["key"]), int(data["pid"])
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise not_running() from error


class ControlClient:
    """The other end: used by the window and by the commands.

    Sending may happen in any thread, receiving in one. After ``ConnectionLost`` a new
    client is made with ``connect`` and follows after the last number seen.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._wire = Wire()
        self._sending = threading.Lock()

    @classmethod
    def connect(cls, folder: Path) -> ControlClient:
        """Connect to the engine whose run folder this is.

        Raises:
            UserError: No program runs there, or it did not let us in.
        """
        where = ControlAddress.read(folder)
        try:
            connection = Client(where.address)
        except _GONE as error:
            raise not_running() from error
        try:
            # What ``Client`` does with a key, but an engine that stands still is not
            # waited for.
            if not connection.poll(_ANSWER_S):
                raise _silent()
            answer_challenge(connection, where.key)
            deliver_challenge(connection, where.key)
        except UserError:
            connection.close()
            raise
        except (*_GONE, AuthenticationError) as error:
            connection.close()
            raise not_running() from error
        return cls(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, request: Request) -> None:
        """Send one request.

        Raises:
            ConnectionLost: The engine is gone.
        """
        raw = request_to_bytes(request)
        try:
            with self._sending:
                self._connection.send_bytes(raw)
        except _GONE as error:
            raise ConnectionLost from error

    def receive(self, timeout_s: float | None = None) -> Message | None:
        """Wait for the next message.

        Args:
            timeout_s: ``None`` waits as long as it takes.

        Returns:
            The message, or ``None`` when the time is over.

        Raises:
            ConnectionLost: The engine is gone, or ``close`` was called meanwhile.
        """
        try:
            if not self._connection.poll(timeout_s):
                return None
            raw = self._connection.recv_bytes(_LONGEST_MESSAGE)
        except _GONE as error:
            raise ConnectionLost from error
        return message_from_bytes(raw, self._wire)

    def interrupt(self) -> None:
        """Make a waiting ``receive`` in another thread raise ``ConnectionLost``."""
        _shut(self._connection)

    def close(self) -> None:
        """Hang up. While another thread receives, ``interrupt`` and join it first."""
        self._connection.close()


def engine_answers(folder: Path) -> bool:
    """Whether an engine runs there."""
    try:
        ControlClient.connect(folder).close()
    except UserError:
        return False
    return True


def running_session(folder: Path) -> Session:
    """The facts of the session that the engine of this run folder is in.

    Raises:
        UserError: No program runs there, or it left meanwhile.
    """
    try:
        with ControlClient.connect(folder) as client:
            client.send(Follow())
            while (message := client.receive(_ANSWER_S)) is not None:
                if isinstance(message, EventStored) and isinstance(
                    message.stored.event, SessionStarted
                ):
                    return message.stored.event.session
    except ConnectionLost:
        pass
    raise not_running()


def kill_engine(folder: Path) -> None:
    """Make sure that the engine of this run folder, which does not answer, is gone."""
    try:
        where = ControlAddress.read(folder)
        os.kill(
            where.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL
        )
    except (UserError, OSError):
        return  # it is gone already


def not_running() -> UserError:
    """The sentence for a command that needs a running program."""
    return UserError("No session is running.", "Start one with: sidelight start")


def _silent() -> UserError:
    return UserError(
        "A session is running, but it does not answer.",
        "The computer may be very busy; try again.",
    )


def _listen_in(folder: Path) -> Listener:
    if sys.platform == "win32":
        return Listener(family="AF_PIPE")
    path = folder / _SOCKET_NAME
    if len(os.fsencode(path)) > _LONGEST_PATH:
        # A home this deep does not fit a socket's name: use the process's own private
        # temporary folder, which is removed when it exits.
        return Listener(family="AF_UNIX")
    path.unlink(missing_ok=True)
    return Listener(str(path), family="AF_UNIX")


def _write_private(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(fresh, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
