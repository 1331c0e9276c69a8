"""One client over time: what they asked for, what they said they would do."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.ui.home.frame import Framed
from sidelight.ui.home.session_list import SessionList
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.timewords import when
from sidelight.ui.widgets.back_link import BACK_HEIGHT, BackLink
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.place_link import PlaceLink
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr, tr_n

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.domain.timeline import Millis
    from sidelight.session.home.messages import ClientLine, ClientSeen
    from sidelight.ui.theme.theme import Theme

CARD: Final = tr("Card and consent")
ASKED: Final = tr("asked for")
PROMISED: Final = tr("will do")
NOTHING: Final = tr(
    "Nothing was noted yet. What a client asks for is heard in kept sessions; what they"
    " commit to stands here once you have ticked it in the wrap-up."
)
_LIST: Final = 160
_KIND: Final = 64


class ClientPage(Framed):
    """Shows one client; what is wanted goes out as a signal.

    Signals:
        left: Back to all sessions.
        card_asked: Open the card of this client, by name.
        session_chosen: Open this session, by its id.
        place_chosen: Open a session at a place: its id and milliseconds, or ``None``.

    Args:
        theme: Fonts and colours.
    """

    left = Signal()
    card_asked = Signal(str)
    session_chosen = Signal(str)
    place_chosen = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self._theme = theme
        self.back = BackLink(theme)
        self.back.clicked.connect(self.left)
        self._client = ""
        self.card = Button(theme, CARD)
        self.card.clicked.connect(lambda: self.card_asked.emit(self._client))
        self.shows: list[PlaceLink] = []
        self._since = Text(theme, Role.SMALL, soft=True)
        self.sessions = SessionList(theme, named=False)
        self.sessions.setMinimumHeight(theme.px(_LIST))
        self.sessions.opened.connect(self.session_chosen)
        self._rows: list[QWidget] = []
        self._told = QVBoxLayout()
        self._told.setSpacing(theme.px(Space.L))
        self._nothing = Text(theme, Role.BODY, NOTHING, soft=True)
        self._told.addWidget(self._nothing)
        self._lay_out()

    def show_client(self, seen: ClientSeen) -> None:
        """This client."""
        self._client = seen.client
        self.title.setText(seen.client)
        count = len(seen.sessions)
        since = when(seen.sessions[-1].started_at)[0] if count else ""
        told = tr_n("One session, {day}", "{n} sessions since {day}", count, day=since)
        self._since.setText(told if count else "")
        for row in self._rows:
            self._told.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.shows.clear()
        self._rows = [self._row(line) for line in seen.lines]
        for row in self._rows:
            self._told.addWidget(row)
            row.show()
        self._nothing.setVisible(not seen.lines)
        self.sessions.show_lines(seen.sessions)
        for before, after in pairwise(
            (self.back, self.card, *self.shows, self.sessions)
        ):
            QWidget.setTabOrder(before, after)
        self.back.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)

    def _row(self, line: ClientLine) -> QWidget:
        """One session: its day, the request, and the commitments."""
        theme = self._theme
        row = QWidget()
        inside = QVBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(Space.XS))
        inside.addWidget(Text(theme, Role.STRONG, when(line.on)[0]))
        if line.request:
            asked = f"“{line.request}”"
            inside.addLayout(self._said(line, ASKED, asked, line.asked_at))
        for text, at in line.commitments:
            quote = f"“{text}”" if at is not None else text
            inside.addLayout(self._said(line, PROMISED, quote, at))
        return row

    def _said(
        self, line: ClientLine, what: str, text: str, at: Millis | None
    ) -> QHBoxLayout:
        theme = self._theme
        layout = QHBoxLayout()
        layout.setSpacing(theme.px(Space.M))
        kind = Text(theme, Role.SMALL, what, soft=True)
        kind.setFixedWidth(theme.px(_KIND))
        middle = Qt.AlignmentFlag.AlignVCenter
        layout.addWidget(kind, 0, middle)
        layout.addWidget(Text(theme, Role.BODY, text), 1, middle)
        if at is not None:
            show = PlaceLink(theme, clock(at), f"{what}: {text}")
            show.clicked.connect(lambda: self.place_chosen.emit(line.session, at))
            self.shows.append(show)
            layout.addWidget(show, 0, middle)
        layout.addStrut(theme.px(BACK_HEIGHT))
        return layout

    def _lay_out(self) -> None:
        theme = self._theme
        layout = QVBoxLayout()
        layout.setSpacing(theme.px(Space.L))
        layout.addWidget(
            self._card(tr("What they asked for and committed to"), self._told)
        )
        inside = QVBoxLayout()
        inside.addWidget(self.sessions)
        layout.addWidget(self._card(tr("Sessions"), inside), 1)
        self._frame(self._since, layout, (self.card,), self.back)

    def _card(self, name: str, content: QVBoxLayout) -> QFrame:
        theme = self._theme
        card = QFrame()
        card.setObjectName("card")
        layout = QVBoxLayout(card)
        side = theme.px(Space.L)
        # A list has its own room beside its rows.
        inner = 0 if content is not self._told else side
        layout.setContentsMargins(1, 1, 1, theme.px(Space.S))
        layout.setSpacing(0)
        heading = Text(theme, Role.LABEL, name, soft=True)
        heading.setContentsMargins(side, theme.px(Space.M), side, theme.px(Space.S))
        layout.addWidget(heading)
        foot = theme.px(Space.S) if inner else 0
        right = max(0, inner - 2 * theme.px(Space.XS))  # a time has room to be hit
        content.setContentsMargins(inner, 0, right, foot)
        layout.addLayout(content)
        return card
