"""A field for a name, with the names that are known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from sidelight.ui.theme.theme import Theme


class NameField(QLineEdit):
    """Offers what begins as typed; the down key offers every name.

    Signals:
        chosen: A name was chosen from those offered.

    Args:
        theme: Fonts and colours.
        name: For screen readers.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setFont(theme.font(Role.BODY))
        self.setAccessibleName(name)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        completer = self._completer
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._choices = QListView()
        self._choices.setObjectName("choices")
        self._choices.setFont(theme.font(Role.BODY))
        completer.setPopup(self._choices)
        completer.activated.connect(self.chosen)
        self.setCompleter(completer)

    def offer(self, names: Sequence[str]) -> None:
        """These names are known."""
        self._names.setStringList(list(names))
        self.setAccessibleDescription(
            tr("The down key offers the names of earlier clients.") if names else ""
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the list."""
        if event.key() == Qt.Key.Key_Down and not self._choices.isVisible():
            self._completer.setCompletionPrefix("")
            self._completer.complete()
        else:
            super().keyPressEvent(event)
