"""The sidebar with everything hidden but the health dot: quiet, never secret."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.ui.sidebar.health_dot import HealthDot
from sidelight.ui.sidebar.wording import spoken

if TYPE_CHECKING:
    from sidelight.ui.sidebar.wording import HealthLine, Note
    from sidelight.ui.theme.theme import Theme

SIDE: Final = 24
"""In logical pixels at 100 % text: the least that is easy to hit (WCAG 2.2, 2.5.8)."""


class DotOnly(QWidget):
    """One dot in the middle of a small round tile."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = HealthDot(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(theme.px(SIDE), theme.px(SIDE))

    def show_health(self, health: HealthLine, note: Note | None) -> None:
        """Fade to this state; what it is about is under the pointer."""
        self._dot.show_dot(health.dot, health.spoken)
        self.setToolTip(escape(spoken(note)))

    def settle(self) -> None:
        """Finish a fade at once."""
        self._dot.settle()
