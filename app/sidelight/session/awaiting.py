"""A link to an engine that is still being started: the window is there before it.

Until the launcher says that the engine has begun, there is nothing to follow. What the
wire format needs is loaded meanwhile, in the thread that waits: a window that is only
getting ready has no use for it yet.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.session.launching import Began
from sidelight.session.lost import ConnectionLost, LinkChanged
from sidelight.session.messages import Follow
from sidelight.session.shutting import shut

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from pathlib import Path

    from sidelight.session.following import FollowingClient
    from sidelight.session.messages import Message, Request


class AwaitedLink:
    """Waits for the launcher's word, then is a ``FollowingClient``.

    Sending may happen in any thread, receiving in one.

    Args:
        launcher: Says ``Began`` once.
        folder: The engine's run folder.
        hopeless: Whether nobody is left who could start an engine.
    """

    def __init__(
        self, launcher: Connection, folder: Path, hopeless: Callable[[], bool]
    ) -> None:
        self._launcher = launcher
        self._folder = folder
        self._hopeless = hopeless
        self._client: FollowingClient | None = None
        self._follows: Follow | None = None
        self._joining = threading.Lock()
        self._interrupted = threading.Event()

    def send(self, request: Request) -> None:
        """Send one request; ``Follow`` goes out as soon as there is an engine.

        Raises:
            ConnectionLost: There is none yet, or it is out of reach.
        """
        with self._joining:
            client = self._client
            if client is None and isinstance(request, Follow):
                self._follows = request
                return
        if client is None:
            raise ConnectionLost
        client.send(request)

    def receive(self, timeout_s: float | None = None) -> Message | LinkChanged | None:
        """Wait for the engine, then for its next message.

        Args:
            timeout_s: ``None`` waits as long as it takes.

        Returns:
            See ``FollowingClient``; first of all, that there is an engine now.

        Raises:
            ConnectionLost: For good: it did not begin, ``interrupt`` was called, or see
                ``FollowingClient``.
        """
        if self._client is not None:
            return self._client.receive(timeout_s)
        # Loaded while the engine is, and not before the window is seen.
        from sidelight.session.following import (  # noqa: PLC0415
            PATIENCE_S,
            FollowingClient,
        )

        if not self._has_begun(timeout_s):
            return None
        try:
            # An engine that dies just now is started again; that is waited for.
            client = FollowingClient.connect(
                self._folder, first_s=PATIENCE_S, hopeless=self._is_in_vain
            )
        except UserError:
            raise ConnectionLost from None
        with self._joining:
            self._client = client
            if self._interrupted.is_set():
                raise ConnectionLost
            if self._follows is not None:
                client.send(self._follows)
        return LinkChanged(connected=True)

    def interrupt(self) -> None:
        """Make a waiting ``receive`` in another thread raise ``ConnectionLost``."""
        with self._joining:
            self._interrupted.set()
            if self._client is None:
                shut(self._launcher)
            else:
                self._client.interrupt()

    def close(self) -> None:
        """Hang up. While another thread receives, ``interrupt`` and join it first."""
        if self._client is not None:
            self._client.close()

    def _has_begun(self, timeout_s: float | None) -> bool:
        """Whether the launcher says so; other words of its are not for us."""
        try:
            while self._launcher.poll(timeout_s):
                if isinstance(self._launcher.recv(), Began):
                    return True
        except (EOFError, OSError):
            raise ConnectionLost from None
        return False

    def _is_in_vain(self) -> bool:
        return self._interrupted.is_set() or self._hopeless()
