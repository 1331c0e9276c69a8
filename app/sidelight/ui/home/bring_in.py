"""What is asked before recordings made elsewhere are brought in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sidelight.domain.consent import Occasion
from sidelight.domain.shown import shown
from sidelight.domain.transcript import Layout
from sidelight.session.clients.messages import AskConsent, AskScripts
from sidelight.session.importing.wanted import Recording
from sidelight.ui.clients.wording import ASK_BEFORE, NAME_BEFORE
from sidelight.ui.home.consent import ConsentPart
from sidelight.ui.home.frame import Framed, Halves
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.back_link import BackLink
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.name_field import NameField
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from sidelight.ui.theme.theme import Theme

GO_ON: Final = tr("Bring in")
CONSENT: Final = tr(
    "Sound and words are kept on this computer, encrypted. The files stay where they"
    " are."
)
SIDES: Final = (
    (tr("As each file says"), "file"),
    (tr("One microphone for everybody"), "room"),
    (tr("You left, client right"), "left"),
    (tr("Client left, you right"), "right"),
)
STAY_OUT: Final = tr("They said no, so nothing is brought in.")
_MOST_NAMES: Final = 6
_NARROW: Final = 780
"""Below this width what to say stands under the files."""


class BringInPage(Framed):
    """Asks whose they are, and who is on which side.

    Signals:
        wanted: The ``Recording`` values to bring in, as a tuple.
        asked_of_clients: One of ``AskedOfClients``: what this client agreed to.
        left: Nothing is to be brought in.

    Args:
        theme: Fonts and colours.
    """

    wanted = Signal(object)
    asked_of_clients = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "")
        self._paths: tuple[Path, ...] = ()
        self._asked_about = ""
        self._going = False
        self._names = Text(theme, Role.BODY)
        self.client = NameField(theme, tr("Client's first name"))
        self.news = Text(theme, Role.BODY)
        self.client.chosen.connect(self._ask_about)
        self.client.editingFinished.connect(self._ask_about)
        self.client.textEdited.connect(lambda: self.news.say(""))
        self.consent = ConsentPart(theme, Occasion.RECORDING)
        self.consent.asked.connect(self.asked_of_clients)
        self.consent.nameless.connect(self._ask_for_name)
        self.sides = Picker(theme, tr("Who is heard where"))
        self.sides.offer(SIDES, SIDES[0][1])
        self.back = BackLink(theme)
        self.back.clicked.connect(self.left)
        self.go = Button(theme, GO_ON, lends=True)
        self.go.clicked.connect(self._go)
        self.consent.settled.connect(self.go.setFocus)
        self.consent.known.connect(self._go_on)
        self.consent.declined.connect(self._leave_out)
        self.consent.turned.connect(self._lead)
        agreed = QShortcut(QKeySequence(Qt.Key.Key_F2), self)
        agreed.activated.connect(self.consent.note)
        self._lay_out(theme)
        stops = (self.back, self.go, self.client, self.sides, *self.consent.stops)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def ask(self, paths: Sequence[Path], clients: Sequence[str]) -> None:
        """Ask about these files."""
        self._paths = tuple(paths)
        count = len(self._paths)
        self.title.setText(
            tr_n("Bring in a recording", "Bring in {n} recordings", count)
        )
        names = [shown(path.name) for path in self._paths[:_MOST_NAMES]]
        if count > _MOST_NAMES:
            names.append(tr("and {n} more", n=count - _MOST_NAMES))
        self._names.setText("\n".join(names))
        self.client.clear()
        self.client.offer(clients)
        self.sides.setCurrentIndex(0)
        self.news.say("")
        self._asked_about, self._going = "", False
        self.consent.show_client("")
        self.asked_of_clients.emit(AskScripts())
        self.client.setFocus()

    def show_fault(self, message: str, remedy: str) -> None:
        """They are not brought in yet; everything stands as it was."""
        self.news.say(f"{message} {remedy}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no field took: Enter and Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        chosen = self.sides.chosen
        layout = None if chosen == "file" else Layout.STEREO
        if chosen == "room":
            layout = Layout.MONO
        client = self.client.text().strip()
        self._ask_about()  # typed, and the field never left
        if not client:
            self._ask_for_name()
            return
        self._going = self.consent.unknown
        if self._going:
            return  # it goes on with the answer
        if self.consent.waits:
            self.show_fault(*ASK_BEFORE)
            self.consent.agree.setFocus()
            return
        self.wanted.emit(
            tuple(
                Recording(
                    path,
                    layout,
                    coach="right" if chosen == "right" else "left",
                    client=client,
                )
                for path in self._paths
            )
        )

    def _go_on(self) -> None:
        if self._going:
            self._go()

    def _lead(self) -> None:
        """One of the two goes on: the client's yes, and only then the recordings."""
        self.go.lead(not self.consent.first)

    def _leave_out(self) -> None:
        """The client said no: they stay where they are."""
        self._going = False
        self.news.say(STAY_OUT)
        self.back.setFocus()

    def _ask_about(self) -> None:
        client = self.client.text().strip()
        if client == self._asked_about:
            return
        self._asked_about = client
        self._going = False
        self.consent.show_client(client)
        if client:
            self.asked_of_clients.emit(AskConsent(client))

    def _ask_for_name(self) -> None:
        self.show_fault(*NAME_BEFORE)
        self.client.setFocus()

    def _lay_out(self, theme: Theme) -> None:
        asked = (
            label(theme, tr("Client's first name"), self.client),
            self.client,
            label(theme, tr("Where there are two channels"), self.sides),
            self.sides,
        )
        files, inside = _card(theme)
        gap = theme.px(Space.L)
        inside.addWidget(self._names)
        for number, part in enumerate(asked):
            if number % 2 == 0:
                inside.addSpacing(gap - theme.px(Space.XS))
            inside.addWidget(part)
        inside.addSpacing(gap)
        inside.addWidget(Text(theme, Role.SMALL, CONSENT, soft=True))
        aside, beside = _card(theme)
        beside.addWidget(self.consent)
        halves = Halves(theme, (files, aside), (5, 4), _NARROW)
        layout = QVBoxLayout()
        layout.addWidget(halves)
        layout.addStretch(1)
        self._frame(self.news, layout, (self.go,), self.back)


def _card(theme: Theme) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setObjectName("card")
    inside = QVBoxLayout(card)
    side = theme.px(Space.L)
    inside.setContentsMargins(side, side, side, side)
    inside.setSpacing(theme.px(Space.XS))
    inside.setAlignment(Qt.AlignmentFlag.AlignTop)
    return card, inside
