"""The sidebar's clock on a card of its own, with the words that it counts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout

from sidelight.ui.sidebar.headline import HeadlineView
from sidelight.ui.sidebar.wording import headline
from sidelight.ui.theme.tokens import Motion, Role, Space
from sidelight.ui.widgets.fading_label import FadingLabel

if TYPE_CHECKING:
    from sidelight.domain.timeline import Millis
    from sidelight.session.firstrun.practice import Practice
    from sidelight.ui.theme.theme import Theme

_CLOCK: Final = 360


class ClockCard(QFrame):
    """Shows how far a trial is.

    Args:
        theme: Fonts and colours.

    Attributes:
        clock: As in the sidebar.
        said: The coach's newest words.
        came: What they came to.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        ink, soft = theme.palette.ink, theme.palette.ink_soft
        self.clock = HeadlineView(theme, theme.px(_CLOCK))
        self.said = FadingLabel(theme, Role.BODY, ink, lines=2)
        self.came = FadingLabel(theme, Role.SMALL, soft)
        inside = QVBoxLayout(self)
        side = theme.px(Space.L)
        inside.setContentsMargins(side, side, side, side)
        inside.setSpacing(theme.px(Space.S))
        for part in (self.clock, self.said, self.came):
            inside.addWidget(part)

    def show_practice(self, practice: Practice, now: Millis, told: str) -> None:
        """Show this.

        Args:
            practice: What was heard so far.
            now: How far the sound is.
            told: What the newest words came to; or ``""``.
        """
        self.clock.show_headline(headline(practice.clocks, now))
        words = f"“{practice.words}”" if practice.words else ""
        self.said.show_text(words, Motion.TICK)
        self.came.show_text(told, Motion.TICK)

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        for part in (self.clock, self.said, self.came):
            part.settle()
