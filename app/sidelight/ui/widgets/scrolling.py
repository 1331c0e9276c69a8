"""A page that scrolls where the screen or the window is too small for it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget


class Scrolling(QScrollArea):
    """No edge, no ground of its own, and no stop of the tab key.

    Args:
        page: What is shown; as wide as there is room, as high as it needs.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        for ground in (page, self.viewport()):
            ground.setAutoFillBackground(False)  # the window's own shows through


class LowColumn(QVBoxLayout):
    """Of a page that scrolls: it is first made as low as it can be, and then scrolled.

    Where text wraps, Qt would rather scroll than take anything from a part's wishes.
    """

    def hasHeightForWidth(self) -> bool:
        """See the class."""
        return False


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
