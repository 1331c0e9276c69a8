"""What is to be exported: document, format, names, stretch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from sidelight.domain.clock_time import from_clock
from sidelight.domain.errors import UserError
from sidelight.export.package import What
from sidelight.export.redaction import Names
from sidelight.session.export_messages import Wish
from sidelight.session.exporting import ALL, as_span
from sidelight.ui.dialogs.export.wording import (
    BACKWARDS,
    BAD_TIME,
    DOCUMENTS,
    FIRST_CHOICE,
    NAMES,
    format_title,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.domain.timeline import Millis
    from sidelight.ui.theme.theme import Theme

_TYPING_MS: Final = 400
"""A time is being typed: it is read after the last key."""


class ExportForm(QWidget):
    """Document, format, names, from and to; nothing else is asked.

    Signals:
        changed: Something else is wished for, or cannot be.

    Args:
        theme: Fonts and colours.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.what = Picker(theme, tr("Document"))
        self.what.offer(DOCUMENTS, What.CLIENT_NOTE)
        self.format = Picker(theme, tr("Format"))
        self.names = Picker(theme, tr("The client's name"))
        self.names.offer(NAMES, Names.FIRST)
        self.start = self._time(tr("From"), tr("beginning"))
        self.end = self._time(tr("To"), tr("end"))
        self.fault = Text(theme, Role.SMALL)
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._read_times)
        self._offer_formats()
        self.what.currentIndexChanged.connect(self._change_document)
        for picker in (self.format, self.names):
            picker.currentIndexChanged.connect(self.changed)
        for field in (self.start, self.end):
            field.textEdited.connect(self._wait_for_more)
        self._lay_out()

    @property
    def wish(self) -> Wish | None:
        """What is wished for; ``None``: a time cannot be read."""
        what = self._document
        names = Names(str(self.names.chosen))
        if what is What.SOUND:
            names = Names.FIRST
        try:
            span = as_span(_position(self.start), _position(self.end))
        except (ValueError, UserError):
            return None
        return Wish(what, str(self.format.chosen), names, span)

    @property
    def _document(self) -> What:
        # Qt gives back the plain text of it.
        return What(str(self.what.chosen))

    def settle(self) -> None:
        """Read now what is being typed."""
        if self._typing.isActive():
            self._typing.stop()
            self._read_times()

    def _wait_for_more(self) -> None:
        self._typing.start()

    def _read_times(self) -> None:
        fault = ""
        try:
            as_span(_position(self.start), _position(self.end))
        except ValueError:
            fault = BAD_TIME
        except UserError:
            fault = BACKWARDS
        self.fault.say(fault)
        self.changed.emit()

    def _change_document(self) -> None:
        self._offer_formats()
        self.names.setEnabled(self._document is not What.SOUND)
        self.changed.emit()

    def _offer_formats(self) -> None:
        what = self._document
        formats = [one.format for one in ALL if one.what is what]
        first = FIRST_CHOICE[what]
        # What most people want first, the others as they are listed.
        formats.sort(key=lambda one: one != first)
        self.format.offer([(format_title(one), one) for one in formats], first)

    def _time(self, name: str, otherwise: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(self._theme.font(Role.BODY))
        field.setAccessibleName(name)
        field.setPlaceholderText(otherwise)
        return field

    def _lay_out(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(Space.XS + Space.XXS))
        for name, field in (
            (tr("Document"), self.what),
            (tr("Format"), self.format),
            (tr("The client's name"), self.names),
        ):
            column.addWidget(label(theme, name, field))
            column.addWidget(field)
            column.addSpacing(theme.px(Space.M))
        times = QGridLayout()
        times.setHorizontalSpacing(theme.px(Space.M))
        times.setVerticalSpacing(theme.px(Space.XS + Space.XXS))
        for place, (name, line) in enumerate(
            ((tr("From"), self.start), (tr("To"), self.end))
        ):
            times.addWidget(label(theme, name, line), 0, place)
            times.addWidget(line, 1, place)
        column.addLayout(times)
        column.addWidget(self.fault)
        self.fault.say("")


def _position(field: QLineEdit) -> Millis | None:
    """What stands in it; ``None``: nothing.

    Raises:
        ValueError: It is no time.
    """
    text = field.text().strip()
    return from_clock(text) if text else None
