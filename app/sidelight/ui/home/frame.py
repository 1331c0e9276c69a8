"""What the pages of home's window have in common: head, width, edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Role, Size, Space
from sidelight.ui.widgets.back_link import BACK_HEIGHT
from sidelight.ui.widgets.scrolling import GUTTER, InSight, Steady
from sidelight.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.widgets.back_link import BackLink

COLUMN: Final = 932
"""Logical pixels at 100 % text: no page is wider."""


class Framed(QWidget):
    """A page whose head stays in sight, while what is below it scrolls.

    Above the title stands the way back, beside it what can be done here, what goes on
    at the right; below it a line of what there is to say.

    Args:
        theme: Fonts and colours.

    Attributes:
        title: Of the page.
    """

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._frame_theme = theme
        self.title = Text(theme, Role.TITLE, title)

    def _frame(
        self,
        line: Text,
        body: QLayout,
        ways: Sequence[QWidget],
        back: BackLink | None = None,
    ) -> None:
        """Lay it out.

        Args:
            line: Under the title; it has its room also while it says nothing.
            body: What scrolls.
            ways: Beside the title, the one that goes on last.
            back: Where it leads back.
        """
        theme = self._frame_theme
        side = theme.px(Space.XL)
        above = QHBoxLayout()
        above.addStrut(theme.px(BACK_HEIGHT))
        if back is not None:
            above.addWidget(back)
        above.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(Space.S))
        row.addStrut(theme.px(Size.CONTROL))
        row.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        for way in ways:
            row.addWidget(way)
        said = QHBoxLayout()
        said.addStrut(Text(theme, Role.BODY, " ").sizeHint().height())
        said.addWidget(line, 1)
        head = QVBoxLayout()
        head.setSpacing(0)
        for part in (above, row, said):
            head.addLayout(part)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(side, 0, side - GUTTER, side)
        inner.addLayout(_column(theme, body))
        hold = Steady(inside)
        InSight(hold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(Space.M), 0, 0)
        layout.setSpacing(theme.px(Space.M))
        hang = theme.px(Space.XS)  # the ring of the way back; its arrow is in line
        for part in (row, said):
            part.setContentsMargins(hang, 0, 0, 0)
        top = _column(theme, head, hang)
        top.setContentsMargins(side - hang, 0, side, 0)
        layout.addLayout(top)
        layout.addWidget(hold, 1)


class Halves(QWidget):
    """Two parts side by side; where that is too narrow, one above the other.

    Signals:
        turned: They stand one above the other now, or no longer.

    Args:
        theme: Fonts and colours.
        parts: Left and right.
        shares: Of the width.
        narrow: Logical pixels at 100 % text below which they stand one above the other.
    """

    turned = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        parts: tuple[QWidget, QWidget],
        shares: tuple[int, int],
        narrow: int,
    ) -> None:
        super().__init__()
        self._narrow = theme.px(narrow)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(Space.M))
        for part, share in zip(parts, shares, strict=True):
            self._layout.addWidget(part, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        before = self._layout.direction()
        narrow = self.width() < self._narrow
        self._layout.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        if self._layout.direction() is not before:
            self.turned.emit(narrow)


def _column(theme: Theme, content: QLayout, hang: int = 0) -> QHBoxLayout:
    """In the middle, and never wider than reads well."""
    held = QWidget()
    content.setContentsMargins(0, 0, 0, 0)
    held.setLayout(content)
    held.setMaximumWidth(theme.px(COLUMN) + hang)
    around = QHBoxLayout()
    around.setSpacing(0)
    around.addStretch(1)
    around.addWidget(held, 1_000)
    around.addStretch(1)
    return around
