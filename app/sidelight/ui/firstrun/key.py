"""The step of the recovery key: shown once, and not believed before it is on paper."""

from __future__ import annotations

import secrets
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from sidelight.session.firstrun.messages import ShowKeyAgain
from sidelight.session.home.messages import SetUp
from sidelight.settings.first_run import Step
from sidelight.ui.firstrun.printing import print_key
from sidelight.ui.firstrun.step import NEXT, StepCard
from sidelight.ui.firstrun.wording import (
    CHECK,
    CHOOSE_ONE,
    CONFIRMED,
    KEY_ON_PAPER,
    KEY_THERE,
    KEYRING,
    MAKE_KEY,
    NO_PRINTER,
    NOT_THESE,
    PRINT,
    PRINTED,
    SHOW_AGAIN,
    WRITTEN,
)
from sidelight.ui.home.door import DIFFER, NOTHING
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.firstrun.messages import FirstRunSeen
    from sidelight.session.home.messages import KeyMade
    from sidelight.ui.theme.theme import Theme

_A_LINE: Final = 3
_LOOK_ALIKES: Final = str.maketrans("OILU", "011V")
"""As ``record.recovery_key`` reads what was written down by hand."""


class _State(Enum):
    MAKE = auto()
    """There is no record yet."""

    WAIT = auto()
    """It is being made."""

    SHOWN = auto()
    CHECKED = auto()
    """Two groups are asked for; the key is hidden."""

    THERE = auto()
    """There is one; whether it is on paper is not known."""

    DONE = auto()


def two_of(count: int) -> tuple[int, int]:
    """Two different places, the earlier first."""
    one, other = sorted(secrets.SystemRandom().sample(range(count), 2))
    return one, other


class KeyStep(StepCard):
    """Makes the record and its key.

    Args:
        theme: Fonts and colours.
        pick: Which two groups are asked for.
        printer: Prints a key; whether there is a printer at all.
    """

    def __init__(
        self,
        theme: Theme,
        pick: Callable[[int], tuple[int, int]] = two_of,
        printer: Callable[[QWidget, str, Callable[[], None]], bool] = print_key,
    ) -> None:
        super().__init__(theme, Step.KEY)
        self._pick = pick
        self._printer = printer
        self._state = _State.MAKE
        self._typed_key = False
        self._groups: list[str] = []
        self._asked_for = (0, 0)
        self.how = Text(theme, Role.BODY)
        self.passphrase = _secret(theme, tr("Passphrase"))
        self.repeated = _secret(theme, tr("The same passphrase once more"))
        self.key = Text(theme, Role.TITLE)
        self.key.setAccessibleName(tr("Recovery key"))
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        side = theme.px(Space.M)
        self.key.setContentsMargins(0, side, 0, side)
        self.fields = (_field(theme), _field(theme))
        self.print = Button(theme, PRINT)
        self.print.clicked.connect(self._print)
        self.again = Button(theme, SHOW_AGAIN)
        self.again.clicked.connect(self._show_again)
        self._labels = (
            label(theme, tr("Passphrase"), self.passphrase),
            label(theme, tr("Once more"), self.repeated),
            label(theme, "", self.fields[0]),
            label(theme, "", self.fields[1]),
        )
        for part in (
            self.how,
            *(self._labels[0], self.passphrase, self._labels[1], self.repeated),
            *(self._labels[2], self.fields[0], self._labels[3], self.fields[1]),
            self.key,
        ):
            self.body.addWidget(part)
        below = QHBoxLayout()
        below.setContentsMargins(0, theme.px(Space.XS), 0, 0)
        below.setSpacing(theme.px(Space.S))
        below.addWidget(self.print)
        below.addWidget(self.again)
        below.addStretch(1)
        self.body.addLayout(below)
        self._turn(_State.MAKE)

    @property
    def main(self) -> str:
        """What the next act is."""
        return {
            _State.MAKE: MAKE_KEY,
            _State.WAIT: "",
            _State.SHOWN: WRITTEN,
            _State.CHECKED: CHECK,
        }.get(self._state, NEXT)

    @property
    def first(self) -> QWidget | None:
        """The field to be filled in, if there is one."""
        if self._state is _State.MAKE and self._typed_key:
            return self.passphrase
        return self.fields[0] if self._state is _State.CHECKED else None

    def show_seen(self, seen: FirstRunSeen) -> None:
        """Whether there is a key already."""
        self._typed_key = seen.typed_key
        if seen.new:
            self._turn(_State.MAKE)
        elif self._state in {_State.MAKE, _State.WAIT}:
            self._turn(_State.DONE if Step.KEY in seen.done else _State.THERE)

    def show_key(self, made: KeyMade) -> None:
        """Show it until it is on paper."""
        self._groups = made.recovery_key.split("-")
        self._turn(_State.SHOWN)
        self.news.say(made.notice)

    def show_fault(self, text: str) -> None:
        """It was not made; what was typed can be corrected."""
        if self._state is _State.WAIT:
            self._turn(_State.MAKE)
        super().show_fault(text)

    def leave(self) -> None:
        """Nothing secret stays behind."""
        self.passphrase.clear()
        self.repeated.clear()
        if self._state in {_State.SHOWN, _State.CHECKED}:
            self._forget(_State.THERE)

    def go_on(self) -> None:
        """Make it, hide it, check it, go on."""
        match self._state:
            case _State.MAKE:
                self._make()
            case _State.SHOWN:
                self._turn(_State.CHECKED)
            case _State.CHECKED:
                self._check()
            case _State.WAIT:
                pass
            case _:
                super().go_on()

    def _make(self) -> None:
        typed = self.passphrase.text()
        if self._typed_key and not typed:
            self.news.say(NOTHING)
        elif self._typed_key and typed != self.repeated.text():
            self.news.say(DIFFER)
        else:
            self._turn(_State.WAIT)
            self.asked.emit(SetUp(typed if self._typed_key else None))

    def _check(self) -> None:
        typed = (_plain(one.text()) for one in self.fields)
        wanted = (_plain(self._groups[at]) for at in self._asked_for)
        if all(mine == theirs for mine, theirs in zip(typed, wanted, strict=True)):
            self._forget(_State.DONE)
            self.news.say(CONFIRMED)
        else:
            self.news.say(NOT_THESE)
            self.fields[0].setFocus()
            self.fields[0].selectAll()

    def _forget(self, following: _State) -> None:
        self._groups = []
        self.key.clear()
        self._turn(following)

    def _print(self) -> None:
        if not self._printer(self, "-".join(self._groups), self._printed):
            self.news.say(NO_PRINTER)

    def _printed(self) -> None:
        self._forget(_State.DONE)
        self.news.say(PRINTED)

    def _show_again(self) -> None:
        if self._groups:
            self._turn(_State.SHOWN)
        else:
            self.asked.emit(ShowKeyAgain())

    def _turn(self, state: _State) -> None:
        self._state = state
        self.news.say("")
        make = state is _State.MAKE
        asked = state is _State.CHECKED
        shown = state is _State.SHOWN
        for part in (*self._labels[:2], self.passphrase, self.repeated):
            part.setVisible(make and self._typed_key)
        for part in (*self._labels[2:], *self.fields):
            part.setVisible(asked)
        if asked:
            self._asked_for = self._pick(len(self._groups))
            for at, heading, one in zip(
                self._asked_for, self._labels[2:], self.fields, strict=True
            ):
                words = tr(
                    "Group {n} of {all} on your paper", n=at + 1, all=len(self._groups)
                )
                heading.setText(words)
                one.setAccessibleName(words)
                one.clear()
        lines = [
            "-".join(self._groups[at : at + _A_LINE])
            for at in range(0, len(self._groups), _A_LINE)
        ]
        self.key.say("\n".join(lines) if shown else "")
        self.print.setVisible(shown)
        self.again.setVisible(asked or state is _State.THERE)
        made = CHOOSE_ONE if self._typed_key else KEYRING
        self.how.say(
            {
                _State.MAKE: made,
                _State.WAIT: tr("The key is being made."),
                _State.SHOWN: KEY_ON_PAPER,
                _State.THERE: KEY_THERE,
            }.get(state, "")
        )
        self.changed.emit()
        self.turned.emit()


def _plain(typed: str) -> str:
    kept = "".join(letter for letter in typed.upper() if letter.isalnum())
    return kept.translate(_LOOK_ALIKES)


def _field(theme: Theme) -> QLineEdit:
    field = QLineEdit()
    field.setFont(theme.font(Role.BODY))
    field.setMaxLength(12)
    return field


def _secret(theme: Theme, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setFont(theme.font(Role.BODY))
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
