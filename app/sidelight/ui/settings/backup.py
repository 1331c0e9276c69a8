"""Backup, restore, and how to move to another computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from sidelight.session.settings.messages import (
    BackedUp,
    MakeBackup,
    RestoreBackup,
    Restored,
)
from sidelight.ui.dialogs.files import Choice, FileWish, ask_for
from sidelight.ui.settings.panel import Panel
from sidelight.ui.settings.wording import (
    AT_HOME,
    BACKUP,
    BACKUP_TEXT,
    FILE_NAME,
    FILES,
    KEY_OF_THEN,
    MOVING,
    MOVING_STEPS,
    RESTORE,
    RESTORE_NOW,
    RESTORE_TEXT,
    WAIT,
    backed_up,
    restored,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import Told
    from sidelight.session.settings.messages import SettingsNews, SettingsSeen
    from sidelight.ui.theme.theme import Theme


class BackupPanel(Panel):
    """Files are chosen in the system's own dialogs.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._file = ""
        self._open = self._busy = False
        self.write(tr("Backup"), Role.STRONG, soft=False)
        self.write(BACKUP_TEXT)
        self.back_up = Button(theme, BACKUP)
        self.back_up.clicked.connect(self._choose_target)
        self.line(self.back_up)
        self.body.addSpacing(theme.px(Space.M))
        self.write(tr("Restore"), Role.STRONG, soft=False)
        self.write(RESTORE_TEXT)
        self.restore = Button(theme, RESTORE)
        self.restore.clicked.connect(self._choose_source)
        self.line(self.restore)
        self.chosen = Text(theme, Role.BODY)
        self.key = QLineEdit()
        self.key.setFont(theme.font(Role.BODY))
        self.key.setAccessibleName(KEY_OF_THEN)
        self.key.returnPressed.connect(self._restore)
        self._label = label(theme, KEY_OF_THEN, self.key)
        self.go = Button(theme, RESTORE_NOW, main=True)
        self.go.clicked.connect(self._restore)
        for part in (self.chosen, self._label, self.key):
            self.body.addWidget(part)
        self.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.news)
        self.body.addSpacing(theme.px(Space.M))
        self.write(MOVING, Role.STRONG, soft=False)
        for step in MOVING_STEPS:
            self.write(step, Role.BODY, soft=False)
        self.forget()

    def show_seen(self, seen: SettingsSeen) -> None:
        """What can be done with the record as it stands."""
        self._open = seen.open
        at_home = seen.record is not None
        self.restore.setEnabled(at_home)
        self.back_up.setEnabled(seen.open)
        if not at_home:
            self.news.say(AT_HOME)

    def take(self, news: SettingsNews | Told) -> None:
        """It is done."""
        if isinstance(news, BackedUp):
            self._done(backed_up(news))
        elif isinstance(news, Restored):
            self.forget()
            self._done(restored(news))

    def show_fault(self, message: str, remedy: str) -> None:
        """It was not done; what was typed can be corrected."""
        self._done(f"{message} {remedy}")

    def forget(self) -> None:
        """No file is chosen, and no key stands here."""
        self._file = ""
        self.key.clear()
        self._show_choice()
        if not self._busy:
            self.news.say("")

    def write_to(self, file: str) -> None:
        """Back up into this file; the dialog has asked whether it may be replaced."""
        if file:
            self._begin()
            self.asked.emit(MakeBackup(file))

    def read_from(self, file: str) -> None:
        """This is the backup; its key is asked for next."""
        self._file = file
        self.news.say("")
        self._show_choice()
        self.key.setFocus()

    def _restore(self) -> None:
        if self._file and self.key.text().strip():
            self._begin()
            self.asked.emit(RestoreBackup(self._file, self.key.text()))

    def _begin(self) -> None:
        self._busy = True
        self.news.say(WAIT)
        for part in (self.back_up, self.restore, self.go):
            part.setEnabled(False)

    def _done(self, text: str) -> None:
        self._busy = False
        self.news.say(text)
        self.back_up.setEnabled(self._open)
        for part in (self.restore, self.go):
            part.setEnabled(True)

    def _show_choice(self) -> None:
        self.chosen.say(self._file)
        for part in (self._label, self.key, self.go):
            part.setVisible(bool(self._file))

    def _choose_target(self) -> None:
        wish = FileWish(BACKUP, Choice.NEW, filters=FILES, name=FILE_NAME)
        ask_for(self, wish, lambda found: self.write_to(str(found[0])))

    def _choose_source(self) -> None:
        wish = FileWish(RESTORE, Choice.FILE, filters=FILES)
        ask_for(self, wish, lambda found: self.read_from(str(found[0])))
