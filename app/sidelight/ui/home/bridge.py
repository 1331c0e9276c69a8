"""From the launcher's news to what home reads: one thread that waits, and a signal."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from sidelight.session.lost import ConnectionLost

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import Asked, Told
    from sidelight.session.home.messages import News, Request
    from sidelight.session.settings.messages import OfSettings, SettingsNews


class HomeLink(Protocol):
    """The part of ``PipeLink`` that home uses."""

    def send(self, request: Request | Asked | OfSettings) -> None:
        """Ask; raises ``ConnectionLost`` where nobody is there."""

    def receive(self) -> News | Told | SettingsNews | None:
        """Wait a moment for news; raises ``ConnectionLost`` at the end."""


class HomeBridge(QObject):
    """Owns the thread that waits.

    Signals:
        told: News, in the window's thread.
        lost: The launcher is gone: there is nobody to ask any more.
    """

    told = Signal(object)
    lost = Signal()

    def __init__(self, link: HomeLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._wait, name="home-reader")

    def start(self) -> None:
        """Begin to wait."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._thread.join()

    def ask(self, request: Request | Asked | OfSettings) -> None:
        """Ask the launcher; what comes of it is told."""
        try:
            self._link.send(request)
        except ConnectionLost:
            self.lost.emit()

    def _wait(self) -> None:
        while not self._stopping.is_set():
            try:
                news = self._link.receive()
            except ConnectionLost:
                self.lost.emit()
                return
            if news is not None:
                self.told.emit(news)
