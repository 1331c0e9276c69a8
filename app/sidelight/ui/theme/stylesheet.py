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
        border-radius: {Radius.FIELD}px;
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
    QPlainTextEdit {{
        color: {colors.ink};
        background: {colors.field};
        border: 1px solid {colors.curve};
        border-radius: {Radius.FIELD}px;
        padding: {theme.px(Space.XS)}px {theme.px(Space.S)}px;
        selection-background-color: {colors.marked};
        selection-color: {colors.ink};
    }}
    QPlainTextEdit:focus {{
        border: 2px solid {colors.accent};
        padding: {theme.px(Space.XS) - 1}px {theme.px(Space.S) - 1}px;
    }}
    QLineEdit {{
        color: {colors.ink};
        background: {colors.field};
        border: 1px solid {colors.curve};
        border-radius: {Radius.FIELD}px;
        padding: {theme.px(7)}px {theme.px(Space.M)}px;
        placeholder-text-color: {colors.ink_soft};
        selection-background-color: {colors.marked};
        selection-color: {colors.ink};
    }}
    QLineEdit:focus {{
        border: 2px solid {colors.accent};
        padding: {theme.px(7) - 1}px {theme.px(Space.M) - 1}px;
    }}
    QListView#choices {{
        color: {colors.ink};
        background: {colors.surface};
        border: 1px solid {colors.curve};
        padding: {theme.px(Space.XS)}px;
        outline: none;
    }}
    QFrame#card QListView#choices {{ border: none; background: transparent; }}
    QListView#choices::item {{
        padding: {theme.px(Space.XS + 1)}px {theme.px(Space.S)}px;
        border-radius: {Radius.FIELD}px;
    }}
    QListView#choices::item:selected {{
        background: {colors.selection}; color: {colors.ink};
    }}
    QFrame#card {{
        background: {colors.surface};
        border: 1px solid {colors.hairline};
        border-radius: {Radius.CARD}px;
    }}
    """
