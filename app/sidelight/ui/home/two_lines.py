"""A list of which each row has two lines: what it is, and the facts under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate

from sidelight.ui.itemmodels.rows import Row, RowsModel
from sidelight.ui.theme.tokens import Radius, Role, Size, Space

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from sidelight.ui.theme.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

_BESIDE: Final = 6


class TwoLineList(QListView, Generic[Row]):
    """Enter or a click chooses a row; without any, the keyboard does not stop here.

    Signals:
        chosen: The value of the row.

    Args:
        theme: Fonts and colours.
        name: For screen readers.
        rows: What is listed.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, name: str, rows: RowsModel[Row]) -> None:
        super().__init__()
        self._theme = theme
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(_TwoLines(theme, self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)

    def first_line(self, row: Row) -> str:
        """What a row is."""
        raise NotImplementedError

    def facts(self, row: Row) -> str:
        """What is read second."""
        raise NotImplementedError

    def aside(self, row: Row) -> str:
        """What stands at the right; ``""``: nothing."""
        del row
        return ""

    def paint_first(self, painter: QPainter, room: QRect, row: Row) -> None:
        """Draw the first line."""
        painter.setFont(self._theme.font(Role.STRONG))
        painter.setPen(QColor(self._theme.palette.ink))
        metrics = QFontMetrics(painter.font())
        ending = Qt.TextElideMode.ElideRight
        text = metrics.elidedText(self.first_line(row), ending, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the first."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def _show(self, rows: tuple[Row, ...]) -> None:
        self.rows.show(rows)
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if rows else policy.NoFocus)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.row(index.row()))


class _TwoLines(QStyledItemDelegate, Generic[Row]):
    """Draws the ground and both lines."""

    def __init__(self, theme: Theme, view: TwoLineList[Row]) -> None:
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
        """One row."""
        theme, colors, view = self._theme, self._theme.palette, self._view
        row = view.rows.row(index.row())
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        beside = theme.px(_BESIDE)
        focused = view.hasFocus() and index == view.currentIndex()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.accent), 2) if focused else Qt.PenStyle.NoPen)
        if focused or state & QStyle.StateFlag.State_MouseOver:
            ground = QRectF(area).adjusted(beside, 1, -beside, -1)
            painter.setBrush(QColor(colors.selection if focused else colors.hover))
            painter.drawRoundedRect(ground, Radius.FIELD, Radius.FIELD)
        side, middle = theme.px(Space.L), Qt.AlignmentFlag.AlignVCenter
        room = area.adjusted(side, theme.px(Space.S + 1), -side, 0)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(QColor(colors.ink_soft))
        aside = view.aside(row)
        if aside:
            wide = self._small.horizontalAdvance(aside)
            right = QRect(room.right() - wide, area.y(), wide + 1, area.height())
            painter.drawText(right, middle, aside)
            room.setWidth(room.width() - wide - theme.px(Space.M))
        first, below = QRect(room), QRect(room)
        first.setHeight(self._strong.height())
        below.setTop(first.bottom() + 1 + theme.px(Space.XXS))
        below.setHeight(self._small.height())
        ending = Qt.TextElideMode.ElideRight
        facts = self._small.elidedText(view.facts(row), ending, below.width())
        painter.drawText(below, middle, facts)
        view.paint_first(painter, first, row)
        painter.restore()
