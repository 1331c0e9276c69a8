"""The transcript beside the sidebar: a page at a time, so that nothing on it moves.

Only what is final stands here. A new line comes below the last; where the page is full
it is turned, and begins with the line that was last on it. So there is one change for
several utterances, instead of text that creeps upwards beside the camera. It is closed
until the coach opens it, takes no focus, and there is none in a room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from sidelight.domain.transcript import Layout
from sidelight.ui.platform.overlay import make_overlay
from sidelight.ui.sidebar.ground import Edge, paint_ground
from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.kind_mark import MARK, paint_mark
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

    from sidelight.domain.story import Story
    from sidelight.ui.itemmodels.transcript import TranscriptModel, TranscriptRow
    from sidelight.ui.sidebar.window import SidebarWindow
    from sidelight.ui.theme.theme import Theme

HEIGHT: Final = 300
LEAST: Final = 80
"""In logical pixels at 100 % text: what it likes to be, and a few lines."""

_OTHER_SIDE: Final = {
    Qt.Edge.TopEdge: Qt.Edge.BottomEdge,
    Qt.Edge.BottomEdge: Qt.Edge.TopEdge,
    Qt.Edge.LeftEdge: Qt.Edge.RightEdge,
    Qt.Edge.RightEdge: Qt.Edge.LeftEdge,
}
_RAIL: Final = 3
_SOFT: Final = 0.75
_WRAP: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft

NOT_IN_A_ROOM: Final = tr("No transcript in rooms")
"""What is said where it is asked for in a room: the client sees the screen."""


def may_open(story: Story) -> bool:
    """Whether there is a transcript to be read beside this session."""
    session = story.session
    return session is not None and session.layout is not Layout.MONO


class Drawer(QWidget):
    """Holds no words: it draws the rows of the model.

    Args:
        theme: Fonts and colours.
        rows: The final utterances.
        sidebar: It stays beside this, and leaves with it.
    """

    def __init__(
        self, theme: Theme, rows: TranscriptModel, sidebar: SidebarWindow
    ) -> None:
        super().__init__()
        make_overlay(self, see_through=not sidebar.square)
        self.setWindowTitle(tr("Transcript"))
        self.setAccessibleName(tr("Transcript: what was said, once it is final"))
        self._theme = theme
        self._rows = rows
        self._sidebar = sidebar
        self._font = theme.font(Role.SMALL)
        self._first = 0
        self._back = False
        self._asked = False
        self._joined = Qt.Edge.TopEdge
        self.setFixedSize(sidebar.width(), theme.px(HEIGHT))
        rows.rowsInserted.connect(self._turn)
        rows.rowsRemoved.connect(self._turn)
        rows.dataChanged.connect(self.update)
        sidebar.moved.connect(self._follow)
        sidebar.installEventFilter(self)

    @property
    def opened(self) -> bool:
        """Whether the coach wants it; it is hidden while the sidebar is."""
        return self._asked

    def toggle(self) -> None:
        """Open it, or close it."""
        self.open_drawer(opened=not self._asked)

    def open_drawer(self, *, opened: bool) -> None:
        """Open it at the newest line, or close it."""
        self._asked = opened
        if opened:
            self._back = False
            self._place()
            self._turn()
        self._show_or_hide()

    def page(self) -> range:
        """The rows that stand on the page, as far as they fit."""
        room = self.height() - 2 * self._pad
        number = self._first
        while number < self._rows.rowCount():
            room -= self._row_height(self._rows.row(number))
            if room < 0 and number > self._first:
                break
            number += 1
        return range(self._first, number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The sidebar was folded, hidden or shown."""
        if watched is self._sidebar and self._asked:
            match event.type():
                case QEvent.Type.Resize:
                    self._follow()
                case QEvent.Type.Hide | QEvent.Type.Close:
                    self.hide()
                case QEvent.Type.Show:
                    self.open_drawer(opened=True)
                case _:
                    pass
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        if self._asked:
            self._place()
            self._show_or_hide()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Back to what was said before; forward to the newest, and it goes on."""
        step = -1 if event.angleDelta().y() > 0 else 1
        last = self._last_page()
        self._first = min(max(0, self._first + step), last)
        self._back = self._first < last
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the sidebar, and a page."""
        del event
        theme, colors = self._theme, self._theme.palette
        with QPainter(self) as painter:
            square = self._sidebar.square
            paint_ground(
                painter,
                theme,
                self.rect(),
                Edge.QUIET,
                square=square,
                joined=self._joined,
            )
            painter.setClipRect(self.rect().adjusted(0, self._pad, 0, -self._pad))
            top = self._pad
            if not self._rows.rowCount():
                painter.setFont(self._font)
                painter.setPen(QColor(colors.ink_soft))
                left = theme.px(Space.L)
                place = self.rect().adjusted(left, self._pad, -left, 0)
                painter.drawText(place, _WRAP, tr("Nothing final yet"))
            for number in self.page():
                row = self._rows.row(number)
                self._paint_row(painter, top, row)
                top += self._row_height(row)

    def _paint_row(self, painter: QPainter, top: int, row: TranscriptRow) -> None:
        theme, said = self._theme, row.utterance
        words = self._words(row).translated(0, top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.speaker_color(said.speaker))
        rail = QRectF(theme.px(Space.L), words.top() + 2, _RAIL, words.height() - 4)
        painter.drawRoundedRect(rail, Radius.RAIL, Radius.RAIL)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.palette.ink))
        painter.drawText(words, _WRAP, said.text)
        painter.setOpacity(_SOFT)
        x = self.width() - theme.px(Space.L) - theme.px(MARK) / 2
        middle = words.top() + QFontMetrics(self._font).height() / 2
        for moment in row.moments:
            paint_mark(painter, theme, moment, QPointF(x, middle))
            middle += theme.px(MARK + Space.XS)
        painter.setOpacity(1)

    def _turn(self) -> None:
        """A line has come or gone: turn the page if it does not fit any more."""
        count = self._rows.rowCount()
        self._first = min(self._first, max(0, count - 1))
        if not self._back and count and self.page().stop < count:
            self._first = self._newest_page()
        self.update()

    def _newest_page(self) -> int:
        """Where the page begins that the newest line is written on."""
        first = self._first
        while True:
            self._first = first
            stop = self.page().stop
            if stop >= self._rows.rowCount():
                return first
            first = max(stop - 1, first + 1)

    def _last_page(self) -> int:
        """The last row that may stand first: from it on, everything fits."""
        room = self.height() - 2 * self._pad
        number = self._rows.rowCount()
        while number > 0:
            room -= self._row_height(self._rows.row(number - 1))
            if room < 0:
                break
            number -= 1
        return min(number, max(0, self._rows.rowCount() - 1))

    @property
    def _pad(self) -> int:
        return self._theme.px(Space.M)

    def _row_height(self, row: TranscriptRow) -> int:
        return self._words(row).bottom() + 1

    def _words(self, row: TranscriptRow) -> QRect:
        """Where the words stand, from the top of their row."""
        theme = self._theme
        left = theme.px(Space.L + Space.M)
        room = self.width() - left - theme.px(Space.L + MARK + Space.S)
        gap = theme.px(Space.XXS if row.same_speaker else Space.S)
        everything = QRect(left, gap, max(room, 1), 100_000)
        metrics = QFontMetrics(self._font)
        height = metrics.boundingRect(everything, _WRAP, row.utterance.text).height()
        return QRect(left, gap, room, height)

    def _place(self) -> None:
        """Joined to the sidebar: below it and as wide, or above, or beside it.

        It is as high as there is room for; a hairline is all that is between them.
        """
        if self._sidebar.hiding:
            return
        beside = QRect(self._sidebar.corner, self._sidebar.size())
        screen = self._sidebar.screen().availableGeometry()
        most, least = self._theme.px(HEIGHT), self._theme.px(LEAST)
        below = screen.bottom() + 1 - beside.bottom()
        above = beside.top() + 1 - screen.top()
        if max(below, above) >= least:
            under = below >= min(most, above)
            height = min(most, below if under else above)
            top = beside.bottom() if under else beside.top() + 1 - height
            place = QRect(beside.left(), top, beside.width(), height)
            self._joined = Qt.Edge.TopEdge if under else Qt.Edge.BottomEdge
        else:
            place = self._sideways(beside, screen, most)
        if place.size() != self.size():
            self.setFixedSize(place.size())
            self._turn()
        self.move(place.topLeft())

    def _sideways(self, beside: QRect, screen: QRect, most: int) -> QRect:
        """Where neither below nor above is room: at the side that has more of it."""
        right = screen.right() + 1 - beside.right()
        left = beside.left() + 1 - screen.left()
        outward = right >= min(left, beside.width())
        width = min(beside.width(), right if outward else left)
        height = min(most, screen.height())
        top = min(beside.top(), screen.bottom() + 1 - height)
        x = beside.right() if outward else beside.left() + 1 - width
        self._joined = Qt.Edge.LeftEdge if outward else Qt.Edge.RightEdge
        return QRect(x, max(top, screen.top()), width, height)

    def _show_or_hide(self) -> None:
        beside = self._sidebar
        shown = self._asked and beside.isVisible() and not beside.hiding
        beside.join(_OTHER_SIDE[self._joined] if shown else None)
        self.setVisible(shown)
