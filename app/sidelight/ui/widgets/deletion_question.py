"""Asked before anything is destroyed: what exactly goes; the keyboard is on keeping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.ui.theme.theme import Theme

MEANT: Final = tr("Delete all of it")
NOT_MEANT: Final = tr("Keep it")


class DeletionQuestion(QFrame):
    """Hidden until it asks.

    Signals:
        meant: Destroy it.
        kept: It was not meant; the question is gone.

    Args:
        theme: Fonts and colours.
    """

    meant = Signal()
    kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.what = Text(theme, Role.BODY)
        self.keep = Button(theme, NOT_MEANT, main=True)
        self.keep.clicked.connect(self._turn_back)
        self.sure = Button(theme, MEANT)
        self.sure.clicked.connect(self.meant)
        side = theme.px(Space.L)
        ways = QHBoxLayout()
        ways.setSpacing(theme.px(Space.S))
        ways.addStretch(1)
        ways.addWidget(self.keep)
        ways.addWidget(self.sure)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(Space.M))
        layout.addWidget(self.what)
        layout.addLayout(ways)
        self.hide()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.keep, self.sure)

    def ask(self, what: str) -> None:
        """Say what would go, and wait."""
        self.what.setText(what)
        for button in (self.keep, self.sure):
            button.setAccessibleDescription(what)
        self.show()
        self.keep.setFocus()
        # Its place is known once the layout had its turn.
        QTimer.singleShot(0, self, self.into_sight)

    def into_sight(self) -> None:
        """Scroll to it, where the page is longer than the window."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self._turn_back()
        else:
            super().keyPressEvent(event)

    def _turn_back(self) -> None:
        self.hide()
        self.kept.emit()
