"""Plain text of a role: never markup, whatever stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sidelight.ui.theme.tokens import Role

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme


class Text(QLabel):
    """Wraps where it has to, and takes the height that needs.

    Args:
        theme: Fonts and colours.
        role: How it is set.
        text: What stands there first.
        soft: Read second.
    """

    def __init__(
        self, theme: Theme, role: Role, text: str = "", *, soft: bool = False
    ) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role))
        colors = theme.palette
        # Not by a style sheet of its own: Qt would read one anew for each text.
        palette = self.palette()
        ink = QColor(colors.ink_soft if soft else colors.ink)
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        self.setPalette(palette)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, text: str) -> None:
        """Show this; nothing to say takes no room."""
        self.setText(text)
        self.setVisible(bool(text))


def label(theme: Theme, text: str, of: QWidget | None = None) -> Text:
    """The quiet heading of a field."""
    heading = Text(theme, Role.LABEL, text, soft=True)
    if of is not None:
        heading.setBuddy(of)
    return heading
