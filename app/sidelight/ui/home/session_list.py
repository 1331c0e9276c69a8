"""The list of sessions: who, when and how long, and what is not as usual."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from sidelight.session.home.messages import SessionLine
from sidelight.ui.home.two_lines import TwoLineList
from sidelight.ui.home.wording import (
    session_day,
    session_facts,
    session_name,
    session_remarks,
    session_times,
)
from sidelight.ui.itemmodels.rows import RowsModel
from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from sidelight.ui.theme.theme import Theme

OPEN: Final = tr("Open")
DELETE: Final = tr("Delete this session…")


class SessionList(TwoLineList[SessionLine]):
    """Enter or a click opens a session; the Delete key or its menu destroys one.

    Signals:
        opened: The id of the session to open.
        delete_asked: The id of the session that may have to go.

    Args:
        theme: Fonts and colours.
        deletes: Whether sessions can be deleted from here.
        named: They are of several clients: a row begins with the name, not the day.
    """

    opened = Signal(str)
    delete_asked = Signal(str)

    def __init__(
        self, theme: Theme, *, deletes: bool = False, named: bool = True
    ) -> None:
        super().__init__(theme, tr("Recent sessions"), RowsModel(self._told))
        self._deletes = deletes
        self._named = named
        self.chosen.connect(lambda line: self.opened.emit(line.id))

    def show_lines(self, lines: tuple[SessionLine, ...]) -> None:
        """List these; without any, the keyboard does not stop here."""
        self._show(lines)

    def line(self, session: str) -> SessionLine | None:
        """The session with this id."""
        return next((one for one in self.rows.rows if one.id == session), None)

    def note_wrapped_up(self, session: str) -> None:
        """The coach is done with the wrap-up of this one; the keyboard stays."""
        at = self.currentIndex().row()
        done = (
            replace(one, wrapped_up=True) if one.id == session else one
            for one in self.rows.rows
        )
        self.rows.show(tuple(done))
        self.setCurrentIndex(self.rows.index(at))

    def first_line(self, row: SessionLine) -> str:
        """With whom it was, or when."""
        return session_name(row) if self._named else session_day(row)

    def facts(self, row: SessionLine) -> str:
        """When it was, and how long."""
        return session_facts(row) if self._named else session_times(row)

    def aside(self, row: SessionLine) -> str:
        """What is not as usual."""
        return session_remarks(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The Delete key asks; nothing goes by a key alone."""
        index = self.currentIndex()
        if self._deletes and event.key() == Qt.Key.Key_Delete and index.isValid():
            self.delete_asked.emit(self._id(index))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the session there."""
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if not (self._deletes and index.isValid()):
            return
        session = self._id(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(self._theme.font(Role.BODY))
        menu.addAction(OPEN, lambda: self.opened.emit(session))
        delete = menu.addAction(DELETE, lambda: self.delete_asked.emit(session))
        delete.setShortcut(Qt.Key.Key_Delete)
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()))

    def _id(self, index: QModelIndex) -> str:
        return self.rows.row(index.row()).id

    def _told(self, row: SessionLine) -> tuple[str, str]:
        called = self.first_line(row)
        parts = (called, self.facts(row), self.aside(row))
        return called, ", ".join(filter(None, parts))
