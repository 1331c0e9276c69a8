"""The settings while a session runs: what needs no record, answered in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from sidelight.session.settings.messages import OfSettings, ResetOption, SetOption
from sidelight.session.settings.options_desk import OptionsDesk
from sidelight.settings.paths import Paths
from sidelight.ui.settings.window import SettingsWindow

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.ui.theme.theme import Theme


class SessionSettings(QObject):
    """Owns the window; as small as the files that it reads.

    Signals:
        changed: An option is another now.

    Args:
        theme: Fonts and colours.
        folder: ``Paths.data``.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.window = SettingsWindow(theme)
        # The sidebar stands above everything else.
        self.window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint)
        self._desk = OptionsDesk(Paths(folder), self.window.take)
        self.window.asked.connect(self._answer)

    def open(self) -> None:
        """Show it, or bring it to the front."""
        self.window.begin()
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def close(self) -> None:
        """The session's windows go."""
        self.window.close()
        self.window.deleteLater()

    @Slot(object)
    def _answer(self, request: object) -> None:
        if isinstance(request, OfSettings):
            self._desk.answer(request)
        if isinstance(request, SetOption | ResetOption):
            self.changed.emit()
