"""The words of one passage, edited where they stand in the transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from sidelight.domain.clock_time import clock
from sidelight.ui.theme.theme import leading
from sidelight.ui.theme.tokens import Radius, Role, Space
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from sidelight.domain.transcript import Utterance
    from sidelight.ui.theme.theme import Theme

KEYS: Final = tr(
    "Enter  keep it   ·   Esc  leave it as it was   ·   Ctrl+Enter  split at the cursor"
)
_BORDER: Final = 2
_STAYING: Final = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""Why the focus goes for a moment, and the typing is not over."""


class WordsEditor(QTextEdit):
    """Enter keeps what is typed, and so does going elsewhere; Escape does not.

    Signals:
        kept: The words, where they are others now (``str``).
        split: How many words stand before the cursor; ``kept`` came first.
        left: It is over, in any case.

    Attributes:
        passage: Whose words.
        before: What they were.

    Args:
        theme: Fonts.
        said: The passage.
        parent: What it stands on.
    """

    kept = Signal(str)
    split = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, said: Utterance, parent: QWidget) -> None:
        super().__init__(parent)
        self.passage = said.id
        self.before = said.text
        self._over = False
        side = theme.px(Space.XS)
        self._inset = side + _BORDER, _BORDER
        # Narrower than other fields: it stands between the lines.
        colors = theme.palette
        self.setStyleSheet(f"""QTextEdit {{
            color: {colors.ink}; background: {colors.surface};
            border: {_BORDER}px solid {colors.accent}; padding: 0 {side}px;
            border-radius: {Radius.FIELD}px;
            selection-background-color: {colors.marked};
            selection-color: {colors.ink};
        }}""")
        self.setFont(theme.font(Role.BODY))
        self.setAccessibleName(tr("Words at {at}", at=clock(said.span.start)))
        self.setAccessibleDescription(KEYS)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self._set(said.text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def stand_over(self, words: QRect) -> None:
        """Take the place of these words: the text does not move.

        Args:
            words: Where they stand, on the parent.
        """
        side, top = self._inset
        height = max(words.height(), round(self.document().size().height()))
        grown = QRect(words.topLeft(), words.size())
        grown.setHeight(height)
        self.setGeometry(grown.adjusted(-side, -top, side, top))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Ctrl+Enter and Escape end it."""
        held = event.modifiers()
        match event.key():
            case Qt.Key.Key_Escape:
                self._end()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if (
                held & Qt.KeyboardModifier.ControlModifier
            ):
                count = self.words_before()
                self._keep()
                self.split.emit(count)
                self._end()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.finish()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere keeps what is typed; it can be undone."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYING and not self._over:
            self.finish()

    def finish(self) -> None:
        """Keep what is typed."""
        self._keep()
        self._end()

    def words_before(self) -> int:
        """How many whole words stand before the cursor."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.position())
        cursor.movePosition(
            QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor
        )
        before = cursor.selectedText()
        after = self.toPlainText()[len(before) :]
        inside = bool(before.strip()) and before[-1:].strip() and after[:1].strip()
        return len(before.split()) - bool(inside)

    def _set(self, text: str) -> None:
        """Lines as far apart as those of the list that it stands on."""
        self.setAcceptRichText(False)
        self.setPlainText(text)
        apart = QTextBlockFormat()
        font = self.font()
        more = leading(font) - QFontMetrics(font).height()
        kind = QTextBlockFormat.LineHeightTypes.LineDistanceHeight
        apart.setLineHeight(more, kind.value)
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(apart)
        self.document().clearUndoRedoStacks()

    def _keep(self) -> None:
        text = " ".join(self.toPlainText().split())
        if text != self.before:
            self.kept.emit(text)

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self.left.emit()
