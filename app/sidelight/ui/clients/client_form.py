"""What is kept of one client: the fields of their card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from sidelight.domain.client import Client, Engagement
from sidelight.domain.errors import UserError
from sidelight.ui.clients.wording import ENGAGEMENTS
from sidelight.ui.home.wording import LANGUAGES, language_name
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme

_LINES: Final = 2


class ClientForm(QWidget):
    """Holds what is typed until it is asked for.

    Signals:
        changed: Something is another now.

    Args:
        theme: Fonts and colours.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._client = Client(0, "")
        self.name = self._line(tr("First name"))
        self.contact = self._line(tr("Contact"))
        self.since = self._line(tr("Since"))
        self.since.setPlaceholderText(tr("such as 2026-11-27"))
        self.planned = self._line(tr("Planned sessions"))
        self.language = Picker(theme, tr("Language"))
        self.engagement = Picker(theme, tr("Engagement"))
        self.asked_for = self._text(tr("What they came for"))
        self.notes = self._text(tr("Your notes"))
        for signal in (
            *(x.textEdited for x in (self.name, self.contact)),
            *(x.textEdited for x in (self.since, self.planned)),
            *(x.currentIndexChanged for x in (self.language, self.engagement)),
            *(x.textChanged for x in (self.asked_for, self.notes)),
        ):
            signal.connect(self.changed)
        self._lay_out()
        self.show_client(self._client)

    def show_client(self, client: Client) -> None:
        """Fill in what is kept; nothing counts as changed by that."""
        self._client = client
        blocked = self.blockSignals(True)
        self.name.setText(client.name)
        self.contact.setText(client.contact)
        self.since.setText("" if client.since is None else client.since.isoformat())
        planned = client.planned_sessions
        self.planned.setText("" if planned is None else str(planned))
        known = sorted((language_name(code), code) for code in LANGUAGES)
        other = client.language not in ("", *LANGUAGES)
        more = [(language_name(client.language), client.language)] if other else []
        self.language.offer([(tr("Not noted"), ""), *known, *more], client.language)
        offered = [(text, value) for value, text in ENGAGEMENTS.items()]
        self.engagement.offer(offered, client.engagement)
        self.asked_for.setPlainText(client.asked_for)
        self.notes.setPlainText(client.notes)
        self.blockSignals(blocked)

    def client(self) -> Client:
        """The client as typed.

        Raises:
            UserError: Something is not what it must be; its field has the keyboard.
        """
        language = self.language.chosen
        return replace(
            self._client,
            name=self.name.text(),
            contact=self.contact.text(),
            language=language if isinstance(language, str) else "",
            engagement=Engagement(str(self.engagement.chosen)),  # as Qt keeps it
            since=self._since(),
            planned_sessions=self._planned(),
            asked_for=self.asked_for.toPlainText(),
            notes=self.notes.toPlainText(),
        )

    def _since(self) -> date | None:
        text = self.since.text().strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.since.setFocus()
            raise UserError(
                tr("A day is written year, month, day."),
                tr("Such as 2026-11-27, or leave it empty."),
            ) from None

    def _planned(self) -> int | None:
        text = self.planned.text().strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            self.planned.setFocus()
            raise UserError(
                tr("Planned sessions are a number."),
                tr("Such as 8, or leave it empty."),
            )
        return int(text)

    def _line(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(self._theme.font(Role.BODY))
        field.setAccessibleName(name)
        return field

    def _text(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setFont(self._theme.font(Role.BODY))
        field.setAccessibleName(name)
        field.setTabChangesFocus(True)
        line = field.fontMetrics().lineSpacing()
        field.setFixedHeight(_LINES * line + 2 * self._theme.px(Space.S + 1))
        return field

    def _lay_out(self) -> None:
        theme = self._theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(Space.L))
        grid.setVerticalSpacing(theme.px(Space.XS))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        pairs: tuple[tuple[QWidget, ...], ...] = (
            (self.name, self.contact),
            (self.engagement, self.language),
            (self.since, self.planned),
            (self.asked_for,),
            (self.notes,),
        )
        before: QWidget | None = None
        for number, pair in enumerate(pairs):
            row, span = 3 * number, 3 - len(pair)
            for column, field in enumerate(pair):
                named = label(theme, field.accessibleName(), field)
                grid.addWidget(named, row, column, 1, span)
                grid.addWidget(field, row + 1, column, 1, span)
                if before is not None:
                    QWidget.setTabOrder(before, field)
                before = field
            grid.setRowMinimumHeight(row + 2, theme.px(Space.M))
