"""The pages beside the transcript, of which one is read at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Space
from sidelight.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme


class Pages(QFrame):
    """A card with a row of titles; each page is always there, shown or not.

    Args:
        theme: Fonts and colours.
        pages: By title, in their order; the first is read first.
    """

    def __init__(self, theme: Theme, pages: dict[str, QWidget]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._titles = tuple(pages)
        self.tabs = Tabs(theme, "Pages", self._titles)
        self._stack = QStackedWidget()
        for page in pages.values():
            self._stack.addWidget(page)
        rule = QFrame()
        rule.setFixedHeight(1)
        rule.setStyleSheet(f"background: {theme.palette.hairline}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        side = theme.px(Space.S)
        self.tabs.setContentsMargins(side, 0, side, 0)
        layout.addWidget(self.tabs)
        layout.addWidget(rule)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)

    def open_page(self, title: str) -> None:
        """Read this one."""
        self.tabs.setCurrentIndex(self._titles.index(title))
