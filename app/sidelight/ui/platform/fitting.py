"""How large a window may be on its screen, and where it stands at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FRAME: Final = 40
"""Room for the title bar, whose height is known only once the window stands; logical
pixels."""


def fitting(window: QWidget, wanted: QSize) -> QSize:
    """The wanted size, or what the window's screen has room for."""
    if QGuiApplication.platformName() == "offscreen":
        return wanted  # that screen is made up; pictures keep their size
    room = window.screen().availableGeometry().size()
    return wanted.boundedTo(room - QSize(0, FRAME))


def stand_over(window: QWidget, other: QWidget) -> None:
    """Show a window for the first time in the middle of another, on the same screen.

    Where the window system places windows itself (Wayland), it does.
    """
    window.setScreen(other.screen())
    window.resize(fitting(window, window.size()))
    size = window.size() + QSize(0, FRAME)
    window.move(middle(size, other.frameGeometry(), other.screen().availableGeometry()))


def middle(size: QSize, over: QRect, screen: QRect) -> QPoint:
    """The corner of what stands in the middle of ``over``, as far as the screen goes.

    Args:
        size: How large it is, its frame too.
        over: In the middle of this.
        screen: Never off it; what is larger begins at its upper left.
    """
    box = QRect(QPoint(), size)
    box.moveCenter(over.center())
    left = min(box.left(), screen.left() + screen.width() - size.width())
    top = min(box.top(), screen.top() + screen.height() - size.height())
    return QPoint(max(left, screen.left()), max(top, screen.top()))
