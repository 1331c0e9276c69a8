"""Plain text of a role: never markup, whatever stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from sidelight.export.writing import breakable
from sidelight.ui.theme.tokens import Role, Size
from sidelight.ui.widgets.wrapped import Measured, Wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

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
        super().__init__(breakable(text))
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

    def setText(self, text: str) -> None:
        """Show this; in a word longer than a line there are places to break.

        The name of a file would otherwise make its window wider than the screen.
        """
        super().setText(breakable(text))

    def say(self, text: str) -> None:
        """Show this; nothing to say takes no room."""
        self.setText(text)
        self.setVisible(bool(text))


class Reading(Text):
    """What is read rather than looked at, a sentence or more: its lines have air.

    Args:
        theme: Fonts and colours.
        role: How it is set.
        text: What stands there first.
        soft: Read second.
    """

    def __init__(
        self, theme: Theme, role: Role, text: str = "", *, soft: bool = False
    ) -> None:
        super().__init__(theme, role, text, soft=soft)
        self._lines = Measured(theme.font(role))
        self._paragraph = theme.px(Size.PARAGRAPH)
        self._least = theme.px(Size.LEAST)

    def heightForWidth(self, width: int) -> int:
        """As high as its lines at this width."""
        sides = self.contentsMargins()
        room = width - sides.left() - sides.right()
        height = self._lines.height(self.text(), room)
        return height + sides.top() + sides.bottom()

    def sizeHint(self) -> QSize:
        """As wide as a paragraph, or as its only line."""
        width = min(self._lines.widest(self.text()), self._paragraph)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few words wide, and as high as it is now."""
        least = min(self._lines.widest(self.text()), self._least)
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines."""
        del event
        box = self.contentsRect()
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            lines = Wrapped(self.text(), self.font(), box.width())
            above = max(box.height() - lines.height, 0) / 2
            lines.draw(painter, QPointF(box.left(), box.top() + above))


def label(theme: Theme, text: str, of: QWidget | None = None) -> Text:
    """The quiet heading of a field."""
    heading = Text(theme, Role.LABEL, text, soft=True)
    if of is not None:
        heading.setBuddy(of)
    return heading
