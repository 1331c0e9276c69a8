"""What stands beside the transcript: what it shows, the moments, and both notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot

from sidelight.domain.story import Story
from sidelight.ui.review.pages import Later, Pages
from sidelight.ui.widgets.tab_order import chain
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sidelight.ui.review.column import Column
    from sidelight.ui.review.notes.client_page import ClientNotePage
    from sidelight.ui.review.notes.note_page import NotePage
    from sidelight.ui.review.notes.reflection_page import ReflectionPage
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.review.showing.page import ShownPage
    from sidelight.ui.theme.theme import Theme

SHOWN: Final = tr("What it shows")
MOMENTS: Final = tr("Moments")
CLIENT_NOTE: Final = tr("Client note")
REFLECTION: Final = tr("Reflection")


class Beside(Pages):
    """Each page but the moments is made when it is first looked at.

    Signals:
        acted: What the coach wrote or accepted (``Act``), to be stored.
        export_asked: The client note is finished, and to leave.
        opened: A place was chosen on a page, and is selected.

    Attributes:
        shown: What the session shows; ``None`` until it is looked at, as the notes.
        client_note: The note for the client.
        reflection: The coach's own.

    Args:
        theme: Fonts and colours.
        selection: Where places are opened.
        playback: What is heard.
        moments: The list of moments, with its filter.
        templates: Folder of the coach's note templates; ``None``: only the standard.
    """

    acted = Signal(object)
    export_asked = Signal()
    opened = Signal()

    def __init__(
        self,
        theme: Theme,
        selection: Selection,
        playback: Playback,
        moments: QWidget,
        templates: Path | None,
    ) -> None:
        self._theme, self._selection, self._playback = theme, selection, playback
        self._templates = templates
        self._story = Story()
        self.shown: ShownPage | None = None
        self.client_note: ClientNotePage | None = None
        self.reflection: ReflectionPage | None = None
        self._first = Later(self._make_shown, first=True)
        super().__init__(
            theme,
            {
                SHOWN: self._first,
                MOMENTS: moments,
                CLIENT_NOTE: Later(self._make_client_note),
                REFLECTION: Later(self._make_reflection),
            },
        )

    def show_story(self, story: Story) -> None:
        """Show this one instead; nothing of the old one can be reached afterwards."""
        self.show_wrap_up(story)
        if self.shown is not None:
            self.shown.show_story(story)

    def show_wrap_up(self, story: Story) -> None:
        """The same session, further wrapped up."""
        self._story = story
        for page in self._notes:
            page.show_story(story)

    @property
    def settled(self) -> bool:
        """Whether all of what the session shows is here."""
        return self.shown is not None and not self.shown.busy

    def show_moment(self) -> None:
        """A moment was chosen elsewhere: tell of it, except to somebody who writes."""
        if self.page == SHOWN:
            self.open_page(MOMENTS)

    def show_fault(self, message: str, remedy: str) -> None:
        """Something was not stored; what is shown is what is."""
        for page in self._notes:
            page.show_fault(message, remedy)

    def save(self) -> None:
        """Have stored what is being typed."""
        for page in self._notes:
            page.save()

    def settle(self) -> None:
        """Have all of what is shown here before this returns: for pictures."""
        if self.page == SHOWN:
            self._first.fill()
        if self.shown is not None:
            self.shown.settle()

    @property
    def _notes(self) -> list[NotePage]:
        notes = (self.client_note, self.reflection)
        return [page for page in notes if page is not None]

    # What a page is made of is loaded with it, too.

    def _make_shown(self) -> QWidget:
        from sidelight.ui.review.showing.page import ShownPage  # noqa: PLC0415

        self.shown = ShownPage(self._theme, self._playback)
        self.shown.opened.connect(self._selection.open_place)
        self.shown.opened.connect(self._tell_opened)
        self._chain(self.shown)
        self.shown.show_story(self._story)
        return self.shown

    def _make_client_note(self) -> QWidget:
        from sidelight.ui.review.notes.client_page import (  # noqa: PLC0415
            ClientNotePage,
        )

        self.client_note = ClientNotePage(self._theme, self._playback, self._templates)
        self.client_note.export_asked.connect(self.export_asked)
        return self._note(self.client_note)

    def _make_reflection(self) -> QWidget:
        from sidelight.ui.review.notes.reflection_page import (  # noqa: PLC0415
            ReflectionPage,
        )

        self.reflection = ReflectionPage(self._theme, self._playback)
        return self._note(self.reflection)

    @Slot()
    def _tell_opened(self) -> None:
        self.opened.emit()

    def _note(self, page: NotePage) -> QWidget:
        page.acted.connect(self.acted)
        page.opened.connect(self._selection.open_span)
        page.opened.connect(self._tell_opened)
        self._chain(page)
        page.show_story(self._story)
        return page

    def _chain(self, page: Column) -> None:
        page.arranged.connect(lambda: chain(self.tabs, page))
