"""Signs for the dialog that chooses files, where Qt draws it and not the system."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileInfo, QPointF, QSize, Qt
from PySide6.QtGui import (
    QAbstractFileIconProvider,
    QColor,
    QIcon,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRID: Final = 16
"""Units of a sign's side."""
_LINE: Final = 1.3
"""Units of a stroke."""
_SIZES: Final = (16, 24, 32, 48, 64)
"""In pixels: lists, buttons, large text, dense screens."""

_Lines = tuple[tuple[tuple[float, float], ...], ...]

_FOLDER: Final[_Lines] = (
    ((2, 13), (2, 3.5), (6.5, 3.5), (8, 5.5), (14, 5.5), (14, 13), (2, 13)),
)


def _square(left: float, top: float) -> tuple[tuple[float, float], ...]:
    right, low = left + 4, top + 4
    return (left, top), (right, top), (right, low), (left, low), (left, top)


class FileSign(Enum):
    """What is drawn: strokes on a grid of sixteen."""

    BACK = (((10, 3), (5, 8), (10, 13)),)
    FORWARD = (((6, 3), (11, 8), (6, 13)),)
    UP = (((3, 10.5), (8, 5.5), (13, 10.5)),)
    FOLDER = _FOLDER
    NEW_FOLDER = (*_FOLDER, ((8, 7.5), (8, 11.5)), ((6, 9.5), (10, 9.5)))
    LIST = (_square(3, 3), _square(9, 3), _square(3, 9), _square(9, 9))
    DETAILS = (((3, 4), (13, 4)), ((3, 8), (13, 8)), ((3, 12), (13, 12)))
    FILE = (
        ((4, 2), (9.5, 2), (12.5, 5), (12.5, 14), (4, 14), (4, 2)),
        ((9.5, 2), (9.5, 5), (12.5, 5)),
    )
    COMPUTER = (
        ((2, 3), (14, 3), (14, 11), (2, 11), (2, 3)),
        ((8, 11), (8, 14)),
        ((5, 14), (11, 14)),
    )

    def icon(self, ink: QColor, faint: QColor) -> QIcon:
        """The sign in these colours, the second where it cannot be pressed."""
        made = QIcon()
        for mode, color in (
            (QIcon.Mode.Normal, ink),
            (QIcon.Mode.Selected, ink),
            (QIcon.Mode.Disabled, faint),
        ):
            for pixmap in self._pixmaps(color):
                made.addPixmap(pixmap, mode)
        return made

    def _pixmaps(self, color: QColor) -> Iterator[QPixmap]:
        pen = QPen(color, _LINE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for size in _SIZES:
            pixmap = QPixmap(QSize(size, size))
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.scale(size / _GRID, size / _GRID)
                painter.setPen(pen)
                for line in self.value:
                    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line]))
            yield pixmap


class FileSigns(QAbstractFileIconProvider):
    """A folder is a folder and all else a file: what it is, its name says.

    Args:
        ink: Their colour.
    """

    def __init__(self, ink: QColor) -> None:
        super().__init__()
        self._icons = {sign: sign.icon(ink, ink) for sign in FileSign}

    # Qt's function has two forms.
    def icon(self, what: QAbstractFileIconProvider.IconType | QFileInfo, /) -> QIcon:
        """For a file that is there, or for a sort of places."""
        sort = QAbstractFileIconProvider.IconType
        if isinstance(what, QFileInfo):
            return self._icons[FileSign.FOLDER if what.isDir() else FileSign.FILE]
        if what in {sort.Computer, sort.Drive, sort.Network, sort.Desktop}:
            return self._icons[FileSign.COMPUTER]
        return self._icons[FileSign.FILE if what is sort.File else FileSign.FOLDER]
