"""Where words were said, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sidelight.ui.home.wording import found_facts

if TYPE_CHECKING:
    from sidelight.record.search import Hit

    Index = QModelIndex | QPersistentModelIndex


class FoundModel(QAbstractListModel):
    """One row a hit."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Hit, ...] = ()

    def show(self, rows: tuple[Hit, ...]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> Hit:
        """One hit."""
        return self._rows[number]

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """What was said; for screen readers also by whom, with whom and when."""
        if not index.isValid():
            return None
        hit = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.text}, {found_facts(hit)}"
        return None
