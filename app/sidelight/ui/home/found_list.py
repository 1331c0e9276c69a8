"""What was found: clients by name, then where words were said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from sidelight.record.search import Hit
from sidelight.ui.home.two_lines import TwoLineList
from sidelight.ui.home.wording import client_found_facts, found_facts
from sidelight.ui.itemmodels.rows import RowsModel
from sidelight.ui.theme.tokens import Role
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

    from sidelight.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class FoundClient:
    """A client of that name.

    Attributes:
        name: First name.
        sessions: How many they have had.
        newest: When the newest began.
    """

    name: str
    sessions: int
    newest: datetime


class FoundList(TwoLineList["FoundClient | Hit"]):
    """Enter or a click opens a client's page, or the session at that place.

    Signals:
        client_chosen: The name of a client.
        place_chosen: The ``Hit`` to open.

    Args:
        theme: Fonts and colours.
    """

    client_chosen = Signal(str)
    place_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What was found"), RowsModel(self._told))
        self.chosen.connect(self._open)

    def show_found(
        self, clients: tuple[FoundClient, ...], hits: tuple[Hit, ...]
    ) -> None:
        """List these; without any, the keyboard does not stop here."""
        self._show((*clients, *hits))
        self.scrollToTop()

    def first_line(self, row: FoundClient | Hit) -> str:
        """Who it is, or what was said."""
        return row.text if isinstance(row, Hit) else row.name

    def facts(self, row: FoundClient | Hit) -> str:
        """How many sessions, or whose session it was, when, and who said it."""
        if isinstance(row, Hit):
            return found_facts(row)
        return client_found_facts(row.sessions, row.newest)

    def paint_first(
        self, painter: QPainter, room: QRect, row: FoundClient | Hit
    ) -> None:
        """The name, or one line of text in which what was found is strong.

        Qt's own line, so that words from right to left stand as they are read.
        """
        if not isinstance(row, Hit):
            super().paint_first(painter, room, row)
            return
        theme = self._theme
        text = "".join(piece.text for piece in row.snippet).replace("\n", " ")
        layout = QTextLayout(text, theme.font(Role.BODY))
        strong = QTextCharFormat()
        strong.setFont(theme.font(Role.STRONG))
        marked, at = [], 0
        for piece in row.snippet:
            if piece.found:
                span = QTextLayout.FormatRange()
                span.start, span.length, span.format = at, len(piece.text), strong
                marked.append(span)
            at += len(piece.text)
        layout.setFormats(marked)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width())
        layout.endLayout()
        painter.setPen(QColor(theme.palette.ink))
        layout.draw(painter, QPointF(room.topLeft()))

    def _open(self, row: FoundClient | Hit) -> None:
        if isinstance(row, Hit):
            self.place_chosen.emit(row)
        else:
            self.client_chosen.emit(row.name)

    def _told(self, row: FoundClient | Hit) -> tuple[str, str]:
        called = self.first_line(row)
        return called, f"{called}, {self.facts(row)}"
