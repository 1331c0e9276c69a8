"""The recovery key on paper. It goes to the system's printer and to no file of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from sidelight.ui.theme.fonts import paper_font
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

_POINTS: Final = 72
_A_LINE: Final = 3
_WORDS: Final = (
    tr("Sidelight: recovery key"),
    tr(
        "It opens your sessions when nothing else does. Keep it away from the computer."
    ),
)


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
    lines = [groups[at : at + _A_LINE] for at in range(0, len(groups), _A_LINE)]
    inch = paper.logicalDpiY()
    with QPainter(paper) as painter:
        room = QRectF(inch, inch, paper.width() - 2 * inch, inch)
        for text, points in (
            (_WORDS[0], 16),
            *(("  ".join(line), 22) for line in lines),
            (_WORDS[1], 11),
        ):
            painter.setFont(paper_font(points))
            painter.drawText(room, Qt.TextFlag.TextWordWrap, text)
            room.translate(0, 2.4 * points * inch / _POINTS)
