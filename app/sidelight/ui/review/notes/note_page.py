"""What both notes have in common: signals, parts, and drawing only what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from sidelight.ui.review.column import Column
from sidelight.ui.theme.tokens import Role
from sidelight.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from sidelight.domain.story import Story
    from sidelight.ui.review.notes.part import PartView
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme


class NotePage(Column):
    """Shows what the record says, and asks by signal.

    A page that nobody reads keeps no drafted line.

    Signals:
        acted: What the coach did (``Act``), to be stored.
        opened: A stretch (``Span``) to be shown.

    Args:
        theme: Fonts and colours.
        playback: What is heard.
        name: For screen readers.
    """

    acted = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, playback: Playback, name: str) -> None:
        super().__init__(theme, name)
        self.playback = playback
        self.parts: list[PartView] = []
        self.news = Text(theme, Role.SMALL)
        self._to_show: Story | None = None

    def show_story(self, story: Story) -> None:
        """Show how things stand, now or once it is read; what is being typed stays."""
        self._to_show = story
        if self.isVisible():
            self._catch_up()
        else:
            self.save()
            for view in self.parts:
                view.show_lines((), (), {})

    def show_now(self, story: Story) -> None:
        """Lay it out."""
        raise NotImplementedError

    def show_fault(self, message: str, remedy: str) -> None:
        """Something was not stored; what is shown is what is."""
        self.news.say(f"{message} {remedy}".strip())
        for view in self.parts:
            view.give_up()

    def save(self) -> None:
        """Have stored what is being typed."""
        for view in self.parts:
            view.save()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody reads it."""
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        story, self._to_show = self._to_show, None
        if story is not None:
            self.news.say("")
            self.show_now(story)
