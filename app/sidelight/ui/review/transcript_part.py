"""The transcript with what stands above it: its title, finding words, one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QSizePolicy, QWidget

from sidelight.ui.review.headed import headed
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.review.finding import FindField
    from sidelight.ui.review.transcript_list import TranscriptList
    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.widgets.picker import Picker

_VOICES: Final = 140
"""Width of the choice of voices, logical pixels at 100 %."""


class TranscriptPart(QWidget):
    """Laid out.

    Attributes:
        rows: The transcript itself.

    Args:
        theme: Fonts and distances.
        rows: The transcript itself.
        finder: Finds words in it.
        voices: Whose words are shown.
    """

    def __init__(
        self, theme: Theme, rows: TranscriptList, finder: FindField, voices: Picker
    ) -> None:
        super().__init__()
        self.rows = rows
        self._title = Text(theme, Role.STRONG, tr("Transcript"))
        self._title.setWordWrap(False)
        self._title.setBuddy(rows)
        self._title.setContentsMargins(0, 0, theme.px(Space.S), 0)
        fixed = QSizePolicy.Policy.Fixed
        self._title.setSizePolicy(fixed, fixed)
        voices.setSizePolicy(fixed, fixed)
        voices.setFixedWidth(theme.px(_VOICES))
        headed(self, theme, (self._title, finder, voices), rows)

    def show_title(self, *, shown: bool) -> None:
        """Where it is a page of a row of titles, it needs none of its own."""
        self._title.setVisible(shown)
