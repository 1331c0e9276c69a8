"""The program's sign in one colour, for trays; apart, for only it needs QtSvg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sidelight.ui.theme.icons import drawings, unreadable

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

SIZES: Final = (16, 22, 24, 32, 44, 64)
"""In pixels, of the trays that we know."""


def tray_icon(color: QColor) -> QIcon:
    """In one colour; where the system wants to colour it (macOS), it is a mask.

    Raises:
        UserError: The drawing is missing or damaged.
    """
    path = drawings() / "tray.svg"
    drawing = QSvgRenderer(str(path))
    if not drawing.isValid():
        raise unreadable(path)
    icon = QIcon()
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            drawing.render(painter, QRectF(0, 0, size, size))
            only = QPainter.CompositionMode.CompositionMode_SourceIn
            painter.setCompositionMode(only)
            painter.fillRect(pixmap.rect(), color)
        icon.addPixmap(pixmap)
    icon.setIsMask(True)
    return icon
