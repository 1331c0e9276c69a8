"""The style sheet, made from tokens: only what a palette cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.ui.theme.tokens import Radius, Space

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme


def stylesheet(theme: Theme) -> str:
    """Rules for scroll bars, tool tips, splitters and lists."""
    colors = theme.palette
    return f"""
    QToolTip {{
        color: {colors.ink};
        background: {colors.surface};
        border: 1px solid {colors.hairline};
        padding: {theme.px(Space.S)}px;
    }}
    QMenu {{
        color: {colors.ink};
        background: {colors.surface};
        border: 1px solid {colors.hairline};
        padding: {theme.px(Space.XS)}px;
    }}
    QMenu::item {{
        padding: {theme.px(Space.XS + 2)}px {theme.px(Space.L)}px;
        border-radius: {Radius.SMALL}px;
    }}
    QMenu::item:selected {{ background: {colors.selection}; color: {colors.ink}; }}
    QMenu::item:disabled {{ color: {colors.ink_soft}; }}
    QMenu::separator {{
        height: 1px; background: {colors.hairline}; margin: {Space.XS}px;
    }}
    QAbstractScrollArea {{ border: none; background: transparent; }}
    QScrollBar:vertical {{
        background: transparent; width: {Space.M}px; margin: 2px;
    }}
    QScrollBar:horizontal {{
        background: transparent; height: {Space.M}px; margin: 2px;
    }}
    QScrollBar::handle {{
        background: {colors.hairline}; border-radius: {Space.XS}px;
        min-height: {Space.XL}px; min-width: {Space.XL}px;
    }}
    QScrollBar::handle:hover {{ background: {colors.curve}; }}
    QScrollBar::add-line, QScrollBar::sub-line,
    QScrollBar::add-page, QScrollBar::sub-page {{
        background: transparent; border: none; width: 0; height: 0;
    }}
    QSplitter::handle {{ background: transparent; }}
    QFrame#card {{
        background: {colors.surface};
        border: 1px solid {colors.hairline};
        border-radius: {Radius.CARD}px;
    }}
    """
