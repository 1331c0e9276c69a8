"""The sidebar folded: the headline in one line, and the health dot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sidelight.ui.sidebar.headline import HeadlineView
from sidelight.ui.sidebar.health_dot import HealthDot
from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from sidelight.ui.sidebar.wording import SidebarTexts
    from sidelight.ui.theme.theme import Theme

HEIGHT: Final = 44
"""In logical pixels at 100 % text; large text may need more."""


class Strip(QWidget):
    """The least that is still the product.

    Args:
        theme: Fonts, colours, spacing.
        width: Of the strip in logical pixels.
    """

    def __init__(self, theme: Theme, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        margin, gap = theme.px(Space.L), theme.px(Space.S)
        self._dot = HealthDot(theme)
        room = width - 2 * margin - gap - self._dot.width()
        self.headline = HeadlineView(theme, room, compact=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(margin, theme.px(Space.S), margin, theme.px(Space.S))
        layout.setSpacing(gap)
        layout.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.headline, 1)
        self.setFixedSize(width, max(HEIGHT, layout.sizeHint().height()))

    def show_texts(self, texts: SidebarTexts) -> None:
        """Cross-fade to what has changed; no box changes."""
        self.headline.show_headline(texts.headline)
        self._dot.show_dot(texts.health.dot, texts.health.spoken)

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.headline.settle()
        self._dot.settle()
