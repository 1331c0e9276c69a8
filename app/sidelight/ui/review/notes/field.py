"""A line that is edited where it stands, as high as its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from sidelight.session.wrap_acts import LONGEST_LINE
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.words import tr
from sidelight.ui.wrapup.note import SAVE_MS

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent

    from sidelight.ui.theme.theme import Theme


class LineField(QPlainTextEdit):
    """Enter, going elsewhere, or a pause in typing saves; Escape undoes what was typed.

    Signals:
        saved: The line as it is now (``str``), where it is another than before.
        left: The coach is done with it, whether anything changed or not.

    Args:
        theme: Fonts and colours.
        text: What stands there first.
        as_typed: Save in pauses of typing as well.
    """

    saved = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, text: str, *, as_typed: bool) -> None:
        super().__init__(text)
        self._theme = theme
        self._before = self._first = text
        self._done = False
        self.setFont(theme.font(Role.BODY))
        self.setAccessibleName(tr("Your words"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._pause = QTimer(self, interval=SAVE_MS, singleShot=True)
        self._pause.timeout.connect(self._save_some)
        if as_typed:
            self.textChanged.connect(self._pause.start)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @property
    def line(self) -> str:
        """What is typed, as one line."""
        return " ".join(self.toPlainText().split())[:LONGEST_LINE].strip()

    def save(self) -> None:
        """Have it stored now, if it is another than before."""
        self._pause.stop()
        if not self._done and self.line != self._before:
            self._before = self.line
            self.saved.emit(self._before)

    def show_stored(self, text: str) -> None:
        """The record says this; what is being typed stays."""
        if not self.hasFocus() and text != self._before:
            self._before = self._first = text
            self.setPlainText(text)
            self._pause.stop()

    def forget(self) -> None:
        """The words are not to be found here any more, nor asked to be stored."""
        self._done = True
        self._before = self._first = ""
        self.clear()
        self._pause.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves and Escape gives up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave()
        elif event.key() == Qt.Key.Key_Escape:
            self.setPlainText(self._first)
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """From here on Escape brings back what stands there now."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._first = self._before

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere saves."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may be another height."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """So may another font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _save_some(self) -> None:
        """In the middle of typing: who emptied the line may be about to begin it."""
        if self.line:
            self.save()

    def _leave(self) -> None:
        if not self._done:
            self.save()
            self.left.emit()

    def _fit(self) -> None:
        # A plain text document measures its height in lines.
        lines = max(1, round(self.document().size().height()))
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(lines * line + 2 * self._theme.px(Space.S + 1))
