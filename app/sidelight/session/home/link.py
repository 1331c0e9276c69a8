"""Home's end of the pipe to the launcher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.session.lost import ConnectionLost

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from sidelight.session.firstrun.messages import Asked, Told
    from sidelight.session.home.messages import News, Request
    from sidelight.session.settings.messages import OfSettings, SettingsNews

_TURN_S: Final = 0.1


class PipeLink:
    """Sends from one thread, waits in another.

    Args:
        connection: To the launcher; closed by whoever made it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, request: Request | Asked | OfSettings) -> None:
        """Ask; at once, for a pipe holds thousands of such requests.

        Raises:
            ConnectionLost: The launcher is gone.
        """
        try:
            self._connection.send(request)
        except OSError:
            raise ConnectionLost from None

    def receive(self) -> News | Told | SettingsNews | None:
        """Wait a moment for news; ``None``: there were none.

        Raises:
            ConnectionLost: The launcher is gone.
        """
        try:
            if not self._connection.poll(_TURN_S):
                return None
            news: News | Told | SettingsNews = self._connection.recv()
        except (EOFError, OSError):
            raise ConnectionLost from None
        return news
