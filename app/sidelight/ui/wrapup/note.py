"""The private note: saved while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from sidelight.session.wrap_acts import LONGEST_NOTE
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr
from sidelight.ui.wrapup.wording import NOTE, NOTE_KEPT, SAVED

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme

SAVE_MS: Final = 800
"""So long after the last key it is saved: a pause for thought, not every letter."""

_LINES: Final = 3
_TOO_LONG: Final = tr("Only the first {n} characters can be kept.", n=LONGEST_NOTE)


class PrivateNote(QWidget):
    """Says "Saved" only of what the record has.

    Signals:
        written: The whole note (``str``), to be stored.

    Args:
        theme: Fonts and colours.
        text: What is stored of it already.
    """

    written = Signal(str)

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__()
        self._stored = self._sent = text
        self.field = QPlainTextEdit(text)
        self.field.setFont(theme.font(Role.BODY))
        self.field.setAccessibleName(NOTE)
        self.field.setAccessibleDescription(NOTE_KEPT)
        self.field.setTabChangesFocus(True)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        line = self.field.fontMetrics().lineSpacing()
        self.field.setFixedHeight(_LINES * line + 2 * theme.px(Space.S + 1))
        self._state = Text(theme, Role.SMALL, NOTE_KEPT, soft=True)
        self._pause = QTimer(self, interval=SAVE_MS, singleShot=True)
        self._pause.timeout.connect(self.save)
        self.field.textChanged.connect(self._change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.XS + Space.XXS))
        layout.addWidget(label(theme, NOTE, self.field))
        layout.addWidget(self.field)
        layout.addWidget(self._state)
        self._tell()

    def save(self) -> None:
        """Have it stored now, if that is not done already."""
        self._pause.stop()
        text = self._text()
        if text != self._sent:
            self._sent = text
            self.written.emit(text)

    def show_stored(self, text: str) -> None:
        """This is in the record; what is being typed stays as it is."""
        untouched = self._text() == self._stored
        self._stored = text
        if untouched and self._text() != text:
            self._sent = text  # it was written somewhere else
            self.field.setPlainText(text)
            self._pause.stop()
        self._tell()

    def try_again(self) -> None:
        """It could not be stored; the next pause tries once more."""
        self._sent = self._stored

    def _text(self) -> str:
        return self.field.toPlainText().strip()[:LONGEST_NOTE].strip()

    def _change(self) -> None:
        self._pause.start()
        self._tell()

    def _tell(self) -> None:
        typed = self.field.toPlainText().strip()
        if len(typed) > LONGEST_NOTE:
            self._state.setText(_TOO_LONG)
        else:
            saved = bool(typed) and typed == self._stored
            self._state.setText(SAVED if saved else NOTE_KEPT)
