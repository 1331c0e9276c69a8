"""The start card: what is agreed with the client, and what to say to them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import AskConsent
from sidelight.ui.clients.wording import ASK_FIRST, NAME_FIRST
from sidelight.ui.home.consent import ConsentPart
from sidelight.ui.home.form import StartForm
from sidelight.ui.home.frame import Framed
from sidelight.ui.home.hearing import Hearing
from sidelight.ui.home.wording import committed, last_time
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.back_link import BackLink
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

    from sidelight.session.home.messages import CardSeen, ClientRecalled
    from sidelight.ui.theme.theme import Theme

_ASIDE: Final = 300
_NARROW: Final = 780
"""Below this width what to say stands under the fields."""


class StartCard(Framed):
    """Enter starts, Escape goes back; what was typed stays until a session begins.

    Signals:
        started: ``StartChoices``.
        cancelled: Back home.
        client_named: A first name: what did this client ask for last time?
        asked_of_clients: One of ``AskedOfClients``: what this client agreed to.

    Args:
        theme: Fonts and colours.
    """

    started = Signal(object)
    cancelled = Signal()
    client_named = Signal(str)
    asked_of_clients = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("A new session"))
        self._theme = theme
        self._asked_about = ""
        self._filled = False
        self._narrow: bool | None = None
        self.hearing = Hearing(theme)
        self.form = StartForm(theme, self.hearing)
        self.form.client_named.connect(self._ask_about)
        self.form.mode_chosen.connect(self._show_mode)
        self.form.changed.connect(self._forget_fault)
        self.start = _Start(theme, tr("Start"), lends=True)
        self.start.clicked.connect(self._start)
        self.back = BackLink(theme)
        self.back.clicked.connect(self.cancelled)
        self.news = Text(theme, Role.BODY)
        self.consent = ConsentPart(theme)
        self.consent.asked.connect(self.asked_of_clients)
        self.consent.nameless.connect(self._ask_for_name)
        self.consent.settled.connect(self._go_on)
        self.consent.declined.connect(self._leave_unheard)
        self.consent.turned.connect(self._lead)
        agreed = QShortcut(QKeySequence(Qt.Key.Key_F2), self)
        agreed.activated.connect(self.consent.note)
        self._asked = Text(theme, Role.BODY)
        self._asked_on = Text(theme, Role.SMALL, soft=True)
        self._asked_label = label(theme, tr("What they asked for last time"))
        self._committed = Text(theme, Role.BODY)
        self._committed_on = Text(theme, Role.SMALL, soft=True)
        self._committed_label = label(theme, tr("What they said they would do"))
        self._between = QWidget()
        self._aside = QFrame()
        self._parts = QGridLayout()
        self._lay_out()
        self._show_mode(self.form.mode)
        self.consent.show_client("")
        self.show_recalled(None)
        self.news.say("")

    def begin(self, seen: CardSeen) -> None:
        """Begin to be filled in, or go on with it."""
        self.idle()
        self.news.say("")
        if not self._filled:
            self.hearing.begin(seen.choices)
        else:
            self.hearing.look_again()
        self._filled = True
        self.form.begin(seen)

    def show_recalled(self, recalled: ClientRecalled | None) -> None:
        """What this client asked for, unless another has been named meanwhile."""
        if recalled is not None and recalled.client != self._asked_about:
            return
        quote, line = last_time(recalled)
        self._asked.say(quote)
        self._asked_on.say(line)
        self._asked_label.setVisible(bool(quote or line))
        promised, day = committed(recalled)
        self._committed.say(promised)
        self._committed_on.say(day)
        self._committed_label.setVisible(bool(promised))
        self._between.setVisible(bool(promised))

    def show_working(self, text: str) -> None:
        """It is being started; nothing can be changed now."""
        self.news.say(text)
        for part in (self.form, self.form.who, self.consent, self.start, self.back):
            part.setEnabled(False)

    def show_fault(self, message: str, remedy: str) -> None:
        """It did not start; everything stands as it was."""
        waited = not self.form.isEnabled()
        self.idle()
        self.news.say(f"{message} {remedy}")
        if waited:
            (self.consent.agree if self.consent.waits else self.start).setFocus()
            self.hearing.listen_again()

    def idle(self) -> None:
        """It can be filled in."""
        for part in (self.form, self.form.who, self.consent, self.start, self.back):
            part.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field took: Enter and Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.start.click()
        elif event.key() == Qt.Key.Key_Escape and self.consent.editing:
            self.consent.stop_editing()
            self.consent.change.setFocus()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What to say stands beside the fields where there is room."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < self._theme.px(_NARROW))

    def _go_on(self) -> None:
        """The client agreed: nobody has to be asked any more."""
        self._forget_fault()
        self.start.setFocus()

    def _leave_unheard(self) -> None:
        """The client said no: then nothing listens."""
        self._forget_fault()
        self.form.modes[Mode.NO_LISTENING].setChecked(True)
        self.start.setFocus()

    def _lead(self) -> None:
        """One of the two goes on: the client's yes, and only then the start."""
        self.start.lead(not self.consent.first)

    def _forget_fault(self) -> None:
        """Something was changed about it: what is said is about what was."""
        self.news.say("")

    def _start(self) -> None:
        try:
            choices = self.form.choices()
        except UserError as fault:
            self.show_fault(fault.message, fault.remedy)
            return
        self._ask_about(choices.client)  # typed, and the field never left
        if self.consent.waits:
            if choices.client:
                self._ask_first()
            else:
                self._ask_for_name()
            return
        self.show_working(tr("Starting."))
        self.started.emit(choices)

    def _ask_first(self) -> None:
        self.show_fault(*ASK_FIRST)
        self.consent.agree.setFocus()

    def _ask_about(self, client: str) -> None:
        if client == self._asked_about:
            return
        self._asked_about = client
        self.show_recalled(None)
        self.consent.show_client(client)
        if client:
            self.asked_of_clients.emit(AskConsent(client))
            self.client_named.emit(client)

    def _show_mode(self, mode: Mode) -> None:
        self.consent.show_mode(mode)

    def _ask_for_name(self) -> None:
        self.show_fault(*NAME_FIRST)
        self.form.client.setFocus()

    def _arrange(self, *, narrow: bool) -> None:
        """Beside the fields, or directly below whom it is said to."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        grid = self._parts
        for part in (self.form.who, self.form, self._aside):
            grid.removeWidget(part)
        grid.addWidget(self.form.who, 0, 0)
        if narrow:
            grid.addWidget(self._aside, 1, 0)
            grid.addWidget(self.form, 2, 0)
        else:
            grid.addWidget(self.form, 1, 0)
            grid.addWidget(self._aside, 0, 1, 2, 1)
        grid.setColumnStretch(1, 0 if narrow else 3)
        for before, after in pairwise(self._stops(narrow=narrow)):
            QWidget.setTabOrder(before, after)

    def _stops(self, *, narrow: bool) -> tuple[QWidget, ...]:
        """What takes the keyboard, as one reads it."""
        who, how, asked = self.form.whose, self.form.stops, self.consent.stops
        parts = (*who, *asked, *how) if narrow else (*who, *how, *asked)
        return (self.back, self.start, *parts)

    def _lay_out(self) -> None:
        theme = self._theme
        aside = self._aside
        aside.setObjectName("card")
        words = QVBoxLayout(aside)
        side = theme.px(Space.L)
        words.setContentsMargins(side, side, side, side)
        words.setSpacing(theme.px(Space.XS + Space.XXS))
        words.addWidget(self.consent)
        words.addSpacing(theme.px(Space.L))
        words.addWidget(self._asked_label)
        words.addWidget(self._asked)
        words.addWidget(self._asked_on)
        self._between.setFixedHeight(theme.px(Space.M))
        words.addWidget(self._between)
        words.addWidget(self._committed_label)
        words.addWidget(self._committed)
        words.addWidget(self._committed_on)
        words.addStretch(1)
        aside.setMinimumWidth(theme.px(_ASIDE))
        self._parts.setSpacing(theme.px(Space.M))
        self._parts.setColumnStretch(0, 5)
        self._parts.setRowStretch(1, 1)
        layout = QVBoxLayout()
        layout.addLayout(self._parts)
        layout.addStretch(1)
        self._frame(self.news, layout, (self.start,), self.back)
        self._arrange(narrow=False)


class _Start(Button):
    """Not pressed by the second of two clicks: the first one opened the card."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """It stands where the button of home was."""
        event.accept()
