"""Where words were said: the words around, and whose session it was, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate

from sidelight.ui.home.wording import found_facts
from sidelight.ui.itemmodels.found import FoundModel
from sidelight.ui.theme.tokens import Radius, Role, Size, Space
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from sidelight.record.search import Hit
    from sidelight.ui.theme.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

_BESIDE: Final = 6


class FoundList(QListView):
    """Enter or a click opens the session at that place.

    Signals:
        chosen: The ``Hit`` to open.

    Args:
        theme: Fonts and colours.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = FoundModel()
        self.setModel(self.rows)
        self.setItemDelegate(_Row(theme, self))
        self.setAccessibleName(tr("Where it was said"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """List these; without any, the keyboard does not stop here."""
        self.rows.show(hits)
        self.scrollToTop()
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if hits else policy.NoFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the first."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.row(index.row()))


class _Row(QStyledItemDelegate):
    """Draws the snippet, what was found in bold, and a line of facts under it."""

    def __init__(self, theme: Theme, view: FoundList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._strong = QFontMetrics(theme.font(Role.STRONG))
        self._small = QFontMetrics(theme.font(Role.SMALL))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and room around them."""
        del option, index
        lines = self._strong.height() + self._small.height() + self._theme.px(Space.XXS)
        return QSize(self._theme.px(Size.LINE), lines + 2 * self._theme.px(Space.S + 1))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """One hit."""
        theme, colors = self._theme, self._theme.palette
        hit = self._view.rows.row(index.row())
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        aside = theme.px(_BESIDE)
        ground = QRectF(area).adjusted(aside, 1, -aside, -1)
        focused = self._view.hasFocus() and index == self._view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.accent), 2) if focused else Qt.PenStyle.NoPen)
        if focused or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colors.selection if focused else colors.hover))
            painter.drawRoundedRect(ground, Radius.FIELD, Radius.FIELD)
        side = theme.px(Space.L)
        room = area.adjusted(side, theme.px(Space.S + 1), -side, 0)
        self._draw_snippet(painter, room, hit)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(QColor(colors.ink_soft))
        below = QRect(
            room.x(),
            room.y() + self._strong.height() + theme.px(Space.XXS),
            room.width(),
            self._small.height(),
        )
        ending = Qt.TextElideMode.ElideRight
        facts = self._small.elidedText(found_facts(hit), ending, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, facts)
        painter.restore()

    def _draw_snippet(self, painter: QPainter, room: QRect, hit: Hit) -> None:
        """One line of text in which what was found is strong.

        Qt's own line, so that words from right to left stand as they are read.
        """
        theme = self._theme
        text = "".join(piece.text for piece in hit.snippet).replace("\n", " ")
        layout = QTextLayout(text, theme.font(Role.BODY))
        strong = QTextCharFormat()
        strong.setFont(theme.font(Role.STRONG))
        marked, at = [], 0
        for piece in hit.snippet:
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
