"""Other people's names in what leaves: each stays, or the coach's words stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sidelight.export.redaction import Instead, initial
from sidelight.ui.dialogs.export.wording import (
    INSTEAD,
    LOOK_TOO,
    OTHERS_TOO,
    STAYS,
    more_names,
    name_told,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.export.names import NameFound
    from sidelight.ui.theme.theme import Theme

_TYPING_MS: Final = 400
"""Words are being typed: they are read after the last key."""

_WIDEST: Final = "W."
"""The widest initial: all fields end on one line."""

_AT_ONCE: Final = 12
"""So many names have a field at first: in German every noun looks like a name."""


class NamesToCheck(QWidget):
    """What looks like a name, each with a field for what stands instead.

    Signals:
        changed: Other words are to stand for a name.

    Args:
        theme: Fonts and colours.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._found: tuple[NameFound, ...] = ()
        self._shown = _AT_ONCE
        self.rows: dict[str, NameRow] = {}
        self._told: tuple[Instead, ...] = ()
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.settle)
        self.hint = Text(theme, Role.SMALL, INSTEAD, soft=True)
        self.more = Button(theme, "")
        self.more.clicked.connect(self._show_more)
        self.rest = Text(theme, Role.SMALL, soft=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px(Space.S))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(Space.S))
        column.addWidget(self.hint)
        column.addLayout(self._column)
        column.addWidget(self.more)
        column.addWidget(self.rest)
        self.show_names(())

    @property
    def instead(self) -> tuple[Instead, ...]:
        """What stands instead of which name; a name that stays is not among them."""
        return self._told

    def show_names(self, found: Sequence[NameFound]) -> None:
        """Offer these; what was written for one of them stays written."""
        self._found = tuple(found)
        self._offer()

    def say(self, text: str) -> None:
        """There is nothing to replace, for this reason."""
        self._found = ()
        self._offer()
        self.rest.say(text)

    def settle(self) -> None:
        """Read now what is being typed."""
        self._typing.stop()
        told = tuple(
            Instead(name, words)
            for name, row in self.rows.items()
            if (words := row.words)
        )
        if told != self._told:
            self._told = told
            self.changed.emit()

    def _wait_for_more(self) -> None:
        self._typing.start()

    def _offer(self) -> None:
        shown = self._found[: self._shown]
        for one in shown:
            row = self.rows.get(one.name)
            if row is None:
                row = self.rows[one.name] = NameRow(self._theme, one.name)
                row.field.textChanged.connect(self._wait_for_more)
                self._column.addWidget(row)
            row.heading.setText(name_told(one))
        names = {one.name for one in shown}
        for name, row in self.rows.items():
            row.setVisible(name in names)
        left = len(self._found) - len(shown)
        self.more.setText(more_names(left))
        self.more.updateGeometry()
        self.more.setVisible(left > 0)
        self.hint.setVisible(bool(shown))
        self.rest.say(OTHERS_TOO if shown else LOOK_TOO)

    def _show_more(self) -> None:
        before = self._shown
        self._shown += _AT_ONCE
        self._offer()
        self.rows[self._found[before].name].field.setFocus()


class NameRow(QWidget):
    """A name, a field for other words, and its initial with one press.

    Args:
        theme: Fonts and colours.
        name: As it is listed.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._initial = initial(name)
        self.field = QLineEdit()
        self.field.setFont(theme.font(Role.BODY))
        self.field.setPlaceholderText(STAYS)
        self.field.setAccessibleName(tr("Instead of {name}", name=name))
        self.heading = label(theme, name, self.field)
        self.button = Button(theme, self._initial, reserve=(_WIDEST,))
        told = tr("Initial instead of {name}", name=name)
        self.button.setAccessibleName(told)
        self.button.setToolTip(told)
        self.button.clicked.connect(self._take_initial)
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(Space.XS))
        fields.addWidget(self.field, 1)
        fields.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(Space.XS))
        column.addWidget(self.heading)
        column.addLayout(fields)

    @property
    def words(self) -> str:
        """What stands instead; ``""``: the name stays."""
        return self.field.text().strip()

    def _take_initial(self) -> None:
        """Again, and the name is back."""
        self.field.setText("" if self.words == self._initial else self._initial)
