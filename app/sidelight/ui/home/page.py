"""Home itself: a start button, what needs attention, and the sessions that were."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidelight.ui.home.notes import Notes
from sidelight.ui.home.session_list import SessionList
from sidelight.ui.home.wording import Note, attention
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text

if TYPE_CHECKING:
    from sidelight.session.home.messages import DevicesFound, HomeSeen
    from sidelight.ui.theme.theme import Theme

START: Final = "Start a session"
CLIENTS: Final = "Clients"
PROMISE: Final = "Everything stays on this computer."
_LIST: Final = 220


class HomePage(QWidget):
    """Shows how things stand; what is wanted goes out as a signal.

    Signals:
        start_asked: Open the start card.
        clients_asked: Open the page of clients.
        session_chosen: Open this session, by its id.
        keep_asked: Keep this interrupted session.
        discard_asked: Destroy this interrupted session.

    Args:
        theme: Fonts and colours.
    """

    start_asked = Signal()
    clients_asked = Signal()
    session_chosen = Signal(str)
    keep_asked = Signal(str)
    discard_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._seen: HomeSeen | None = None
        self._devices: DevicesFound | None = None
        self._fault: Note | None = None
        self.start = Button(theme, START, main=True)
        self.start.clicked.connect(self.start_asked)
        self.clients = Button(theme, CLIENTS)
        self.clients.clicked.connect(self.clients_asked)
        self.notes = Notes(theme)
        self.notes.keep_asked.connect(self.keep_asked)
        self.notes.discard_asked.connect(self.discard_asked)
        self.sessions = SessionList(theme)
        self.sessions.setMinimumHeight(theme.px(_LIST))
        self.sessions.chosen.connect(self.session_chosen)

        title = QVBoxLayout()
        title.setSpacing(theme.px(2))
        title.addWidget(Text(theme, Role.TITLE, "Sidelight"))
        self._state = Text(theme, Role.SMALL, PROMISE, soft=True)
        title.addWidget(self._state)
        top = QHBoxLayout()
        top.addLayout(title, 1)
        top.setSpacing(theme.px(Space.S))
        top.addWidget(self.clients, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.start, 0, Qt.AlignmentFlag.AlignVCenter)

        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, theme.px(Space.XS))
        inside.setSpacing(0)
        heading = Text(theme, Role.LABEL, "Recent sessions", soft=True)
        side = theme.px(Space.L)
        heading.setContentsMargins(side, theme.px(Space.M), side, theme.px(Space.S))
        inside.addWidget(heading)
        inside.addWidget(self.sessions)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.L))
        layout.addLayout(top)
        layout.addWidget(self.notes)
        layout.addWidget(card, 1)

    def show_seen(self, seen: HomeSeen) -> None:
        """How things stand now."""
        self._seen = seen
        self.say("")
        self.sessions.show_lines(seen.sessions)
        self._show_notes()

    def show_devices(self, devices: DevicesFound) -> None:
        """What can be recorded now."""
        self._devices = devices
        self._show_notes()

    def show_fault(self, message: str, remedy: str) -> None:
        """Something could not be done; it is said until the next thing is."""
        self._fault = Note(message, remedy)
        self.say("")
        self._show_notes()

    def forget_fault(self) -> None:
        """Something else is done now."""
        self._fault = None
        self._show_notes()

    def say(self, text: str) -> None:
        """What takes time now; ``""``: nothing does."""
        self._state.setText(text or PROMISE)

    def _show_notes(self) -> None:
        notes = () if self._seen is None else attention(self._seen, self._devices)
        fault = () if self._fault is None else (self._fault,)
        self.notes.show_notes((*fault, *notes))
        stops = (self.start, *self.notes.stops, self.sessions, self.clients)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
