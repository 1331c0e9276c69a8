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
    COST_OF_KEYRING,
    COST_OF_PASSPHRASE,
    KEY_ON_PAPER,
    KEY_THERE,
    KEYRING,
    MAKE_KEY,
    NO_PRINTER,
    NOT_THESE,
    PRINT,
    PRINTED,
    SHOW_AGAIN,
    SKIP_KEY,
    SKIP_PAPER,
    WRITTEN,
)
from sidelight.ui.home.door import DIFFER, NOTHING
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.key_groups import KeyGroups
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.firstrun.messages import FirstRunSeen
    from sidelight.session.home.messages import KeyMade
    from sidelight.ui.theme.theme import Theme

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
        self.key = KeyGroups(theme)
        self.fields = (_field(theme), _field(theme))
        self.print = Button(theme, PRINT)
        self.print.clicked.connect(self._print)
        self.again = Button(theme, SHOW_AGAIN)
        self.again.clicked.connect(self._show_again)
        self.cost = Text(theme, Role.SMALL, soft=True)
        self.body.addWidget(self.how)
        self._labels = (
            self.add_field(tr("Passphrase"), self.passphrase),
            self.add_field(tr("Once more"), self.repeated),
            self.add_field("", self.fields[0], leads=True),
            self.add_field("", self.fields[1]),
        )
        shown = QHBoxLayout()
        near = theme.px(Space.XS)
        shown.setContentsMargins(0, near, 0, near)
        shown.setSpacing(theme.px(2 * Space.XL))
        shown.addWidget(self.key)
        shown.addWidget(self.print)
        shown.addStretch(1)
        self.body.addLayout(shown)
        self.body.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.cost)
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
    def skip(self) -> str:
        """Making it, or seeing that it is on paper."""
        return {
            _State.MAKE: SKIP_KEY,
            _State.SHOWN: SKIP_PAPER,
            _State.CHECKED: SKIP_PAPER,
        }.get(self._state, "")

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
        self.key.show_key("-".join(self._groups) if shown else "")
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
        cost = COST_OF_PASSPHRASE if self._typed_key else COST_OF_KEYRING
        self.cost.say(cost if self.skip else "")
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
