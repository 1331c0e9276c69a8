"""What stands on a card: a line of things above, a rule, and the content below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Size, Space

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.ui.theme.theme import Theme

HEADING: Final = Size.CONTROL + Space.S
"""Height of that line on every card, logical pixels at 100 %: what stands beside each
other begins on one line."""


def headed(
    card: QWidget,
    theme: Theme,
    line: Iterable[QWidget],
    content: QWidget,
    *,
    inset: int = Space.L,
) -> None:
    """Lay it out.

    Args:
        card: What it stands on.
        theme: Distances.
        line: What stands above, from left to right; what expands takes what is left.
        content: What stands below.
        inset: Distance of the first of the line from the card's left edge, logical
            pixels at 100 %; its words stand where all others do.
    """
    layout = QVBoxLayout(card)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    head = QWidget()
    head.setFixedHeight(theme.px(HEADING))
    above = QHBoxLayout(head)
    side = theme.px(Space.L)
    above.setContentsMargins(theme.px(inset), 0, side, 0)
    above.setSpacing(theme.px(Space.S))
    for part in line:
        above.addWidget(part)
    above.setStretch(1, 1)
    layout.addWidget(head)
    layout.addWidget(rule(theme))
    layout.addWidget(content, 1)


def rule(theme: Theme) -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.palette.hairline}")
    return line
