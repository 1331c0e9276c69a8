"""Timeline, sound and finding, joined; where each stands, others say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from sidelight.ui.review.finding import FindField
from sidelight.ui.review.heard import Heard
from sidelight.ui.review.playback import Playback
from sidelight.ui.review.timeline import TimelineView
from sidelight.ui.review.transport import Transport
from sidelight.ui.widgets.button import Button
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.theme.theme import Theme

PRINT: Final = tr("Print")


class Timed(QObject):
    """Its shortcuts hold in the whole window.

    Signals:
        sought: Words (``tuple[str, ...]``) that are looked for, as ``finding`` has
            them.
        heard: What sounds now (``tuple[Utterance, Word | None] | None``), and whether
            it is to be followed.

    Attributes:
        playback: What is heard.
        timeline: The session at a glance.
        transport: Play, how fast.
        finder: Words are found here.
        printing: Prints the timeline.

    Args:
        theme: Fonts and colours.
        story: What happened.
        selection: What is selected.
        window: Where the keys hold.
    """

    sought = Signal(object)
    heard = Signal(object, bool)

    def __init__(
        self, theme: Theme, story: Story, selection: Selection, window: QWidget
    ) -> None:
        super().__init__(window)
        playback = self.playback = Playback(story, self)
        self._window = window
        self._selection = selection
        self._story = story
        self._heard = Heard(story)
        self.timeline = TimelineView(theme, story, selection)
        self.transport = Transport(theme, playback)
        self.finder = FindField(theme, story)
        self.printing = Button(theme, PRINT)
        self.printing.setToolTip("Ctrl+P")
        self.printing.clicked.connect(self._print)
        self.timeline.clicked.connect(playback.play_from)
        self.timeline.toggled.connect(playback.toggle)
        self.timeline.jumped.connect(playback.jump)
        playback.moved.connect(self._follow_sound)
        find = self.finder
        find.found.connect(self._show_hits)
        find.chosen.connect(self._show_hit)
        for keys, act in (
            ("Ctrl+Space", playback.toggle),
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
        self.finder.show_story(story)
        self._follow_sound()

    def _on(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self._window).activated.connect(act)

    @Slot()
    def _follow_sound(self) -> None:
        at, playing = self.playback.at, self.playback.playing
        self.timeline.show_playhead(at, follow=playing)
        self.heard.emit(None if at is None else self._heard.newest(at), playing)

    @Slot(object)
    def _show_hits(self, hits: tuple[Utterance, ...]) -> None:
        self.timeline.show_hits([hit.span for hit in hits])
        self.sought.emit(self.finder.words)

    @Slot(object)
    def _show_hit(self, hit: Utterance) -> None:
        self._selection.choose_utterance(hit.id)

    @Slot()
    def _print(self) -> None:
        from sidelight.ui.review.printing import (  # noqa: PLC0415 - seldom wanted
            ask_and_print,
        )

        ask_and_print(self._window, self._story)
