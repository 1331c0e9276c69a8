"""The recovery key on paper. It goes to the system's printer and to no file of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from sidelight.ui.firstrun.wording import WHAT_IT_OPENS
from sidelight.ui.theme.fonts import paper_font
from sidelight.ui.theme.tokens import LIGHT
from sidelight.ui.widgets.key_groups import KeyFace
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_POINTS: Final = 72
_BELOW: Final = 2.4
"""From a line to what stands below it, in heights of its letters."""
_TITLE: Final = tr("Sidelight: recovery key")


def print_key(parent: QWidget, key: str, printed: Callable[[], None]) -> bool:
    """Ask which printer, and print.

    Args:
        parent: Above which the system's dialog stands.
        key: As it is shown, groups with hyphens.
        printed: Called once it was sent.

    Returns:
        Whether there is a printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("Sidelight")
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def send() -> None:
        draw_key(printer, key)
        printed()

    dialog.accepted.connect(send)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return True


def draw_key(paper: QPagedPaintDevice, key: str) -> None:
    """One page: what it is, the key large, what to do with it."""
    groups = key.split("-")
    ink, soft = QColor(LIGHT.ink), QColor(LIGHT.ink_soft)
    face = KeyFace(paper_font(22), paper_font(9), ink, soft)
    inch = paper.logicalDpiY()
    with QPainter(paper) as painter:
        room = QRectF(inch, inch, paper.width() - 2 * inch, inch)
        _write(painter, room, _TITLE, 16)
        room.translate(0, _BELOW * 16 * inch / _POINTS)
        face.draw(painter, room.topLeft(), groups)
        room.translate(0, face.size(groups, paper).height() + inch / 4)
        _write(painter, room, WHAT_IT_OPENS, 11)


def _write(painter: QPainter, room: QRectF, text: str, points: int) -> None:
    painter.setFont(paper_font(points))
    painter.drawText(room, Qt.TextFlag.TextWordWrap, text)
