"""Where something stands beside what it is about, and not over it. Geometry only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect

if TYPE_CHECKING:
    from PySide6.QtCore import QSize


def beside(about: QRect, size: QSize, screen: QRect, gap: int) -> QPoint | None:
    """Its corner: below, above, right or left; ``None``: there is no room for that.

    Args:
        about: What stays in sight.
        size: How large what is to be placed is.
        screen: What it stays inside of.
        gap: Pixels between the two.
    """
    wide, tall = size.width(), size.height()
    for x, y in (
        (about.left(), about.bottom() + 1 + gap),
        (about.left(), about.top() - gap - tall),
        (about.right() + 1 + gap, about.top()),
        (about.left() - gap - wide, about.top()),
    ):
        box = QRect(QPoint(x, y), size)
        if x == about.left():
            box.moveLeft(max(min(x, screen.right() + 1 - wide), screen.left()))
        else:
            box.moveTop(max(min(y, screen.bottom() + 1 - tall), screen.top()))
        if screen.contains(box):
            return box.topLeft()
    return None


def over(about: QRect, size: QSize, screen: QRect) -> QPoint:
    """Its corner where it must lie over what it is about: at the farther edge.

    Args:
        about: As far from its middle as the screen allows.
        size: How large what is to be placed is; of more than the screen the upper left
            is seen.
        screen: What it stays inside of.
    """
    box = QRect(QPoint(about.left(), screen.top()), size)
    if about.center().y() < screen.center().y():
        box.moveBottom(screen.bottom())
    box.moveRight(min(box.right(), screen.right()))
    return QPoint(max(box.left(), screen.left()), max(box.top(), screen.top()))
