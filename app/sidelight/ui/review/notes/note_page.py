"""What both notes have in common: signals, parts, and drawing only what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from sidelight.ui.review.column import Column

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from sidelight.domain.story import Story
    from sidelight.ui.review.notes.part import PartView
    from sidelight.ui.theme.theme import Theme


class NotePage(Column):
    """Shows what the record says, and asks by signal.

    Drafting and drawing wait until somebody reads the page, so that a review opens as
    fast as without it; a page that nobody reads keeps no drafted line.

    Signals:
        acted: What the coach did (``Act``), to be stored.
        play: A stretch (``Span``) to be heard.
        opened: A stretch (``Span``) to be shown.

    Args:
        theme: Fonts and colours.
        name: For screen readers.
    """

    acted = Signal(object)
    play = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self.parts: list[PartView] = []
        self._to_show: Story | None = None

    def show_story(self, story: Story) -> None:
        """Show how things stand, now or once it is read; what is being typed stays."""
        self._to_show = story
        if self.isVisible():
            self._catch_up()
        else:
            for view in self.parts:
                view.show_lines((), (), {})

    def build(self, story: Story) -> None:
        """Make what the page consists of: the first time that somebody reads it."""
        raise NotImplementedError

    def show_now(self, story: Story) -> None:
        """Lay it out."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody reads it."""
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        story, self._to_show = self._to_show, None
        if story is None:
            return
        if not self.blocks:
            self.build(story)
        self.show_now(story)
