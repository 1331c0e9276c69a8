"""The card before everything: a passphrase, or the first set-up with its paper key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from sidelight.session.home.messages import Lock
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.key_groups import KeyGroups
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.session.home.messages import KeyMade
    from sidelight.ui.theme.theme import Theme

_WORDS: Final = {
    Lock.LOCKED: (
        tr("Your sessions are locked"),
        tr("They are encrypted, and your passphrase opens them."),
        tr("Unlock"),
    ),
    Lock.NEW: (
        tr("Before your first session"),
        tr(
            "Everything you keep is encrypted. This computer's keyring holds the key."
            " A recovery key on paper opens your sessions when nothing else does; you"
            " see it next."
        ),
        tr("Set up"),
    ),
    Lock.NEW_WITHOUT_KEYRING: (
        tr("Before your first session"),
        tr(
            "Everything you keep is encrypted. This computer has no keyring, so choose"
            " a passphrase of several words. A recovery key on paper opens your"
            " sessions when nothing else does; you see it next."
        ),
        tr("Set up"),
    ),
}
_KEY: Final = (
    tr("Your recovery key"),
    tr("Print it or write it down, and keep it away from this computer."),
    tr("I have it on paper"),
)
_AGAIN: Final = tr("It is shown again by: sidelight vault recovery-key")
_WIDTH: Final = 440
PAPER: Final = tr(
    "Your recovery key on paper sets a new one: sidelight vault passphrase"
    " --recovery-key-file - --new-passphrase-file FILE"
)
DIFFER: Final = tr("The two passphrases differ. Type the same one twice.")
NOTHING: Final = tr("Type a passphrase of several words.")


class DoorCard(QFrame):
    """Asks for what opens the record. What is typed goes to the launcher, nowhere else.

    Signals:
        unlock_asked: The passphrase.
        set_up_asked: The passphrase chosen, or ``None``: the keyring holds the key.
        done: The recovery key was seen.

    Args:
        theme: Fonts and colours.
    """

    unlock_asked = Signal(str)
    set_up_asked = Signal(object)
    done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._lock: Lock | None = None
        self._refused = 0
        self._title = Text(theme, Role.TITLE)
        self._words = Text(theme, Role.BODY, soft=True)
        self.passphrase = _secret(theme, tr("Passphrase"))
        self.repeated = _secret(theme, tr("The same passphrase once more"))
        self._first_label = label(theme, tr("Passphrase"), self.passphrase)
        self._second_label = label(theme, tr("Once more"), self.repeated)
        self._second_label.setContentsMargins(0, theme.px(Space.S), 0, 0)
        self.key = KeyGroups(theme)
        self.news = Text(theme, Role.BODY)
        self.go_on = Button(
            theme, "", main=True, reserve=(*(words[2] for words in _WORDS.values()),)
        )
        self.go_on.clicked.connect(self._go_on)
        self._notice = Text(theme, Role.SMALL, soft=True)
        self.setFixedWidth(theme.px(_WIDTH))
        layout = QVBoxLayout(self)
        side = theme.px(Space.XL)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(Space.XS))
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        layout.addSpacing(theme.px(Space.M))
        for part in (
            *(self._first_label, self.passphrase, self._second_label, self.repeated),
            *(self.key, self._notice, self.news),
        ):
            layout.addWidget(part)
        layout.addSpacing(theme.px(Space.S))
        bottom = QHBoxLayout()
        bottom.addStretch(1)
        bottom.addWidget(self.go_on)
        layout.addLayout(bottom)

    def ask(self, lock: Lock) -> None:
        """Ask for what this needs."""
        self._lock = lock
        self._show(_WORDS[lock])
        typed = lock is not Lock.NEW
        twice = lock is Lock.NEW_WITHOUT_KEYRING
        for part in (self._first_label, self.passphrase):
            part.setVisible(typed)
        for part in (self._second_label, self.repeated):
            part.setVisible(twice)
        self.key.hide()
        (self.passphrase if typed else self.go_on).setFocus()

    def show_key(self, made: KeyMade) -> None:
        """Show the recovery key until it was seen."""
        self._lock = None
        self._show(_KEY)
        self._notice.say(f"{made.notice} {_AGAIN}".strip())
        for part in (
            *(self._first_label, self.passphrase, self._second_label, self.repeated),
        ):
            part.hide()
        self.key.show_key(made.recovery_key)
        self.go_on.setFocus()

    def forget(self) -> None:
        """It is open: what was typed is not kept any longer."""
        self._refused = 0
        self.passphrase.clear()
        self.repeated.clear()

    def show_fault(self, message: str, remedy: str) -> None:
        """It did not open; what was typed can be corrected."""
        self.setEnabled(True)
        self._refused += self._lock is Lock.LOCKED and bool(message) and bool(remedy)
        on_paper = PAPER if self._refused > 1 else ""
        self.news.say(f"{message} {remedy} {on_paper}".rstrip())
        if self.passphrase.isVisibleTo(self):
            self.passphrase.setFocus()
            self.passphrase.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on.click()
        else:
            super().keyPressEvent(event)

    def _show(self, words: tuple[str, str, str]) -> None:
        title, sentence, way = words
        self.setEnabled(True)
        self._title.setText(title)
        self._words.setText(sentence)
        self.go_on.setText(way)
        self.go_on.updateGeometry()
        self.news.say("")
        self._notice.say("")
        self.forget()

    def _go_on(self) -> None:
        typed = self.passphrase.text()
        match self._lock:
            case None:
                self.key.clear()
                self.done.emit()
            case Lock.NEW:
                self._wait()
                self.set_up_asked.emit(None)
            case _ if not typed:
                self.show_fault(NOTHING, "")
            case Lock.NEW_WITHOUT_KEYRING if typed != self.repeated.text():
                self.show_fault(DIFFER, "")
            case Lock.NEW_WITHOUT_KEYRING:
                self._wait()
                self.set_up_asked.emit(typed)
            case _:
                self._wait()
                self.unlock_asked.emit(typed)

    def _wait(self) -> None:
        self.news.say(tr("Opening your sessions."))
        self.setEnabled(False)


def _secret(theme: Theme, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setFont(theme.font(Role.BODY))
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
