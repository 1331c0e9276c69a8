"""What a client agreed to: a row for each purpose, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidelight.domain.consent import Form, Purpose, Standing, standing
from sidelight.domain.promises import PROMISED, PROMISES
from sidelight.ui.clients.wording import FORMS, purpose_line
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr, tr_below

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from sidelight.domain.consent import Consent
    from sidelight.ui.theme.theme import Theme

AGREED: Final = tr("They agreed")
WITHDRAW: Final = tr("Withdraw…")
SURE: Final = tr("Withdraw it?")
_FORM: Final = 120


class Agreements(QWidget):
    """Every purpose by itself; withdrawing needs a second press.

    Signals:
        agreed: A purpose, and the form of the answer.
        withdrawn: A purpose.

    Args:
        theme: Fonts and colours.
    """

    agreed = Signal(object, object)
    withdrawn = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.form = Picker(theme, tr("How they say it"))
        self.form.setFixedWidth(theme.px(_FORM))
        self.form.offer([(text, form) for form, text in FORMS.items()], Form.SPOKEN)
        self.rows = {purpose: _Row(theme, purpose) for purpose in Purpose}
        top = QHBoxLayout()
        top.setSpacing(theme.px(Space.S))
        top.addWidget(label(theme, tr("What they agreed to")), 1)
        top.addWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.S))
        layout.addLayout(top)
        before: QWidget = self.form
        for row in self.rows.values():
            row.agree.clicked.connect(lambda _=False, row=row: self._agree(row))
            row.withdraw.meant.connect(lambda row=row: self.withdrawn.emit(row.purpose))
            layout.addWidget(row)
            for stop in (row.agree, row.withdraw):
                QWidget.setTabOrder(before, stop)
                before = stop

    def show_said(self, said: tuple[Consent, ...]) -> None:
        """What this client said, in the order it was noted."""
        for row in self.rows.values():
            row.show_said(said)

    def _agree(self, row: _Row) -> None:
        self.agreed.emit(row.purpose, Form(str(self.form.chosen)))


class _Row(QWidget):
    def __init__(self, theme: Theme, purpose: Purpose) -> None:
        super().__init__()
        self.purpose = purpose
        promise = PROMISES[purpose]
        called = tr_below(promise.name, "consent")
        told = tr_below(promise.text, "consent")
        name = Text(theme, Role.BODY, called[:1].upper() + called[1:])
        self._state = Text(theme, Role.SMALL, soft=True)
        self.setToolTip(told)
        self.agree = Button(theme, AGREED, reserve=(WITHDRAW, SURE))
        self.withdraw = _Twice(theme)
        for button in (self.agree, self.withdraw):
            button.setAccessibleDescription(f"{called}: {told}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(self._state)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.M))
        layout.addLayout(words, 1)
        layout.addWidget(self.agree, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_said(self, said: tuple[Consent, ...]) -> None:
        stands = standing(self.purpose, said, PROMISED)
        self._state.setText(purpose_line(self.purpose, said))
        held, focused = stands is Standing.VALID, self.agree.hasFocus()
        focused |= self.withdraw.hasFocus()
        self.agree.setVisible(not held)
        self.withdraw.setVisible(held)
        if focused:
            (self.withdraw if held else self.agree).setFocus()


class _Twice(Button):
    """Going elsewhere takes the first press back."""

    meant = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, WITHDRAW, reserve=(AGREED, SURE))
        self.clicked.connect(self._press)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Not meant, then."""
        super().focusOutEvent(event)
        self.setText(WITHDRAW)

    def _press(self) -> None:
        if self.text() == SURE:
            self.setText(WITHDRAW)
            self.meant.emit()
        else:
            self.setText(SURE)
