"""A page that scrolls where the screen or the window is too small for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

GUTTER: Final = Space.M
"""Width of a scroll bar in pixels (``theme/stylesheet.py``)."""


class Scrolling(QScrollArea):
    """No edge, no ground of its own, and no stop of the tab key.

    Args:
        page: What is shown; as wide as there is room, as high as it needs.
        gutter: The scroll bar has its room always, so that no edge moves with it.
    """

    def __init__(self, page: QWidget, *, gutter: bool = False) -> None:
        super().__init__()
        if gutter:
            self.setVerticalScrollBar(_StandingBar())
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        for ground in (page, self.viewport()):
            ground.setAutoFillBackground(False)  # the window's own shows through


class _StandingBar(QScrollBar):
    """Where nothing has to be scrolled, it is not to be seen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The handle, if there is anywhere to go."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class InSight(QObject):
    """Scrolls to what gets the keyboard by a shortcut, too: Qt does so for Tab alone.

    Args:
        area: What scrolls; this lives as long.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        application = cast("QApplication", QApplication.instance())
        application.focusChanged.connect(self._show)

    @Slot("QWidget*", "QWidget*")
    def _show(self, before: QWidget | None, now: QWidget | None) -> None:
        del before
        if now is None or not self._area.isAncestorOf(now):
            return
        if now.visibleRegion().isEmpty():
            self._area.ensureWidgetVisible(now)
