"""A page that scrolls where the screen or the window is too small for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

GUTTER: Final = Space.M
"""Width of a scroll bar, logical pixels; see the style sheet."""


class Scrolling(QScrollArea):
    """No edge, no ground of its own, and no stop of the tab key.

    Args:
        page: What is shown; as wide as there is room, as high as it needs.

    Attributes:
        page: The same.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        for ground in (page, self.viewport()):
            ground.setAutoFillBackground(False)  # the window's own shows through


class Steady(Scrolling):
    """Its bar has a place of its own, ``GUTTER`` wide, there or not.

    So what it shows is as wide in either case, and its edge stays on the line of what
    stands above and below it. The page's right margin is that much narrower.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page has all the width but the bar's."""
        super().resizeEvent(event)
        self.page.setFixedWidth(self.width() - GUTTER)


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
