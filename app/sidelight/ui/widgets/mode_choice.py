"""One way among several: a name and a sentence of what choosing it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.theme.tokens import Radius, Role, Size, Space
from sidelight.ui.widgets.focus_ring import paint_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from sidelight.ui.theme.theme import Theme

_DOT: Final = 15


class ModeChoice(QAbstractButton):
    """Exclusive among its neighbours; arrows go from one to the next.

    Args:
        theme: Fonts and colours.
        name: In one or two words.
        sentence: What is kept, or to be expected; it may have several lines.
        tag: What speaks for it, beside its name; ``""``: nothing.
    """

    def __init__(self, theme: Theme, name: str, sentence: str, tag: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._sentence = sentence
        self._tag = tag
        self.setText(name)
        self.setAccessibleName(", ".join(filter(None, (name, tag))))
        self.setAccessibleDescription(sentence)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        # Qt makes the chosen one of a group its only stop, but not before one of the
        # group has had the keyboard.
        self.toggled.connect(self._be_the_stop)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The name's line and the sentence's."""
        name = QFontMetrics(self._theme.font(Role.STRONG)).height()
        sentence = self._sentence_box(width).height()
        around = 2 * self._theme.px(Space.S)
        return name + self._theme.px(Space.XXS) + sentence + around

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
        """Dot, name, sentence; the chosen one on a ground of its own."""
        del event
        theme, colors = self._theme, self._theme.palette
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen, ground = self.isChecked(), ""
            if chosen:
                ground = colors.selection
            elif self.underMouse():
                ground = colors.hover
            if ground:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(box, Radius.FIELD, Radius.FIELD)
            name = QFontMetrics(theme.font(Role.STRONG))
            top = theme.px(Space.S)
            self._paint_dot(painter, top + name.height() / 2, chosen=chosen)
            painter.setFont(theme.font(Role.STRONG))
            painter.setPen(QColor(colors.ink))
            line = QRect(self._left, top, self.width() - self._left, name.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.text())
            painter.setFont(theme.font(Role.SMALL))
            painter.setPen(QColor(colors.accent))
            line.setLeft(
                line.left() + name.horizontalAdvance(self.text()) + theme.px(Space.S)
            )
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._tag)
            painter.setPen(QColor(colors.ink_soft))
            under = self._sentence_box(self.width())
            under.moveTop(top + name.height() + theme.px(Space.XXS))
            painter.drawText(under, Qt.TextFlag.TextWordWrap, self._sentence)
            if self.hasFocus():
                paint_ring(painter, theme, box)

    def _be_the_stop(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if on else policy.ClickFocus)

    def _paint_dot(self, painter: QPainter, middle: float, *, chosen: bool) -> None:
        theme, colors = self._theme, self._theme.palette
        size = theme.px(_DOT) / 2
        center = QPointF(theme.px(Space.M) + size, middle)
        edge = colors.accent if chosen else colors.curve
        painter.setPen(QPen(QColor(edge), 1.5 * theme.scale))
        painter.setBrush(QColor(colors.surface))
        painter.drawEllipse(center, size, size)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent))
            painter.drawEllipse(center, size * 0.5, size * 0.5)

    @property
    def _left(self) -> int:
        return self._theme.px(2 * Space.M + _DOT)

    def _sentence_box(self, width: int) -> QRect:
        room = max(
            width - self._left - self._theme.px(Space.M), self._theme.px(Size.LEAST)
        )
        metrics = QFontMetrics(self._theme.font(Role.SMALL))
        wrap = Qt.TextFlag.TextWordWrap
        box = metrics.boundingRect(QRect(0, 0, room, 10_000), wrap, self._sentence)
        return QRect(self._left, 0, room, box.height())
