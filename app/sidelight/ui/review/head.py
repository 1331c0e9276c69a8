"""The head of the review: what it was on the left, what it asks on the right.

Beside each other they leave a small screen to the transcript; whoever is asked about
several moments, or reads large text, gets them below each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from sidelight.ui.review.asking import Asking
    from sidelight.ui.review.header import ReviewHeader
    from sidelight.ui.theme.theme import Theme

_BESIDE: Final = 1000
"""From this width on, logical pixels at 100 % text, both fit on a line."""


class Head(QWidget):
    """Both parts, beside or below each other.

    Args:
        theme: Sizes.
        header: Who, when, how long.
        asking: What is to be done, and what is asked.
    """

    def __init__(self, theme: Theme, header: ReviewHeader, asking: Asking) -> None:
        super().__init__()
        self._asking = asking
        self._beside = theme.px(_BESIDE)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(Space.M))
        self._layout.addWidget(header, 3)
        self._layout.addWidget(asking, 2, Qt.AlignmentFlag.AlignTop)
        asking.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room may be another."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It may ask more, or less."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        beside = self.width() >= self._beside and not self._asking.at_length
        way = QBoxLayout.Direction
        wanted = way.LeftToRight if beside else way.TopToBottom
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
            where = Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0)
            self._layout.setAlignment(self._asking, where)
