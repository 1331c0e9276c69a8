"""Before a session or a recording is kept: what to say, and the client's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from sidelight.domain.client import same_name
from sidelight.domain.consent import (
    NEEDED,
    Form,
    Occasion,
    Purpose,
    Standing,
    missing,
    standing,
)
from sidelight.domain.promises import PROMISED, SCRIPTS
from sidelight.session.clients.messages import ChangeScript, NoteConsent
from sidelight.ui.clients.wording import (
    AGREED,
    ANSWER,
    ANSWER_HINT,
    CHANGE_WORDS,
    DONE,
    FORMS,
    SAID_NO,
    TO_SAY,
    WITHOUT_NAME,
    mode_line,
    refused_line,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.focus_ring import paint_ring
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.quiet_link import QuietLink
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.widgets.tick import BOX, paint_hook
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from sidelight.domain.consent import Consent
    from sidelight.domain.session import Mode
    from sidelight.session.clients.messages import ConsentSeen, ScriptsSeen
    from sidelight.ui.theme.theme import Theme

_LINES: Final = 8
_FORM: Final = 108

SUGGESTED: Final = {one: tr_below(words, "consent") for one, words in SCRIPTS.items()}
"""What may be said to ask, in the window's language."""


class ConsentPart(QWidget):
    """Calm while nothing has to be asked; one key notes a yes, one button a no.

    Signals:
        asked: ``NoteConsent`` or ``ChangeScript``.
        nameless: They agreed, but nobody is named yet.
        settled: They agreed to what they had to be asked.
        declined: They said no.
        known: It is known by now what this client said.
        turned: Whether it is this that comes first may be otherwise now.

    Args:
        theme: Fonts and colours.
        asked: What the client is asked for, to begin with.
    """

    asked = Signal(object)
    nameless = Signal()
    settled = Signal()
    declined = Signal()
    known = Signal()
    turned = Signal()

    def __init__(self, theme: Theme, asked: Occasion = Occasion.KEEP) -> None:
        super().__init__()
        self._theme = theme
        self._occasion = asked
        self._client = ""
        self._refused = False
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
        self.agree = Button(theme, AGREED, main=True)
        self.agree.clicked.connect(self.note)
        self.refuse = Button(theme, SAID_NO)
        self.refuse.clicked.connect(self._note_no)
        self._agreed = _Agreed(theme)
        self._asking = QWidget()
        self._lay_out()
        self._show()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        answering = (self.answer, self.form, self.agree, self.refuse)
        return (self.editor, self.change, *answering)

    @property
    def waits(self) -> bool:
        """Whether the client has to be asked, as far as it is known."""
        return self.first and not self.unknown

    @property
    def first(self) -> bool:
        """Whether the client comes first: as far as is known, they have not agreed."""
        return self._needed and (self._said is None or self._open())

    @property
    def unknown(self) -> bool:
        """Whether what this client said is still being looked up."""
        return self._said is None

    @property
    def editing(self) -> bool:
        """Whether the words are being changed."""
        return self.editor.isVisibleTo(self)

    def show_mode(self, mode: Mode) -> None:
        """This is to be kept of a session."""
        if self.editing:
            self.stop_editing()
        self._occasion = Occasion(mode)
        self._show()

    def show_client(self, client: str) -> None:
        """It is about this client; what they said is not known yet."""
        if client != self._client:
            self.answer.clear()
            self._refused = False
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
        """What the coach says on each occasion."""
        for one, words in seen.words:
            ours = words == SCRIPTS[one]
            self._scripts[one] = SUGGESTED[one] if ours else words
        self._show()

    def note(self) -> None:
        """They agreed: have it noted."""
        if not self._asking.isVisibleTo(self):
            return
        if not self._client:
            self.nameless.emit()
            return
        self._refused = False
        self._note(given=True)

    def stop_editing(self) -> None:
        """The words stay as they stand in the editor."""
        typed = self.editor.toPlainText().strip()
        self.editor.hide()
        self.words.show()
        self.change.show_word(CHANGE_WORDS)
        asked = self._occasion
        if typed != self._scripts[asked]:
            ours = SUGGESTED[asked]
            self._scripts[asked] = typed or ours
            self.asked.emit(ChangeScript(asked, "" if typed == ours else typed))
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
        self.editor.setPlainText(self._scripts[self._occasion])
        self.words.hide()
        self.editor.show()
        self.change.show_word(DONE)
        self.editor.setFocus()

    def _note_no(self) -> None:
        """They did not agree: have that noted too, where it is known who said it."""
        self._refused = True
        if self._client:
            self._note(given=False)
        self.declined.emit()

    def _note(self, *, given: bool) -> None:
        mode = self._occasion.mode
        self.asked.emit(
            NoteConsent(
                client=self._client,
                purposes=missing(mode, self._said or (), PROMISED),
                form=Form(str(self.form.chosen)),  # Qt gives its text back
                wording=self._scripts[self._occasion],
                answer=self.answer.text().strip(),
                given=given,
            )
        )

    @property
    def _needed(self) -> bool:
        return bool(NEEDED[self._occasion.mode])

    def _open(self) -> bool:
        return bool(missing(self._occasion.mode, self._said or (), PROMISED))

    def _show(self) -> None:
        self.words.setText(self._scripts[self._occasion])
        # Until it is known, nobody is asked in vain.
        self._asking.setVisible(self.waits)
        agreed = self._needed and not self.first
        line = self._line()
        self._agreed.say(line if agreed else "")
        self.state.say("" if agreed else line)
        self.turned.emit()

    def _line(self) -> str:
        """How it stands with this client, in a sentence or two."""
        said = self._said or ()
        if not self._needed:
            listen = standing(Purpose.LISTEN, said, PROMISED)
            refused = self._refused or listen is Standing.REFUSED
            return refused_line(self._client) if refused else ""
        if not self._client:
            return WITHOUT_NAME
        if self._said is None:
            return ""
        return mode_line(self._client, self._occasion.mode, said)

    def _lay_out(self) -> None:
        theme = self._theme
        gap = theme.px(Space.XS + Space.XXS)
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, theme.px(Space.S), 0, 0)
        asking.setSpacing(gap)
        asking.addWidget(label(theme, ANSWER, self.answer))
        answered = QHBoxLayout()
        answered.setSpacing(theme.px(Space.S))
        answered.addWidget(self.answer, 1)
        self.form.setFixedWidth(theme.px(_FORM))
        answered.addWidget(self.form)
        asking.addLayout(answered)
        asking.addSpacing(theme.px(Space.XS))
        asking.addWidget(self.agree)
        asking.addWidget(self.refuse)
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
        layout.addWidget(self._agreed)
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


class _Agreed(QWidget):
    """That they agreed: a tick, and a line that is read first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._text = Text(theme, Role.BODY)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.XS))
        layout.addWidget(_Hook(theme), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)

    def say(self, line: str) -> None:
        """Show this; nothing to say takes no room."""
        self._text.setText(line)
        self.setVisible(bool(line))


class _Hook(QWidget):
    """As in a ticked box, in the middle of a line of text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        size = theme.px(BOX)
        line = QFontMetrics(theme.font(Role.BODY)).lineSpacing()
        self.setFixedSize(QSize(size, max(size, line)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hook."""
        del event
        size = self.width()
        box = QRectF(0, (self.height() - size) / 2, size, size)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_hook(painter, self._theme, box, self._theme.palette.accent)
