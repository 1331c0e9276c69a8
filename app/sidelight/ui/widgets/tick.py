"""A line that can be ticked: the box, and words that wrap beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.theme.tokens import Radius, Role, Size, Space
from sidelight.ui.widgets.focus_ring import paint_ring
from sidelight.ui.widgets.wrapped import Measured, Wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from sidelight.ui.theme.theme import Theme

BOX: Final = 16
"""Width of the box in logical pixels at 100 % text."""


def paint_hook(painter: QPainter, theme: Theme, box: QRectF, color: str) -> None:
    """The sign in a ticked box.

    Args:
        painter: Antialiasing.
        theme: For its scale.
        box: A square.
        color: ``#rrggbb``.
    """
    places = ((0.24, 0.52), (0.43, 0.70), (0.76, 0.32))
    size = box.width()
    hook = [box.topLeft() + QPointF(x * size, y * size) for x, y in places]
    pen = QPen(QColor(color), 2 * theme.scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(hook))


class Tick(QAbstractButton):
    """Ticked by mouse, on box or words, or by space.

    Args:
        theme: Fonts and colours.
        text: What it is about.
        among_fields: The box begins where the fields above and below it do; the ring of
            the keyboard is then around the words.
    """

    def __init__(self, theme: Theme, text: str, *, among_fields: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._before = 0 if among_fields else theme.px(Space.S)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFont(theme.font(Role.BODY))
        self._lines = Measured(self.font())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def forget(self) -> None:
        """The words are not to be found here any more."""
        self.setText("")
        self.setAccessibleName("")

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the words need."""
        words = self._lines.height(self.text(), self._room(width))
        return words + 2 * self._theme.px(Space.XS + Space.XXS)

    def sizeHint(self) -> QSize:
        """As high as its width asks for."""
        width = max(self.width(), self._theme.px(Size.PARAGRAPH))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow, and as high as it is now."""
        return QSize(self._theme.px(Size.LINE), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box in the middle of the first line, then the words."""
        del event
        theme, colors = self._theme, self._theme.palette
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRectF(self.rect())
            if not self._before:
                whole.setLeft(theme.px(BOX + Space.XS))
            if self.underMouse():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colors.hover))
                painter.drawRoundedRect(whole, Radius.FIELD, Radius.FIELD)
            at = QPointF(self._left, theme.px(Space.XS + Space.XXS))
            painter.setPen(QColor(colors.ink))
            words = Wrapped(self.text(), self.font(), self._room(self.width()))
            words.draw(painter, at)
            line = QFontMetrics(self.font()).height()
            self._paint_box(painter, at.y() + line / 2)
            if self.hasFocus():
                paint_ring(painter, theme, whole)

    def _paint_box(self, painter: QPainter, middle: float) -> None:
        theme, colors = self._theme, self._theme.palette
        size = theme.px(BOX)
        edge_in = 0 if self._before else theme.scale  # half of the stroke, rounded up
        box = QRectF(self._before + edge_in, middle - size / 2, size, size)
        on = self.isChecked()
        edge = colors.accent if on else colors.curve
        painter.setPen(QPen(QColor(edge), 1.5 * theme.scale))
        painter.setBrush(QColor(colors.accent if on else colors.surface))
        painter.drawRoundedRect(box, Radius.SMALL, Radius.SMALL)
        if on:
            paint_hook(painter, theme, box, colors.surface)

    @property
    def _left(self) -> int:
        return self._before + self._theme.px(BOX + Space.M)

    def _room(self, width: int) -> int:
        theme = self._theme
        return max(width - self._left - theme.px(Space.S), theme.px(Size.LEAST))
