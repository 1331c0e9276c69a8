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
import sys
import threading
from collections import deque
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import WireError
from sidelight.domain.wire import Wire
from sidelight.session.client import FILE_NAME, GONE
from sidelight.session.mailbox import SENTENCES_KEPT, Mailbox
from sidelight.session.messages import (
    ConsentTold,
    FaultTold,
    Follow,
    HideAsked,
    Leave,
    Levels,
    PartialHeard,
    PlaybackTold,
    Request,
    Status,
    Told,
    message_to_bytes,
    request_from_bytes,
)
from sidelight.session.shutting import shut

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.domain.events import StoredEvent
    from sidelight.session.eventlog import EventLog

_SOCKET_NAME: Final = "control.sock"
_LONGEST_PATH: Final = 100
"""Bytes that fit every system's ``sun_path`` (104 on macOS, 108 on Linux)."""

_KEY_BYTES: Final = 32
_LONGEST_REQUEST: Final = 65_536
_MOST_CLIENTS: Final = 8
_GOODBYE_S: Final = 1.0
"""For a client to read what it was sent last."""

_log = logging.getLogger(__name__)


class _Peer:
    """One connected client: a thread that listens to it and one that talks to it."""

    def __init__(
        self, connection: Connection, key: bytes, log: EventLog, server: ControlServer
    ) -> None:
        self._connection = connection
        self._key = key
        self._server = server
        self._wire = Wire()
        self.mailbox = Mailbox(log)
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
        shut(self._connection)
        self._reader.join()

    def _listen(self) -> None:
        try:
            deliver_challenge(self._connection, self._key)
            answer_challenge(self._connection, self._key)
        except (*GONE, AuthenticationError):
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
        except GONE:
            pass
        except WireError:
            _log.warning("a client sent what is no request; it is cut off")
        finally:
            self.mailbox.close()
            shut(self._connection)
            self._writer.join()
            self._connection.close()
            self._server.forget(self)

    def _talk(self) -> None:
        try:
            while (messages := self.mailbox.take()) is not None:
                for message in messages:
                    self._connection.send_bytes(message_to_bytes(message, self._wire))
        except GONE:
            shut(self._connection)


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
        self._untold: deque[FaultTold] = deque(maxlen=SENTENCES_KEPT)
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

    def tell(
        self,
        message: (
            PartialHeard
            | Levels
            | Status
            | FaultTold
            | Told
            | Leave
            | HideAsked
            | PlaybackTold
            | ConsentTold
        ),
    ) -> None:
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

    def catch_up(self, mailbox: Mailbox) -> None:
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
