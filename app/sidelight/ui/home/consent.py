"""On the start card: what to say to the client, and the client's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from sidelight.domain.client import same_name
from sidelight.domain.consent import NEEDED, Form, missing
from sidelight.domain.promises import PROMISED, SCRIPTS
from sidelight.domain.session import Mode
from sidelight.session.clients.messages import ChangeScript, NoteConsent
from sidelight.ui.clients.wording import (
    AGREED,
    ANSWER,
    ANSWER_HINT,
    CHANGE_WORDS,
    DONE,
    FORMS,
    TO_SAY,
    WITHOUT_NAME,
    mode_line,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.focus_ring import paint_ring
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.quiet_link import QuietLink
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.domain.consent import Consent
    from sidelight.session.clients.messages import ConsentSeen, ScriptsSeen
    from sidelight.ui.theme.theme import Theme

_LINES: Final = 8

SUGGESTED: Final = {mode: tr_below(words, "consent") for mode, words in SCRIPTS.items()}
"""What may be said to ask, in the window's language."""


class ConsentPart(QWidget):
    """Calm while nothing has to be asked; one key notes a yes.

    Signals:
        asked: ``NoteConsent`` or ``ChangeScript``.
        nameless: They agreed, but nobody is named yet.
        settled: What had to be asked has been answered.
        known: It is known by now what this client said.

    Args:
        theme: Fonts and colours.
    """

    asked = Signal(object)
    nameless = Signal()
    settled = Signal()
    known = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._mode = Mode.KEEP
        self._client = ""
        self._said: tuple[Consent, ...] | None = None
        self._scripts = dict(SUGGESTED)
        self.words = Text(theme, Role.BODY)
        self.editor = QPlainTextEdit()
        self.editor.setFont(theme.font(Role.BODY))
        self.editor.setAccessibleName(TO_SAY)
        self.editor.setTabChangesFocus(True)
        line = self.editor.fontMetrics().lineSpacing()
        self.editor.setFixedHeight(_LINES * line + 2 * theme.px(Space.S))
        self.editor.hide()
        self.change = _Link(theme, self)
        self.change.clicked.connect(self._turn)
        self.state = Text(theme, Role.SMALL, soft=True)
        self.answer = QLineEdit()
        self.answer.setFont(theme.font(Role.BODY))
        self.answer.setPlaceholderText(ANSWER_HINT)
        self.form = Picker(theme, tr("How they answered"))
        self.form.offer([(text, form) for form, text in FORMS.items()], Form.SPOKEN)
        self.agree = Button(theme, AGREED)
        self.agree.clicked.connect(self.note)
        self._asking = QWidget()
        self._lay_out()
        self._show()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.editor, self.change, self.answer, self.form, self.agree)

    @property
    def waits(self) -> bool:
        """Whether the client has to be asked, as far as it is known."""
        return bool(NEEDED[self._mode]) and self._said is not None and self._open()

    @property
    def unknown(self) -> bool:
        """Whether what this client said is still being looked up."""
        return self._said is None

    @property
    def editing(self) -> bool:
        """Whether the words are being changed."""
        return self.editor.isVisibleTo(self)

    def show_mode(self, mode: Mode) -> None:
        """This is to be kept."""
        if self.editing:
            self.stop_editing()
        self._mode = mode
        self._show()

    def show_client(self, client: str) -> None:
        """It is about this client; what they said is not known yet."""
        if client != self._client:
            self.answer.clear()
        self._client = client
        self._said = None if client else ()
        self._show()

    def show_said(self, seen: ConsentSeen) -> None:
        """What the client said, unless another has been named meanwhile."""
        if not same_name(seen.client, self._client):
            return
        waited = self.waits
        self._said = seen.said
        if not self._open():
            self.answer.clear()
        self._show()
        if waited and not self.waits:
            self.settled.emit()
        self.known.emit()

    def show_scripts(self, seen: ScriptsSeen) -> None:
        """What the coach says in each mode."""
        for mode, words in seen.words:
            ours = words == SCRIPTS[mode]
            self._scripts[mode] = SUGGESTED[mode] if ours else words
        self._show()

    def note(self) -> None:
        """They agreed: have it noted."""
        if not self._asking.isVisibleTo(self):
            return
        if not self._client:
            self.nameless.emit()
            return
        self.asked.emit(
            NoteConsent(
                client=self._client,
                purposes=missing(self._mode, self._said or (), PROMISED),
                form=Form(str(self.form.chosen)),  # Qt gives its text back
                wording=self._scripts[self._mode],
                answer=self.answer.text().strip(),
            )
        )

    def stop_editing(self) -> None:
        """The words stay as they stand in the editor."""
        typed = self.editor.toPlainText().strip()
        self.editor.hide()
        self.words.show()
        self.change.show_word(CHANGE_WORDS)
        if typed != self._scripts[self._mode]:
            ours = SUGGESTED[self._mode]
            self._scripts[self._mode] = typed or ours
            self.asked.emit(ChangeScript(self._mode, "" if typed == ours else typed))
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after the answer notes it."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.answer.hasFocus():
            self.note()
        elif enter and self.change.hasFocus():
            self.change.click()
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        if self.editing:
            self.stop_editing()
            return
        self.editor.setPlainText(self._scripts[self._mode])
        self.words.hide()
        self.editor.show()
        self.change.show_word(DONE)
        self.editor.setFocus()

    def _open(self) -> bool:
        return bool(missing(self._mode, self._said or (), PROMISED))

    def _show(self) -> None:
        self.words.setText(self._scripts[self._mode])
        needed = bool(NEEDED[self._mode])
        # Until it is known, nobody is asked in vain.
        self._asking.setVisible(needed and self._said is not None and self._open())
        line = ""
        if needed and not self._client:
            line = WITHOUT_NAME
        elif needed and self._said is not None:
            line = mode_line(self._client, self._mode, self._said)
        self.state.say(line)

    def _lay_out(self) -> None:
        theme = self._theme
        gap = theme.px(Space.XS + Space.XXS)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(gap)
        asking.addWidget(label(theme, ANSWER, self.answer))
        asking.addWidget(self.answer)
        row = QHBoxLayout()
        row.setSpacing(theme.px(Space.S))
        row.addWidget(self.form, 1)
        row.addWidget(self.agree)
        asking.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(gap)
        top = QHBoxLayout()
        top.addWidget(label(theme, TO_SAY), 1)
        top.addWidget(self.change)
        layout.addLayout(top)
        layout.addWidget(self.words)
        layout.addWidget(self.editor)
        layout.addSpacing(theme.px(Space.XS))
        layout.addWidget(self.state)
        layout.addWidget(self._asking)


class _Link(QuietLink):
    """Quieter than a button, and the keyboard stops there too."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        words = (CHANGE_WORDS, DONE)
        super().__init__(theme, Role.SMALL, words, parent, right=True)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_word(CHANGE_WORDS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word, and a ring where the keyboard is."""
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self) as painter:
                paint_ring(painter, self._theme, QRectF(self.rect()))
