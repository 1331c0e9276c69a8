"""The three moments, each with its evidence and its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.session.reflecting import three_moments
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Reading, Text, label
from sidelight.ui.wrapup.wording import (
    chosen_told,
    chosen_words,
    moment_heading,
    no_moments,
)

if TYPE_CHECKING:
    from sidelight.domain.notes import ChosenMoment
    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme


class ThreeMoments(QWidget):
    """At most three; where there are fewer, fewer.

    Args:
        theme: Fonts and colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[ChosenMoment, ...] | None = None
        self._texts: list[Text] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.px(Space.XXS))

    def show_story(self, story: Story) -> None:
        """Show those of this story instead."""
        three = three_moments(story)
        if three == self._shown:
            return
        self._shown = three
        for text in self._texts:
            self._layout.removeWidget(text)
            text.hide()
            text.clear()  # what is gone is nowhere, also before it is deleted
            text.deleteLater()
        while (gap := self._layout.takeAt(0)) is not None:
            del gap
        self._texts = []
        if not three:
            self._add(Text(self._theme, Role.BODY, no_moments(story), soft=True))
        for place, chosen in enumerate(three):
            if place:
                self._layout.addSpacing(self._theme.px(Space.M))
            self._show(chosen, story.session.client if story.session else "")

    def _show(self, chosen: ChosenMoment, client: str) -> None:
        theme = self._theme
        self._add(label(theme, moment_heading(chosen)))
        for words in chosen_words(chosen, client):
            self._add(Reading(theme, Role.BODY, words))
        self._add(Reading(theme, Role.SMALL, chosen_told(chosen), soft=True))

    def _add(self, text: Text) -> None:
        self._texts.append(text)
        self._layout.addWidget(text)
        text.show()  # a layout would only do so in the next turn of the loop
