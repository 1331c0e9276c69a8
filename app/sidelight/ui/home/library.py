"""The library at home: every session, one client's, or where words were said."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sidelight.ui.home.found_list import FoundList
from sidelight.ui.home.session_list import SessionList
from sidelight.ui.home.wording import found_count
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.home.messages import SessionLine, WordsFound
    from sidelight.ui.theme.theme import Theme

HEADING: Final = tr("Your sessions")
SEARCH: Final = tr("Search everything that was said")
CLIENTS: Final = tr("A client's page…")
_LIST: Final = 220
_PICKER: Final = 190
_WAIT_MS: Final = 120
"""From the last key to the question: nobody types slower in the middle of a word."""


class LibraryCard(QFrame):
    """The search field, the clients, and a list under them.

    Signals:
        session_chosen: Open this session, by its id.
        place_chosen: Open a session at a ``Hit``.
        client_chosen: Show this client's page.
        words_typed: Find this.

    Args:
        theme: Fonts and colours.

    Attributes:
        known_clients: First names, in the order of the alphabet.
    """

    session_chosen = Signal(str)
    place_chosen = Signal(object)
    client_chosen = Signal(str)
    words_typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self.known_clients: tuple[str, ...] = ()
        self.sessions = SessionList(theme)
        self.sessions.chosen.connect(self.session_chosen)
        self.found = FoundList(theme)
        self.found.chosen.connect(self.place_chosen)
        self.field = QLineEdit()
        self.field.setFont(theme.font(Role.BODY))
        self.field.setPlaceholderText(SEARCH)
        self.field.setAccessibleName(SEARCH)
        self.field.setAccessibleDescription(tr("Down goes to what was found."))
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._ask_now)
        self.clients = Picker(theme, tr("Clients"))
        self.clients.activated.connect(self._pick)
        self.clients.installEventFilter(self)
        self._state = Text(theme, Role.LABEL, HEADING, soft=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask_now)
        self._lists = QStackedWidget()
        for one in (self.sessions, self.found):
            self._lists.addWidget(one)
            one.installEventFilter(self)
        self._lists.setMinimumHeight(theme.px(_LIST))
        self.field.installEventFilter(self)
        self._lay_out()
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._find)
        self.show_lines(())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.field, self.clients, self.sessions, self.found)

    @property
    def finding(self) -> bool:
        """Whether what was found is shown, in place of the sessions."""
        return self._lists.currentWidget() is self.found

    def show_lines(self, lines: tuple[SessionLine, ...]) -> None:
        """Every session there is."""
        self.sessions.show_lines(lines)
        names = (line.client.strip() for line in lines)
        known = sorted({name for name in names if name}, key=str.casefold)
        self.known_clients = tuple(known)
        self.clients.offer([(CLIENTS, ""), *((one, one) for one in known)], "")
        self.clients.setVisible(bool(known))
        self.field.setVisible(bool(lines))
        if self.field.text().strip():
            self._ask_now()  # there may be more to find than before

    def show_found(self, found: WordsFound) -> None:
        """What was found, unless something else has been typed since."""
        if found.words != self.field.text().strip():
            return
        self.found.show_hits(found.hits)
        self._lists.setCurrentWidget(self.found)
        self._state.setText(found_count(found))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field into the list, Escape back and then empties it.

        On the clients it opens their list: a choice leads away from here at once.
        """
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shown = self.found if self.finding else self.sessions
            if watched is self.clients and event.key() == Qt.Key.Key_Down:
                self.clients.showPopup()
                return True
            if watched is self.field and event.key() == Qt.Key.Key_Down:
                shown.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                if watched is self.field:
                    self.field.clear()
                else:
                    self._find()
                return True
        return super().eventFilter(watched, event)

    def _find(self) -> None:
        if self.field.isVisible():
            self.field.setFocus()
            self.field.selectAll()

    def _typed(self, text: str) -> None:
        if text.strip():
            self._timer.start()
            return
        self._timer.stop()
        self._lists.setCurrentWidget(self.sessions)
        self._state.setText(HEADING)

    def _ask_now(self) -> None:
        self._timer.stop()
        words = self.field.text().strip()
        if words:
            self.words_typed.emit(words)

    def _pick(self) -> None:
        client = self.clients.chosen
        self.clients.setCurrentIndex(0)
        if client:
            self.client_chosen.emit(str(client))

    def _lay_out(self) -> None:
        theme = self._theme
        side = theme.px(Space.L)
        self.clients.setFixedWidth(theme.px(_PICKER))
        above = QHBoxLayout()
        above.setContentsMargins(side, side, side, 0)
        above.setSpacing(theme.px(Space.S))
        above.addWidget(self.field, 1)
        above.addWidget(self.clients)
        self._state.setContentsMargins(side, theme.px(Space.M), side, theme.px(Space.S))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, theme.px(Space.XS))
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self._state)
        layout.addWidget(self._lists, 1)
        for before, after in pairwise(self.stops):
            QWidget.setTabOrder(before, after)
