"""What a section has beside its options: the ground that all of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Text

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import Told
    from sidelight.session.settings.messages import SettingsNews, SettingsSeen
    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.widgets.button import Button


class Panel(QWidget):
    """A column of words, fields and buttons; each puts the news where they belong.

    Signals:
        asked: ``OfSettings``, or ``Asked`` of the first run.

    Args:
        theme: Fonts and colours.

    Attributes:
        searched: Everything it is found by, in lower case.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.searched = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(Space.S))
        self.news = Text(theme, Role.BODY)
        self.news.say("")

    def show_seen(self, seen: SettingsSeen) -> None:
        """How everything is now."""

    def take(self, news: SettingsNews | Told) -> None:
        """Something came of what was asked."""

    def show_fault(self, message: str, remedy: str) -> None:
        """It was not done."""
        self.news.say(f"{message} {remedy}")

    def hideEvent(self, event: object) -> None:
        """Nothing secret stays on the screen behind another section."""
        del event
        self.forget()

    def forget(self) -> None:
        """Nothing secret is here any more."""

    def write(self, text: str, role: Role = Role.SMALL, *, soft: bool = True) -> Text:
        """Add a text that stays; it is found by its words."""
        words = Text(self.theme, role, text, soft=soft)
        self.body.addWidget(words)
        self.searched += f" {text.lower()}"
        return words

    def line(self, *buttons: Button) -> None:
        """Add buttons beside each other; they are found by their words."""
        beside = QHBoxLayout()
        beside.setSpacing(self.theme.px(Space.S))
        for button in buttons:
            beside.addWidget(button)
            self.searched += f" {button.text().lower()}"
        beside.addStretch(1)
        self.body.addLayout(beside)
