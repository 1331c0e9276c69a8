"""The library at home: every session, or what was found of clients and words."""

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

from sidelight.ui.clients.wording import what_goes_of_session
from sidelight.ui.home.found_list import FoundClient, FoundList
from sidelight.ui.home.session_list import SessionList
from sidelight.ui.home.wording import found_count, session_facts, session_name
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.deletion_question import DeletionQuestion
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.session.clients.messages import SessionExtentSeen
    from sidelight.session.home.messages import SessionLine, WordsFound
    from sidelight.ui.theme.theme import Theme

HEADING: Final = tr("Your sessions")
SEARCH: Final = tr("Search clients and everything that was said")
EMPTY: Final = tr("No session yet")
EMPTY_WAYS: Final = tr(
    "Start one, or bring in a recording of an earlier session. Each is found here"
    " again, with what was said and how you partnered."
)
WATCH: Final = tr("Watch a demonstration session")
BRING_IN: Final = tr("Bring in recordings…")
_LIST: Final = 150
_WAIT_MS: Final = 120
"""From the last key to the question: nobody types slower in the middle of a word."""


class LibraryCard(QFrame):
    """The search field, and a list under it; at first what can be done instead.

    Signals:
        session_chosen: Open this session, by its id.
        place_chosen: Open a session at a ``Hit``.
        client_chosen: Show this client's page.
        words_typed: Find this.
        recordings_asked: Bring in recordings.
        demo_asked: Play the demonstration session.
        extent_asked: How much is there of this session, by its id?
        delete_meant: Destroy this session.

    Args:
        theme: Fonts and colours.

    Attributes:
        known_clients: First names, in the order of the alphabet.
    """

    session_chosen = Signal(str)
    place_chosen = Signal(object)
    client_chosen = Signal(str)
    words_typed = Signal(str)
    recordings_asked = Signal()
    demo_asked = Signal()
    extent_asked = Signal(str)
    delete_meant = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self.known_clients: tuple[str, ...] = ()
        self.sessions = SessionList(theme, deletes=True)
        self.sessions.opened.connect(self.session_chosen)
        self.sessions.delete_asked.connect(self.extent_asked)
        self.question = DeletionQuestion(theme)
        self.question.kept.connect(self.sessions.setFocus)
        self.question.meant.connect(self._delete)
        self._going = ""
        self.found = FoundList(theme)
        self.found.place_chosen.connect(self.place_chosen)
        self.found.client_chosen.connect(self.client_chosen)
        self.bring_in = Button(theme, BRING_IN)
        self.bring_in.clicked.connect(self.recordings_asked)
        self.watch = Button(theme, WATCH)
        self.watch.clicked.connect(self.demo_asked)
        self._empty = QWidget()
        self.field = QLineEdit()
        self.field.setFont(theme.font(Role.BODY))
        self.field.setPlaceholderText(SEARCH)
        self.field.setAccessibleName(SEARCH)
        self.field.setAccessibleDescription(tr("Down goes to what was found."))
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._ask_now)
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
        asked = self.question.stops
        empty = (self.bring_in, self.watch)
        return (self.field, *asked, self.sessions, self.found, *empty)

    @property
    def finding(self) -> bool:
        """Whether what was found is shown, in place of the sessions."""
        return self._lists.currentWidget() is self.found

    def show_lines(self, lines: tuple[SessionLine, ...]) -> None:
        """Every session there is."""
        self.sessions.show_lines(lines)
        self.question.hide()
        names = (line.client.strip() for line in lines)
        known = sorted({name for name in names if name}, key=str.casefold)
        self.known_clients = tuple(known)
        for part in (self.field, self._state, self._lists):
            part.setVisible(bool(lines))
        self._empty.setVisible(not lines)
        if self.field.text().strip():
            self._ask_now()  # there may be more to find than before

    def show_found(self, found: WordsFound) -> None:
        """What was found, unless something else has been typed since."""
        if found.words != self.field.text().strip():
            return
        clients = tuple(self._called(found.words))
        self.found.show_found(clients, found.hits)
        self._lists.setCurrentWidget(self.found)
        self._state.setText(found_count(found, len(clients)))

    def ask_deletion(self, seen: SessionExtentSeen) -> None:
        """Say what would go with a session, and wait."""
        line = self.sessions.line(seen.session)
        if line is not None:
            self._going = seen.session
            self.question.ask(
                what_goes_of_session(seen, session_name(line), session_facts(line))
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field into the list, Escape back and then empties it."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shown = self.found if self.finding else self.sessions
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

    def _delete(self) -> None:
        self.question.hide()
        self.delete_meant.emit(self._going)

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

    def _called(self, words: str) -> Iterator[FoundClient]:
        """Clients of whose name a word begins like this."""
        lines = self.sessions.rows.rows
        for name in self.known_clients:
            if any(x.startswith(words.casefold()) for x in _beginnings(name)):
                theirs = [one for one in lines if one.client.strip() == name]
                newest = max(one.started_at for one in theirs)
                yield FoundClient(name, len(theirs), newest)

    def _lay_out(self) -> None:
        theme = self._theme
        side = theme.px(Space.L)
        above = QHBoxLayout()
        above.setContentsMargins(side, side, side, 0)
        above.addWidget(self.field)
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(side, 0, side, side - theme.px(Space.XS))
        empty.setSpacing(theme.px(Space.XS))
        empty.addWidget(Text(theme, Role.STRONG, EMPTY))
        empty.addWidget(Text(theme, Role.BODY, EMPTY_WAYS, soft=True))
        empty.addSpacing(theme.px(Space.S))
        ways = QHBoxLayout()
        ways.setSpacing(theme.px(Space.S))
        ways.addWidget(self.bring_in)
        ways.addWidget(self.watch)
        ways.addStretch(1)
        empty.addLayout(ways)
        self._state.setContentsMargins(side, theme.px(Space.M), side, theme.px(Space.S))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, theme.px(Space.XS))
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self._state)
        asked = QVBoxLayout()
        asked.setContentsMargins(side, 0, side, 0)
        asked.addWidget(self.question)
        layout.addLayout(asked)
        layout.addWidget(self._lists, 1)
        layout.addWidget(self._empty)
        for before, after in pairwise(self.stops):
            QWidget.setTabOrder(before, after)


def _beginnings(name: str) -> list[str]:
    """The name, and what follows each space in it: any of them may be typed."""
    words = name.casefold().split()
    return [" ".join(words[at:]) for at in range(len(words))]
