"""The list of sessions: who, when and how long, what was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QMenu, QStyle, QStyledItemDelegate

from sidelight.ui.home.wording import session_facts, session_mode, session_name
from sidelight.ui.itemmodels.sessions import SessionsModel
from sidelight.ui.theme.tokens import Radius, Role, Size, Space
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from sidelight.session.home.messages import SessionLine
    from sidelight.ui.theme.theme import Theme

    Index = QModelIndex | QPersistentModelIndex

EMPTY: Final = tr("Your sessions will be listed here.")
OPEN: Final = tr("Open")
DELETE: Final = tr("Delete this session…")
_BESIDE: Final = 6


class SessionList(QListView):
    """Enter or a click opens a session; the Delete key or its menu destroys one.

    Signals:
        chosen: The id of the session to open.
        delete_asked: The id of the session that may have to go.

    Args:
        theme: Fonts and colours.
        deletes: Whether sessions can be deleted from here.
    """

    chosen = Signal(str)
    delete_asked = Signal(str)

    def __init__(self, theme: Theme, *, deletes: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._deletes = deletes
        self.rows = SessionsModel()
        self.setModel(self.rows)
        self.setItemDelegate(_Row(theme, self))
        self.setAccessibleName(tr("Recent sessions"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)

    def show_lines(self, lines: tuple[SessionLine, ...]) -> None:
        """List these; without any, the keyboard does not stop here."""
        self.rows.show(lines)
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if lines else policy.NoFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins at the newest."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or a sentence where there are none."""
        super().paintEvent(event)
        if self.rows.rowCount():
            return
        with QPainter(self.viewport()) as painter:
            painter.setFont(self._theme.font(Role.BODY))
            painter.setPen(QColor(self._theme.palette.ink_soft))
            side = self._theme.px(Space.L)
            room = self.viewport().rect().adjusted(side, side, -side, -side)
            painter.drawText(room, Qt.TextFlag.TextWordWrap, EMPTY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The Delete key asks; nothing goes by a key alone."""
        index = self.currentIndex()
        if self._deletes and event.key() == Qt.Key.Key_Delete and index.isValid():
            self.delete_asked.emit(self.rows.row(index.row()).id)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the session there."""
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if not (self._deletes and index.isValid()):
            return
        session = self.rows.row(index.row()).id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(self._theme.font(Role.BODY))
        menu.addAction(OPEN, lambda: self.chosen.emit(session))
        delete = menu.addAction(DELETE, lambda: self.delete_asked.emit(session))
        delete.setShortcut(Qt.Key.Key_Delete)
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).center()))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.row(index.row()).id)


class _Row(QStyledItemDelegate):
    """Draws two lines and what was kept at the right."""

    def __init__(self, theme: Theme, view: SessionList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view
        self._name = QFontMetrics(theme.font(Role.STRONG))
        self._small = QFontMetrics(theme.font(Role.SMALL))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and room around them."""
        del option, index
        lines = self._name.height() + self._small.height() + self._theme.px(Space.XXS)
        return QSize(self._theme.px(Size.LINE), lines + 2 * self._theme.px(Space.S + 1))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """One session."""
        theme, colors = self._theme, self._theme.palette
        line = self._view.rows.row(index.row())
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
        kept = session_mode(line)
        kept_width = self._small.horizontalAdvance(kept)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(QColor(colors.ink_soft))
        right = QRect(
            room.right() - kept_width, area.y(), kept_width + 1, area.height()
        )
        painter.drawText(right, middle, kept)
        width = room.width() - kept_width - theme.px(Space.M)
        below = QRect(
            room.x(),
            room.y() + self._name.height() + theme.px(Space.XXS),
            width,
            self._small.height(),
        )
        ending = Qt.TextElideMode.ElideRight
        facts = self._small.elidedText(session_facts(line), ending, width)
        painter.drawText(below, middle, facts)
        painter.setFont(theme.font(Role.STRONG))
        painter.setPen(QColor(colors.ink))
        first = QRect(room.x(), room.y(), width, self._name.height())
        name = self._name.elidedText(session_name(line), ending, width)
        painter.drawText(first, middle, name)
        painter.restore()
