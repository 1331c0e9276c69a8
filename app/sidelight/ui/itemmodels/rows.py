"""Values as the rows of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Callable

    Index = QModelIndex | QPersistentModelIndex

Row = TypeVar("Row")


class RowsModel(QAbstractListModel, Generic[Row]):
    """One row a value.

    Args:
        told: What a value is called, and all that is seen of it, for screen readers.
    """

    def __init__(self, told: Callable[[Row], tuple[str, str]]) -> None:
        super().__init__()
        self._told = told
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every value, from above to below."""
        return self._rows

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these instead."""
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> Row:
        """One value."""
        return self._rows[number]

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """What it is called; for screen readers also what else is seen of it."""
        if not index.isValid():
            return None
        called, everything = self._told(self._rows[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return called
        return everything if role == Qt.ItemDataRole.AccessibleTextRole else None
