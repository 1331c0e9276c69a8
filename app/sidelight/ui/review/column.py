"""A page of the review that is read from top to bottom, and scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Size, Space
from sidelight.ui.widgets.discard import discard
from sidelight.ui.widgets.scrolling import GUTTER, Steady

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.ui.theme.theme import Theme


class Column(Steady):
    """Never sideways; whoever has the keyboard is brought into view.

    Signals:
        arranged: Other parts stand there now, or in another order.

    Args:
        theme: Distances.
        name: For screen readers.
    """

    arranged = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(QWidget())
        self.theme = theme
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self.page)
        side = theme.px(Space.L)
        self._column.setContentsMargins(side, theme.px(Space.M), side - GUTTER, side)
        self._column.setSpacing(theme.px(Space.M))
        self._column.addStretch(1)
        self.blocks: list[QWidget] = []

    def empty(self) -> None:
        """Nothing of what was there stays."""
        self.remove(tuple(self.blocks))

    def remove(self, blocks: Sequence[QWidget]) -> None:
        """Nothing of these stays."""
        for block in blocks:
            self._column.removeWidget(block)
            self.blocks.remove(block)
        discard(blocks)

    def add(self, block: QWidget, place: int | None = None) -> None:
        """One more: at this place, or at the end."""
        place = len(self.blocks) if place is None else place
        self._column.insertWidget(place, block)
        self.blocks.insert(place, block)
        block.show()  # a layout would only do so in the next turn of the loop

    def sizeHint(self) -> QSize:
        """Whatever there is: it scrolls, however long it gets."""
        return QSize(self.theme.px(Size.PARAGRAPH), self.theme.px(Size.LINE))
