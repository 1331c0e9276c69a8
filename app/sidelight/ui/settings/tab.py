"""One section in the list at the left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.widgets.focus_ring import paint_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme

_HEIGHT: Final = 30
_BAR: Final = 3


class SectionTab(QAbstractButton):
    """Exclusive among its neighbours; arrows go from one to the next.

    Args:
        theme: Fonts and colours.
        name: The section.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._resting = False
        self.setText(name)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFont(theme.font(Role.BODY))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.toggled.connect(self._be_the_stop)  # as ``ModeChoice`` does
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def rest(self, *, resting: bool) -> None:
        """What is shown is found by its words, of whatever section."""
        self._resting = resting
        self.update()

    def sizeHint(self) -> QSize:
        """Room for its words."""
        wide = QFontMetrics(self.font()).horizontalAdvance(self.text())
        theme = self._theme
        return QSize(wide + theme.px(Space.M + Space.S), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words; the chosen one on a ground of its own, with a bar before it."""
        del event
        theme, colors = self._theme, self._theme.palette
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = self.isChecked() and not self._resting
            if chosen or self.underMouse():
                ground = colors.selection if chosen else colors.hover
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(box, Radius.FIELD, Radius.FIELD)
            if chosen:
                inset = theme.px(Space.S)
                bar = QRectF(1, inset, theme.px(_BAR), box.height() - 2 * inset)
                painter.setBrush(QColor(colors.accent))
                painter.drawRoundedRect(bar, Radius.RAIL, Radius.RAIL)
            painter.setFont(self.font())
            painter.setPen(QColor(colors.ink))
            words = box.adjusted(theme.px(Space.M), 0, 0, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
            if self.hasFocus():
                paint_ring(painter, theme, box)

    def _be_the_stop(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.StrongFocus if on else policy.ClickFocus)
