"""The recovery key: shown, printed, and the paper tested again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from sidelight.session.settings.messages import (
    RecoveryKeyFits,
    RecoveryKeySeen,
    ShowRecoveryKey,
    TestRecoveryKey,
)
from sidelight.ui.firstrun.printing import print_key
from sidelight.ui.firstrun.wording import NO_PRINTER, PRINT, PRINTED, WHAT_IT_OPENS
from sidelight.ui.settings.panel import Panel
from sidelight.ui.settings.wording import (
    AT_HOME,
    FITS,
    FITS_NOT,
    HIDE_KEY,
    LOCKED,
    NO_RECORD,
    SHOW_KEY,
    TEST,
    TEST_LABEL,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.key_groups import KeyGroups
from sidelight.ui.widgets.text import Text, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.session.firstrun.messages import Told
    from sidelight.session.settings.messages import SettingsNews, SettingsSeen
    from sidelight.ui.theme.theme import Theme


class RecoveryPanel(Panel):
    """Shows the key only as long as its section is shown.

    Args:
        theme: Fonts and colours.
        printer: Prints a key; whether there is a printer at all.
    """

    def __init__(
        self,
        theme: Theme,
        printer: Callable[[QWidget, str, Callable[[], None]], bool] = print_key,
    ) -> None:
        super().__init__(theme)
        self._printer = printer
        self._key = ""
        self.write(WHAT_IT_OPENS)
        self.key = KeyGroups(theme)
        self.body.addWidget(self.key)
        self.show_key = Button(theme, SHOW_KEY, reserve=(HIDE_KEY,))
        self.show_key.clicked.connect(self._show_or_hide)
        self.print = Button(theme, PRINT)
        self.print.clicked.connect(self._print)
        self.line(self.show_key, self.print)
        self.typed = QLineEdit()
        self.typed.setFont(theme.font(Role.BODY))
        self.typed.setAccessibleName(TEST_LABEL)
        self._label = label(theme, TEST_LABEL, self.typed)
        self._label.setContentsMargins(0, theme.px(Space.L), 0, 0)
        self.test = Button(theme, TEST)
        self.test.clicked.connect(self._test)
        self.typed.returnPressed.connect(self._test)
        self.body.addWidget(self._label)
        self.body.addWidget(self.typed)
        self.line(self.test)
        self.searched += f" {TEST_LABEL.lower()}"
        self.why_not = Text(theme, Role.BODY)
        self.body.addWidget(self.why_not)
        self.body.addWidget(self.news)
        self.why_not.say("")
        self.forget()

    def show_seen(self, seen: SettingsSeen) -> None:
        """Whether there is a key to be shown."""
        why = {None: AT_HOME, False: NO_RECORD, True: LOCKED}[seen.record]
        self.why_not.say("" if seen.open else why)
        for part in (self.show_key, self._label, self.typed, self.test):
            part.setVisible(seen.open)
        if not seen.open:
            self.forget()

    def take(self, news: SettingsNews | Told) -> None:
        """The key, or whether the paper fits."""
        if isinstance(news, RecoveryKeySeen):
            self._key = news.key
            self.key.show_key(news.key)
            self._name()
        elif isinstance(news, RecoveryKeyFits):
            self.news.say(FITS if news.fits else FITS_NOT)
            if news.fits:
                self.typed.clear()

    def forget(self) -> None:
        """Nothing secret is here any more."""
        self._key = ""
        self.key.clear()
        self.typed.clear()
        self.news.say("")
        self._name()

    def _name(self) -> None:
        self.show_key.setText(HIDE_KEY if self._key else SHOW_KEY)
        self.print.setVisible(bool(self._key))

    def _show_or_hide(self) -> None:
        if self._key:
            self.forget()
        else:
            self.asked.emit(ShowRecoveryKey())

    def _print(self) -> None:
        if not self._printer(self, self._key, lambda: self.news.say(PRINTED)):
            self.news.say(NO_PRINTER)

    def _test(self) -> None:
        if self.typed.text().strip():
            self.asked.emit(TestRecoveryKey(self.typed.text()))
