"""What the review's two lists have in common: rows that are measured and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QWidget

from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.wrapped import Wrapped

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex
    from PySide6.QtGui import QFont, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from sidelight.ui.theme.theme import Theme

_BATCH: Final = 64


class RowDelegate(QStyledItemDelegate):
    """Draws the ground of a row; the content is drawn by ``paint_row``.

    Heights are remembered by row and width, because a list asks for all of them
    whenever it lays itself out. By *which* row: to compare all that is in one would
    take longer than to measure it.
    """

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self.theme = theme
        self._view = view
        self._heights: dict[tuple[int, int], tuple[object, int]] = {}
        """By identity, which holds as long as the row is held here too."""

    def forget(self) -> None:
        """Keep nothing of rows that may have gone; heights are measured anew."""
        self._heights.clear()

    def row_height(self, row: object, width: int) -> int:
        """Pixels that this row needs at this width."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, box: QRect, row: object) -> None:
        """Draw the row into its box."""
        raise NotImplementedError

    def ground(self, box: QRect, row: object) -> QRect:
        """The part of its box that is the row itself."""
        del row
        return box

    def row(self, index: QModelIndex | QPersistentModelIndex) -> object:
        """The row's value."""
        raise NotImplementedError

    def sizeHint(
        self,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """As wide as the view, as high as the text needs."""
        del option
        width = self._view.viewport().width()
        row = self.row(index)
        key = (id(row), width)
        if key not in self._heights:
            self._heights[key] = (row, self.row_height(row, width))
        return QSize(width, self._heights[key][1])

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The ground (plain, hovered, selected), then the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.row(index)
        self._paint_ground(painter, option, self.ground(option.rect, row))
        self.paint_row(painter, option.rect, row)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, ground: QRect
    ) -> None:
        colors = self.theme.palette
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if not (selected or hovered):
            return
        inset = self.theme.px(Space.XS)
        box = QRectF(ground).adjusted(inset, 1, -inset, -1)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(
            QPen(QColor(colors.accent), 1.5) if focused else Qt.PenStyle.NoPen
        )
        painter.setBrush(QColor(colors.selection if selected else colors.hover))
        painter.drawRoundedRect(box, Radius.FIELD, Radius.FIELD)


class RowList(QListView):
    """A list of rows of different heights, laid out in batches, never sideways.

    Args:
        theme: Fonts and colours.
        model: The rows.
        name: For screen readers.
        empty: What is said when there are no rows.
    """

    def __init__(
        self,
        theme: Theme,
        model: QAbstractItemModel,
        name: str,
        empty: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._empty = empty
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def show_anew(self, empty: str) -> None:
        """The rows are others: measure them anew, and keep nothing of the old ones.

        Args:
            empty: What is said when there are no rows.
        """
        self._empty = empty
        delegate = self.itemDelegate()
        if isinstance(delegate, RowDelegate):
            delegate.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or a quiet sentence when there are none."""
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            with QPainter(self.viewport()) as painter:
                painter.setFont(self._theme.font(Role.BODY))
                painter.setPen(QColor(self._theme.palette.ink_soft))
                flags = Qt.AlignmentFlag.AlignCenter
                painter.drawText(self.viewport().rect(), flags, self._empty)

    def lay_out_now(self) -> None:
        """Place every row at once, instead of in batches while nobody waits."""
        self.setLayoutMode(QListView.LayoutMode.SinglePass)
        self.doItemsLayout()
        self.setLayoutMode(QListView.LayoutMode.Batched)

    def show_row(self, number: int | None) -> None:
        """Select this row and bring it into view; ``None`` selects nothing."""
        if number is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        index = self.model().index(number, 0)
        if index != self.currentIndex():
            in_view = self.viewport().rect().contains(self.visualRect(index))
            self.setCurrentIndex(index)
            if not in_view:
                self.scrollTo(index, QListView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text wraps anew, so heights are asked for anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def draw_wrapped(painter: QPainter, box: QRect, text: str) -> None:
    """Text in the painter's font, wrapped to the width of its box."""
    wrapped = Wrapped(text, painter.font(), box.width())
    wrapped.draw(painter, QPointF(box.topLeft()))


def text_height(font: QFont, text: str, width: int) -> int:
    """Height of wrapped text in pixels."""
    return Wrapped(text, font, width).height
