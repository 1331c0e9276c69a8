"""The window's end of the control socket: it outlives the engine behind it.

The engine may die and be started again in the same run folder. This link then connects
anew and follows after the last event it has seen, so that whoever reads from it notices
two things only: that the engine went out of reach, and that it is there again.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self

from sidelight.domain.errors import UserError
from sidelight.domain.events import SessionEnded
from sidelight.session.client import ControlClient
from sidelight.session.lost import ConnectionLost, LinkChanged
from sidelight.session.messages import EventStored, Follow, Quit, StartOver

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.session.messages import Message, Request

RETRY_S: Final = 0.2
"""Between two attempts; an engine is started again within three seconds."""

PATIENCE_S: Final = 30.0
"""After so long nobody is going to start it again."""

_log = logging.getLogger(__name__)


class FollowingClient:
    """A ``ControlClient`` that outlives the engine it is connected to.

    Sending may happen in any thread, receiving in one. Once the session has ended, or
    this client itself said ``Quit``, a lost connection is final.

    Args:
        folder: The engine's run folder, now and after every start.
        client: Connected to the engine that is there now.
        retry_s: Seconds between two attempts.
        patience_s: Seconds after which a lost connection is final.
        hopeless: Whether nobody is left who could start an engine.
    """

    def __init__(
        self,
        folder: Path,
        client: ControlClient,
        *,
        retry_s: float = RETRY_S,
        patience_s: float = PATIENCE_S,
        hopeless: Callable[[], bool] = lambda: False,
    ) -> None:
        self._hopeless = hopeless
        self._folder = folder
        self._client: ControlClient | None = client
        self._retry_s = retry_s
        self._patience_s = patience_s
        self._give_up_at = 0.0
        self._swapping = threading.Lock()
        self._sending = threading.Lock()
        self._interrupted = threading.Event()
        self._follows: Follow | None = None
        self._seen = 0
        self._over = False

    @classmethod
    def connect(
        cls,
        folder: Path,
        *,
        first_s: float = 0.0,
        retry_s: float = RETRY_S,
        patience_s: float = PATIENCE_S,
        hopeless: Callable[[], bool] = lambda: False,
    ) -> Self:
        """Connect for the first time.

        Args:
            folder: See the class.
            first_s: How long to look for an engine that may be being started again.
            retry_s: See the class.
            patience_s: See the class.
            hopeless: See the class.

        Raises:
            UserError: No program runs there, or it did not let us in.
        """
        give_up_at = time.monotonic() + first_s
        client: ControlClient | None = None
        while client is None:
            try:
                client = ControlClient.connect(folder)
            except UserError:
                if time.monotonic() >= give_up_at or hopeless():
                    raise
                time.sleep(retry_s)
        return cls(
            folder,
            client,
            retry_s=retry_s,
            patience_s=patience_s,
            hopeless=hopeless,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, request: Request) -> None:
        """Send one request; ``Follow`` is remembered and sent again by itself.

        Raises:
            ConnectionLost: The engine is out of reach; the request was not sent.
        """
        with self._sending:
            client = self._client
            if isinstance(request, Follow):
                self._follows, self._seen = request, request.after
                if client is None and not self._over:
                    return  # goes out with the next connection
            if client is None:
                raise ConnectionLost
            client.send(request)
            if isinstance(request, Quit):
                self._over = True

    def receive(self, timeout_s: float | None = None) -> Message | LinkChanged | None:
        """Wait for the next message, or for news of the link.

        Args:
            timeout_s: ``None`` waits as long as it takes.

        Returns:
            The message or the news, or ``None`` when the time is over.

        Raises:
            ConnectionLost: For good: the session has ended, ``interrupt`` was called,
                or nobody started the engine again.
            WireError: The message is none that this version knows.
        """
        if self._client is None:
            return self._look(timeout_s)
        try:
            message = self._client.receive(timeout_s)
        except ConnectionLost:
            self._hang_up()
            if self._over or self._interrupted.is_set():
                raise
            _log.info("the engine is out of reach; looking for the next")
            self._give_up_at = time.monotonic() + self._patience_s
            return LinkChanged(connected=False)
        self._note(message)
        return message

    def interrupt(self) -> None:
        """Make a waiting ``receive`` in another thread raise ``ConnectionLost``."""
        with self._swapping:
            self._interrupted.set()
            if self._client is not None:
                self._client.interrupt()

    def close(self) -> None:
        """Hang up. While another thread receives, ``interrupt`` and join it first."""
        self._over = True
        self._hang_up()

    def _note(self, message: Message | None) -> None:
        match message:
            case EventStored(stored=stored):
                self._seen = stored.seq
                self._over = self._over or isinstance(stored.event, SessionEnded)
            case StartOver():
                self._seen = 0
            case _:
                pass

    def _look(self, timeout_s: float | None) -> LinkChanged | None:
        until = None if timeout_s is None else time.monotonic() + timeout_s
        while not (self._over or self._interrupted.is_set()):
            if self._join():
                _log.info("the engine is there again")
                return LinkChanged(connected=True)
            now = time.monotonic()
            if now >= self._give_up_at or self._hopeless():
                break
            if until is not None and now >= until:
                return None
            left = self._retry_s if until is None else until - now
            self._interrupted.wait(min(self._retry_s, left))
        self._over = True
        raise ConnectionLost

    def _join(self) -> bool:
        """Connect and follow on, if an engine is there."""
        try:
            client = ControlClient.connect(self._folder)
        except UserError:
            return False
        with self._sending:
            with self._swapping:
                if self._interrupted.is_set():
                    client.close()
                    return False
                self._client = client
            try:
                if self._follows is not None:
                    again = replace(
                        self._follows, after=self._seen, again=self._seen > 0
                    )
                    client.send(again)
            except ConnectionLost:
                gone = True
            else:
                gone = False
        if gone:
            self._hang_up()
        return not gone

    def _hang_up(self) -> None:
        with self._swapping:
            client, self._client = self._client, None
        if client is None:
            return
        client.interrupt()  # a send that waits in another thread ends with an error
        with self._sending:
            client.close()
