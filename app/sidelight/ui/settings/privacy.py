"""Where it is kept, and every connection that was ever made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.ui.firstrun.wording import WHERE
from sidelight.ui.settings.panel import Panel
from sidelight.ui.settings.wording import (
    NO_CONNECTION,
    PROMISE,
    connection_words,
)
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.settings.messages import SettingsSeen
    from sidelight.ui.theme.theme import Theme


class PrivacyPanel(Panel):
    """Only shows.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.write(tr("Connections"), Role.STRONG, soft=False)
        self.write(PROMISE)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, theme.px(Space.XS), 0, theme.px(Space.M))
        self._rows.setSpacing(theme.px(Space.XXS))
        self.body.addWidget(self._list)
        self.write(WHERE, Role.STRONG, soft=False)
        self.folder = self.write("")
        self.folder.setAccessibleName(WHERE)
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self.news)

    @property
    def lines(self) -> list[str]:
        """What the list says, from above to below."""
        return [one.text() for one in self._list.findChildren(Text)]

    def show_seen(self, seen: SettingsSeen) -> None:
        """The connections, the newest first, or that there was none."""
        self.folder.setText(seen.folder)
        while (old := self._rows.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        if not seen.connections:
            self._rows.addWidget(Text(self.theme, Role.BODY, NO_CONNECTION))
        for one in seen.connections:
            what, how = connection_words(one)
            self._rows.addWidget(Text(self.theme, Role.BODY, what))
            told = Text(self.theme, Role.SMALL, how, soft=True)
            told.setContentsMargins(0, 0, 0, self.theme.px(Space.S))
            self._rows.addWidget(told)
        for row in self._list.findChildren(Text):
            row.show()  # a layout would only do so in the next turn of the loop
