"""The page of all clients: a list, and the card of the one that is chosen."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from sidelight.domain.client import Client, same_name
from sidelight.domain.consent import NEEDED
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import (
    AskConsent,
    AskExtent,
    ClientDeleted,
    ClientExported,
    ClientSaved,
    ClientsListed,
    ConsentSeen,
    DeleteClient,
    ExportClient,
    ExtentSeen,
    ListClients,
    NoteConsent,
    SaveClient,
    ScriptsSeen,
    SessionDeleted,
    SessionExtentSeen,
    SetSoundRule,
    ToldOfClients,
    WithdrawConsent,
)
from sidelight.ui.clients.agreements import Agreements
from sidelight.ui.clients.client_form import ClientForm
from sidelight.ui.clients.farewell import EVERYTHING, Farewell
from sidelight.ui.clients.wording import (
    NO_CLIENTS,
    WITHDRAWN_NOTE,
    client_facts,
    extent_text,
)
from sidelight.ui.dialogs.files import Choice, FileWish, ask_for
from sidelight.ui.home.frame import Framed, Halves
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.back_link import BackLink
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.scrolling import GUTTER, InSight, Steady
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from sidelight.domain.consent import Consent, Form, Purpose
    from sidelight.session.clients.messages import ListedClient
    from sidelight.ui.theme.theme import Theme

SAVED: Final = tr("Saved.")
OVER_TIME: Final = tr("Their sessions")
ARCHIVES: Final = tr("Archives (*.zip)")
_LIST_HEIGHT: Final = 130
_NARROW: Final = 720
"""Below this width the card stands under the list."""


class ClientsPage(Framed):
    """What is typed is saved before anybody leaves it.

    Signals:
        asked: One of ``AskedOfClients``.
        page_asked: Show what a client asked for over time, by name.
        left: Back home.

    Args:
        theme: Fonts and colours.
    """

    asked = Signal(object)
    page_asked = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Clients"))
        self._theme = theme
        self._clients: tuple[ListedClient, ...] = ()
        self._chosen = 0
        self._wanted = ""
        self._dirty = False
        self._then: Callable[[], None] | None = None
        self._names = QStringListModel(self)
        self.list = QListView()
        self.list.setObjectName("choices")
        self.list.setFont(theme.font(Role.BODY))
        self.list.setAccessibleName(tr("Clients"))
        self.list.setModel(self._names)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.selectionModel().currentChanged.connect(self._turn_to)
        self.add = Button(theme, tr("New client"))
        self.add.clicked.connect(lambda: self._leave_for(self._begin_new))
        self.form = ClientForm(theme)
        self.form.changed.connect(self._note_change)
        self.agreements = Agreements(theme)
        self.agreements.agreed.connect(self._agree)
        self.agreements.withdrawn.connect(self._withdraw)
        self.farewell = Farewell(theme)
        self.farewell.rule_chosen.connect(
            lambda rule: self.asked.emit(SetSoundRule(self.name, rule))
        )
        self.farewell.file_asked.connect(self._ask_where)
        self.farewell.delete_asked.connect(self._ask_extent)
        self.farewell.delete_meant.connect(self._delete)
        self.save = Button(theme, tr("Save"), main=True)
        self.save.clicked.connect(self._save)
        self.over_time = Button(theme, OVER_TIME)
        self.over_time.clicked.connect(
            lambda: self._leave_for(lambda: self.page_asked.emit(self.name))
        )
        self.back = BackLink(theme)
        self.back.clicked.connect(lambda: self._leave_for(self.left.emit))
        self.news = Text(theme, Role.BODY)
        self._facts = Text(theme, Role.SMALL, soft=True)
        self._card = QWidget()
        self._hold = Steady(self._card)
        self._lay_out()
        self._show_card(None)

    @property
    def name(self) -> str:
        """Whose card is shown; ``""``: nobody's who is kept."""
        known = (one.client for one in self._clients)
        return next((one.name for one in known if one.number == self._chosen), "")

    def choose(self, name: str) -> None:
        """Show this client's card, as soon as it is known who there is."""
        self._wanted = name

    def begin(self) -> None:
        """Ask who there is."""
        self.news.say("")
        self.asked.emit(ListClients())

    def take(self, news: ToldOfClients) -> None:
        """Show what was told."""
        match news:
            case ClientsListed(clients=clients):
                self._show_list(clients)
            case ClientSaved(client=client):
                self._dirty = False
                self.news.say(SAVED)
                self._choose(client.number)
                then, self._then = self._then, None
                if then is not None:
                    then()
            case ConsentSeen(client=client, said=said):
                self._show_said(client, said)
            case ExtentSeen():
                if same_name(news.client, self.name):
                    self.farewell.ask(news)
            case ClientDeleted(extent=extent):
                self._chosen = 0
                self._dirty = False
                gone = extent_text(extent)
                self.news.say(tr("Destroyed: {extent}.", extent=gone))
            case ClientExported(path=path):
                self.news.say(
                    tr(
                        "Written: {path}. It is not encrypted, for it leaves.",
                        path=path.name,
                    )
                )
            case ScriptsSeen() | SessionExtentSeen() | SessionDeleted():
                pass  # for the start card and the list of sessions

    def show_fault(self, message: str, remedy: str) -> None:
        """It was not done; everything stands as it was typed."""
        self._then = None
        self.news.say(f"{message} {remedy}")
        blocked = self.list.selectionModel().blockSignals(True)
        self._mark(self._chosen)
        self.list.selectionModel().blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field took: Enter saves, Escape goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)

    def _show_list(self, clients: tuple[ListedClient, ...]) -> None:
        self._clients = clients
        wanted, self._wanted = self._wanted, ""
        for one in clients:
            if wanted and same_name(one.client.name, wanted):
                self._chosen = one.client.number
        blocked = self.list.selectionModel().blockSignals(True)
        self._names.setStringList([one.client.name for one in clients])
        self._mark(self._chosen)
        self.list.selectionModel().blockSignals(blocked)
        if not clients:
            self._begin_new()
            self.news.say(NO_CLIENTS)
        elif not self._dirty:
            known = {one.client.number for one in clients}
            self._choose(
                self._chosen if self._chosen in known else clients[0].client.number
            )
            self.list.setFocus()

    def _show_said(self, client: str, said: tuple[Consent, ...]) -> None:
        self._clients = tuple(
            replace(one, said=said) if same_name(one.client.name, client) else one
            for one in self._clients
        )
        if same_name(client, self.name):
            self.agreements.show_said(said)

    def _mark(self, number: int) -> None:
        """The list points to this client, or to none."""
        rows = [row for row, x in enumerate(self._clients) if x.client.number == number]
        at = self._names.index(rows[0]) if rows else QModelIndex()
        self.list.setCurrentIndex(at)

    def _turn_to(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        number = self._clients[index.row()].client.number
        if number != self._chosen:
            self._leave_for(lambda: self._choose(number))

    def _choose(self, number: int) -> None:
        self._chosen = number
        self._mark(number)
        found = [one for one in self._clients if one.client.number == number]
        self._show_card(found[0] if found else None)

    def _begin_new(self) -> None:
        self._chosen = 0
        self.list.clearSelection()
        self._mark(0)
        self._show_card(None)
        self.form.name.setFocus()

    def _show_card(self, shown: ListedClient | None) -> None:
        self._dirty = False
        self.form.show_client(Client(0, "") if shown is None else shown.client)
        for part in (self.agreements, self.farewell):
            part.setVisible(shown is not None)
        self.over_time.setEnabled(shown is not None and shown.sessions > 0)
        if shown is None:
            self._facts.say("")
            return
        planned = shown.client.planned_sessions
        self._facts.say(client_facts(shown.sessions, planned))
        self.agreements.show_said(shown.said)
        self.farewell.begin(shown.sound)
        self.asked.emit(AskConsent(shown.client.name))

    def _note_change(self) -> None:
        self._dirty = True
        self.news.say("")

    def _save(self) -> None:
        try:
            self.asked.emit(SaveClient(self.form.client()))
        except UserError as fault:
            self.show_fault(fault.message, fault.remedy)

    def _leave_for(self, then: Callable[[], None]) -> None:
        """Save what was typed first; where that fails, nobody leaves."""
        if not self._dirty:
            self.news.say("")
            then()
            return
        self._then = then
        self._save()

    def _agree(self, purpose: Purpose, form: Form) -> None:
        self.news.say("")
        self.asked.emit(NoteConsent(self.name, (purpose,), form))

    def _withdraw(self, purpose: Purpose) -> None:
        self.news.say(WITHDRAWN_NOTE)
        self.asked.emit(WithdrawConsent(self.name, (purpose,)))
        if purpose in NEEDED[Mode.KEEP]:
            self._ask_extent()  # whoever minds what is kept may want it gone

    def _ask_extent(self) -> None:
        self.asked.emit(AskExtent(self.name))

    def _delete(self) -> None:
        self._dirty = False  # what was typed goes with the card
        self.asked.emit(DeleteClient(self.name))

    def _ask_where(self) -> None:
        client = self.name
        wish = FileWish(EVERYTHING, Choice.NEW, filters=ARCHIVES, name=f"{client}.zip")
        ask_for(self, wish, lambda to: self.asked.emit(ExportClient(client, to[0])))

    def _lay_out(self) -> None:
        theme = self._theme
        side = theme.px(Space.L)
        aside = QFrame()
        aside.setObjectName("card")
        named = QVBoxLayout(aside)
        near = theme.px(Space.S)
        named.setContentsMargins(near, near, near, near)
        named.setSpacing(near)
        self.list.setMinimumHeight(theme.px(_LIST_HEIGHT))
        named.addWidget(self.list, 1)
        named.addWidget(self.add)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(side, side, side - GUTTER, side)
        inside.setSpacing(theme.px(Space.S))
        inside.addWidget(self.form)
        inside.addWidget(self._facts)
        inside.addSpacing(theme.px(Space.S))
        inside.addWidget(self.agreements)
        inside.addSpacing(theme.px(Space.S))
        inside.addWidget(self.farewell)
        inside.addStretch(1)
        card = QFrame()
        card.setObjectName("card")
        self._edge = QVBoxLayout(card)
        self._edge.setContentsMargins(1, 1, 1, 1)
        self._edge.addWidget(self._hold)
        InSight(self._hold)
        halves = Halves(theme, (aside, card), (2, 5), _NARROW)
        halves.turned.connect(self._turn)
        body = QVBoxLayout()
        body.addWidget(halves)
        ways = (self.over_time, self.save)
        self._frame(self.news, body, ways, self.back)
        for before, after in pairwise((self.back, *ways, self.list)):
            QWidget.setTabOrder(before, after)

    def _turn(self, narrow: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Beside the list the card scrolls in itself, below it with the page."""
        if narrow:
            self._edge.addWidget(self._hold.takeWidget())
        else:
            self._hold.setWidget(self._card)
        self._hold.setVisible(not narrow)
        self._card.show()
