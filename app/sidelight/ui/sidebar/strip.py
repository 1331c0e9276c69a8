"""The sidebar folded: the health dot, and the headline or what is to be known now."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sidelight.ui.sidebar.headline import HeadlineView
from sidelight.ui.sidebar.health_dot import HealthDot
from sidelight.ui.sidebar.wording import Way, spoken
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.quiet_link import QuietLink

if TYPE_CHECKING:
    from sidelight.ui.sidebar.wording import Note, SidebarTexts
    from sidelight.ui.theme.theme import Theme

HEIGHT: Final = 44
"""In logical pixels at 100 % text; large text may need more."""


class Strip(QWidget):
    """The least that is still the product.

    Args:
        theme: Fonts, colours, spacing.
        width: Of the strip in logical pixels.

    Attributes:
        least_width: Where it still is one line, in logical pixels.
    """

    def __init__(self, theme: Theme, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        margin, gap = theme.px(Space.L), theme.px(Space.S)
        self._above = gap
        right = theme.px(Space.M)
        self._margin = margin
        self._dot = HealthDot(theme)
        self.headline = HeadlineView(theme, width, compact=True)
        between = gap - self.headline.bleed
        self._taken = margin + right + between + self._dot.width()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(margin, gap, right, gap)
        layout.setSpacing(between)
        layout.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.headline, 1)
        self.way = QuietLink(theme, Role.BODY, tuple(Way), self, right=True)
        self.least_width = self.headline.least_line + self._taken
        self.set_width(width)

    def set_width(self, width: int) -> None:
        """Set everything anew for this width.

        Args:
            width: In logical pixels, at least ``least_width``.
        """
        self.headline.set_room(width - self._taken)
        height = max(HEIGHT, self.headline.height() + 2 * self._above)
        self.setFixedSize(width, height)
        at = width - self._margin - self.way.width()
        self.way.move(at, (height - self.way.height()) // 2)

    def show_texts(
        self, texts: SidebarTexts, note: Note | None, *, fresh: bool
    ) -> None:
        """Cross-fade to what has changed; no box changes.

        Args:
            texts: Everything there is to say.
            note: What stands in the request's place in the panel.
            fresh: Whether the note has only just come. One that stays gives the line
                back to the headline after a moment; the dot keeps its shape.
        """
        over, words = "", texts.health.words
        if note is not None and (fresh or note.way is not None):
            # Half a sentence says less than two words beside the clock.
            text = note.brief or note.text
            over = text if self.headline.has_room(text) or not words else ""
        if not over and words and not self.headline.holds_trouble:
            over = words
        if not over and texts.headline.paused:
            over = texts.headline.since
        cue = "" if over or note is not None else texts.cue
        headline = texts.headline
        if words:
            headline = replace(headline, how=words)
        self.headline.show_headline(headline, over, cue)
        self.headline.setAccessibleDescription(spoken(note))
        self.headline.setToolTip(escape(spoken(note)))
        self.way.show_word(note.way or "" if note is not None else "")
        self._dot.show_dot(texts.health.dot, texts.health.spoken)

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.headline.settle()
        self._dot.settle()
