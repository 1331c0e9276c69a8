"""Words in a row, of which one is chosen: the pages of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar

from sidelight.ui.theme.tokens import Radius, Role, Space

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme

SIDE: Final = Space.S + 1
"""From the edge of a title's ground to its words, logical pixels at 100 %."""


class Tabs(QTabBar):
    """Chosen by mouse or by the arrow keys; what is chosen is underlined and darker.

    With the keyboard on it, it also has the tint of what is selected.

    Args:
        theme: Fonts and colours.
        name: For screen readers.
        titles: What each is called.
    """

    def __init__(self, theme: Theme, name: str, titles: tuple[str, ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(theme.font(Role.STRONG))
        for title in titles:
            self.addTab(title)
        colors, side = theme.palette, theme.px(SIDE)
        line = theme.px(Space.XXS)
        self.setStyleSheet(f"""
            QTabBar {{ background: transparent; border: none; }}
            QTabBar::tab {{
                color: {colors.ink_soft}; background: transparent;
                padding: {theme.px(Space.S)}px {side}px;
                border: none; border-bottom: {line}px solid transparent; outline: none;
            }}
            QTabBar::tab:selected {{
                color: {colors.ink}; border-bottom-color: {colors.accent};
            }}
            QTabBar::tab:selected:focus {{
                background: {colors.selection};
                border-top-left-radius: {Radius.FIELD}px;
                border-top-right-radius: {Radius.FIELD}px;
            }}
            QTabBar::tab:hover {{ background: {colors.hover}; }}
        """)
