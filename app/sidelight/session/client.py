"""The client's end of the control socket, for the window and the commands.

Where an engine listens, and the key it expects, lie in a file that only this user can
read (``session.control`` writes it).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    answer_challenge,
    deliver_challenge,
)
from typing import TYPE_CHECKING, Final, Self

from sidelight.domain.errors import UserError
from sidelight.domain.events import SessionStarted
from sidelight.domain.wire import Wire
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import (
    EventStored,
    Follow,
    Message,
    Request,
    message_from_bytes,
    request_to_bytes,
)
from sidelight.session.shutting import shut

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.session import Session

FILE_NAME: Final = "control.json"
GONE: Final = (EOFError, OSError, BrokenPipeError)
"""What a connection raises whose other end is gone."""

_LONGEST_MESSAGE: Final = 4 * 1024 * 1024
_ANSWER_S: Final = 10.0


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
        except GONE as error:
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
        except (*GONE, AuthenticationError) as error:
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
        except GONE as error:
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
        except GONE as error:
            raise ConnectionLost from error
        return message_from_bytes(raw, self._wire)

    def interrupt(self) -> None:
        """Make a waiting ``receive`` in another thread raise ``ConnectionLost``."""
        shut(self._connection)

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
