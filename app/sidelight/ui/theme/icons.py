"""The program's own sign, in the sizes that it was drawn for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sidelight import resources
from sidelight.domain.errors import UserError
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QColor

_SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
TRAY_SIZES: Final = (16, 22, 24, 32, 44, 64)
"""In pixels, of the trays that we know."""


def app_icon() -> QIcon:
    """For windows, docks and task bars.

    Raises:
        UserError: A picture is missing or damaged.
    """
    icon = QIcon()
    for size in _SIZES:
        path = _folder() / f"sidelight-{size}.png"
        pixmap = QPixmap(str(path))
        if pixmap.isNull():
            raise _unreadable(path)
        icon.addPixmap(pixmap)
    return icon


def tray_icon(color: QColor) -> QIcon:
    """In one colour; where the system wants to colour it (macOS), it is a mask.

    Raises:
        UserError: The drawing is missing or damaged.
    """
    path = _folder() / "tray.svg"
    drawing = QSvgRenderer(str(path))
    if not drawing.isValid():
        raise _unreadable(path)
    icon = QIcon()
    for size in TRAY_SIZES:
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


def _folder() -> Path:
    return resources.assets() / "icons"


def _unreadable(path: Path) -> UserError:
    message = tr("The picture {name} cannot be read.", name=path.name)
    return UserError(message, tr("Install the program again."))
