"""The timeline on paper, or as a PDF: rows of half an hour, in the light theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPageLayout, QPageSize, QPainter

from sidelight.ui.review.header import facts, title
from sidelight.ui.review.key import key_of, paint_key
from sidelight.ui.review.lanes import Lanes
from sidelight.ui.review.painting import GUTTER, TimelinePainter
from sidelight.ui.review.viewport import Viewport
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtWidgets import QWidget

    from sidelight.domain.story import Story

ROW_MS: Final = 30 * 60_000
"""As much of a session as a line of paper can hold and still be read."""

_MARGIN_MM: Final = 12.0
_PER_INCH: Final = 108.0
"""Logical pixels: a little smaller than on screen, so that a page holds an hour."""

_SHARP: Final = 4.0
"""Dots of a mark for each logical pixel: as fine as printers are."""


def print_timeline(device: QPagedPaintDevice, story: Story) -> int:
    """Print it.

    Args:
        device: A printer, or a PDF; its pages are laid across here.
        story: The session.

    Returns:
        How many pages it took.
    """
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageOrientation(QPageLayout.Orientation.Landscape)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    with QPainter(device) as painter:
        return _Pages(device, painter, story).paint()


def ask_and_print(parent: QWidget, story: Story) -> None:
    """Let the coach choose a printer, or a file, and print."""
    from PySide6.QtPrintSupport import (  # noqa: PLC0415 - nobody waits for printers
        QPrintDialog,
        QPrinter,
    )

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    # The names of jobs are seen by others, and kept.
    printer.setDocName(tr("Timeline"))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec():
        print_timeline(printer, story)


class _Pages:
    """One print, page after page, in logical pixels."""

    def __init__(
        self, device: QPagedPaintDevice, painter: QPainter, story: Story
    ) -> None:
        self._device = device
        self._painter = painter
        self._story = story
        self._theme = Theme()
        zoom = device.logicalDpiX() / _PER_INCH
        painter.scale(zoom, zoom)
        self._width = device.width() / zoom
        self._height = device.height() / zoom
        self._lanes = Lanes.of(story, self._theme.scale)
        self._timeline = TimelinePainter(self._theme, story, self._lanes)
        self._timeline.sharp = _SHARP
        self._number = 1

    def paint(self) -> int:
        """Every row; returns the number of pages."""
        painter, story = self._painter, self._story
        foot = self._height - self._small_height - Space.S
        top = self._paint_head()
        plot = int(self._width - GUTTER - Space.S)
        whole = Viewport.fitting(story.position, plot)
        starts = range(0, max(1, story.position), ROW_MS)
        length = min(ROW_MS, whole.length)
        for start in starts:
            if top + self._lanes.height > foot:
                self._paint_foot()
                self._device.newPage()
                self._number += 1
                top = 0.0
            row = Viewport(
                max(whole.length, start + length), plot, start, length / plot
            )
            painter.save()
            painter.translate(0, top)
            self._timeline.paint(painter, row, GUTTER)
            painter.restore()
            top += self._lanes.height + Space.L
        self._paint_foot()
        return self._number

    @property
    def _small_height(self) -> int:
        return QFontMetrics(self._theme.font(Role.SMALL)).height()

    def _paint_head(self) -> float:
        """Who and when, and what the marks mean; where it ends."""
        theme, painter = self._theme, self._painter
        top = 0.0
        for role, text, color in (
            (Role.TITLE, title(self._story), theme.palette.ink),
            (Role.SMALL, facts(self._story), theme.palette.ink_soft),
        ):
            font = theme.font(role)
            height = QFontMetrics(font).height()
            painter.setFont(font)
            painter.setPen(QColor(color))
            box = QRectF(0, top, self._width, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            top += height + Space.XS
        signs = key_of(self._story, both=self._timeline.speech.both)
        height = self._small_height if signs else 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_key(painter, theme, signs, QRectF(0, top, self._width, height))
        return top + height + Space.L

    def _paint_foot(self) -> None:
        painter, theme = self._painter, self._theme
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(QColor(theme.palette.ink_soft))
        height = self._small_height
        box = QRectF(0, self._height - height, self._width, height)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, tr("Confidential"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, str(self._number))
