"""The library as rows, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from sidelight.ui.home.wording import session_facts, session_mode, session_name

if TYPE_CHECKING:
    from sidelight.session.home.messages import SessionLine

    Index = QModelIndex | QPersistentModelIndex


class SessionsModel(QAbstractListModel):
    """One row a session."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[SessionLine, ...] = ()

    def show(self, rows: tuple[SessionLine, ...]) -> None:
        """Show these instead."""
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> SessionLine:
        """One session."""
        return self._rows[number]

    def find(self, session: str) -> SessionLine | None:
        """The session with this id."""
        return next((one for one in self._rows if one.id == session), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Who it was with; for screen readers also when, how long, what was kept."""
        if not index.isValid():
            return None
        line = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return session_name(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (session_name(line), session_facts(line), session_mode(line))
            return ", ".join(parts)
        return None
