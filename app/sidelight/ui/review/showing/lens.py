"""The level lens: the same session through another ear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.ui.review.showing.statements import StatementBlock
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.discard import discard
from sidelight.ui.widgets.tabs import Tabs
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr, tr_worded

if TYPE_CHECKING:
    from sidelight.domain.statements import Lens
    from sidelight.ui.theme.theme import Theme

NO_VERDICT: Final = tr(
    "A way of listening, in our own words of {day}. It says nothing about a level, and "
    "what has no place here is left out, not marked."
)
NOTHING: Final = tr("In this session nothing of it was found that could be shown.")


class LensView(QWidget):
    """One level at a time.

    Signals:
        opened: A place (``Evidence``) to be shown.

    Args:
        theme: Fonts and colours.
        lenses: At least one.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, lenses: tuple[Lens, ...]) -> None:
        super().__init__()
        self._theme = theme
        self._lenses = lenses
        self.tabs = Tabs(theme, tr("Level"), tuple(lens.level for lens in lenses))
        self._about = Text(theme, Role.SMALL, soft=True)
        self._looks = QVBoxLayout()
        self._looks.setSpacing(theme.px(Space.S))
        self._small = Text(theme, Role.SMALL, soft=True)
        self._shown: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.S))
        layout.addWidget(self.tabs)
        layout.addWidget(self._about)
        layout.addLayout(self._looks)
        layout.addWidget(self._small)
        self.tabs.currentChanged.connect(self._show)
        self._show(0)

    def forget(self) -> None:
        """Hold no quotation any more."""
        self._lenses = ()

    def _show(self, number: int) -> None:
        lens = self._lenses[number]
        self._about.setText(tr_worded(lens.about))
        day = QLocale().toString(lens.as_of, QLocale.FormatType.LongFormat)  # type: ignore[call-overload]
        self._small.setText(NO_VERDICT.format(day=day))
        for old in self._shown:
            self._looks.removeWidget(old)
        discard(self._shown)
        blocks = [StatementBlock(self._theme, look) for look in lens.looks]
        for block in blocks:
            block.opened.connect(self.opened)
        nothing = Text(self._theme, Role.BODY, NOTHING, soft=True)
        self._shown = [*blocks] or [nothing]
        for one in self._shown:
            self._looks.addWidget(one)
            one.show()  # a layout would only do so in the next turn of the loop
