"""The timeline with the line below it: what is heard, found and printed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.ui.review.heard import Heard
from sidelight.ui.review.playback import Playback
from sidelight.ui.review.timeline import TimelineView
from sidelight.ui.review.transport import Transport
from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.theme.theme import Theme


class Timed(QWidget):
    """Joins timeline, sound and finding; its shortcuts hold in the whole window.

    Signals:
        heard: What sounds now (``tuple[Utterance, Word | None] | None``), and whether
            it is to be followed.

    Attributes:
        playback: What is heard.
        timeline: The session at a glance.

    Args:
        theme: Fonts and colours.
        story: What happened.
        selection: What is selected.
        parent: Whose it is.
    """

    heard = Signal(object, bool)

    def __init__(
        self, theme: Theme, story: Story, selection: Selection, parent: QWidget
    ) -> None:
        super().__init__(parent)
        playback = self.playback = Playback(story, self)
        self._selection = selection
        self._story = story
        self._heard = Heard(story)
        self.timeline = TimelineView(theme, story, selection)
        self.transport = Transport(theme, playback, story)
        self._above = theme.px(Space.M)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.timeline)
        layout.addWidget(self.transport)
        self.timeline.clicked.connect(playback.play_from)
        self.timeline.toggled.connect(playback.toggle)
        self.timeline.jumped.connect(playback.jump)
        playback.moved.connect(self._follow_sound)
        find = self.transport.finder
        find.found.connect(self._show_hits)
        find.chosen.connect(self._show_hit)
        self.transport.print_asked.connect(self._print)
        for keys, act in (
            ("Ctrl+Space", playback.toggle),
            ("Ctrl+F", find.begin),
            ("F3", lambda: find.step(forward=True)),
            ("Shift+F3", lambda: find.step(forward=False)),
            ("Ctrl+P", self._print),
        ):
            self._on(keys, act)

    def show_story(self, story: Story) -> None:
        """Show this instead, and keep nothing of what was shown before."""
        self._story = story
        self._heard = Heard(story)
        self.playback.show_story(story)
        self.timeline.show_story(story)
        self.transport.finder.show_story(story)
        self._follow_sound()

    @Slot(bool)
    def fold(self, folded: bool) -> None:  # noqa: FBT001 - a signal's
        """Only the line below the timeline, or all of it."""
        self.timeline.setHidden(folded)
        self._layout.setContentsMargins(0, self._above if folded else 0, 0, 0)

    def _on(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    @Slot()
    def _follow_sound(self) -> None:
        at, playing = self.playback.at, self.playback.playing
        self.timeline.show_playhead(at, follow=playing)
        self.heard.emit(None if at is None else self._heard.newest(at), playing)

    @Slot(object)
    def _show_hits(self, hits: tuple[Utterance, ...]) -> None:
        self.timeline.show_hits([hit.span for hit in hits])

    @Slot(object)
    def _show_hit(self, hit: Utterance) -> None:
        self._selection.choose_utterance(hit.id)

    @Slot()
    def _print(self) -> None:
        from sidelight.ui.review.printing import (  # noqa: PLC0415 - seldom wanted
            ask_and_print,
        )

        ask_and_print(self, self._story)
