"""What the session shows: three moments first, then the rest, all with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal

from sidelight.domain.statements import Evidence
from sidelight.domain.story import Story
from sidelight.session.showing.whole import what_it_shows
from sidelight.ui.review.beside import SHOWN
from sidelight.ui.review.column import Column
from sidelight.ui.review.showing.lens import LensView
from sidelight.ui.review.showing.statements import Block, ChosenBlock, StatementBlock
from sidelight.ui.review.since import Since
from sidelight.ui.tasks import Tasks
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr, tr_worded
from sidelight.ui.wrapup.wording import no_moments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from sidelight.domain.clocks import Clocks
    from sidelight.domain.errors import UserError
    from sidelight.domain.moments import MomentId
    from sidelight.domain.statements import Shown
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

_TURN_MS: Final = 4
"""Between two blocks: what else the window has to do comes first."""

_AT_ONCE: Final = 120
"""Utterances that are looked through in some 30 ms. With fewer, a thread that holds the
interpreter would make the window wait longer than the work."""

SINCE: Final = tr("Time since you last partnered")
LENS: Final = tr("Through another ear")
ROOM: Final = tr(
    "One microphone heard both of you, so nothing is said here about who spoke how "
    "long, or who chose."
)


class ShownPage(Column):
    """Computed anew for each story; nothing of it is stored.

    Signals:
        opened: A place (``Evidence``) to be shown.

    Args:
        theme: Fonts and colours.
        playback: What is heard.
    """

    opened = Signal(object)

    def __init__(self, theme: Theme, playback: Playback) -> None:
        super().__init__(theme, SHOWN)
        self._playback = playback
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._fail)
        self._story = Story()
        self._told: tuple[Shown, Clocks] | None = None
        self._stale = self._waits = False
        self._computed: list[Shown] = []
        self._to_come: Iterator[QWidget] = iter(())
        self._turn = QTimer(self, interval=_TURN_MS)
        self._turn.timeout.connect(self._go_on)

    def show_story(self, story: Story) -> None:
        """Say it of this story instead, now or once it is looked at again.

        Nothing of the old one stays meanwhile, unless the same was said in both: who
        only decided something keeps their place. A long session takes a good part of a
        second: it is computed aside, and laid out block by block, so that the window
        never waits.
        """
        if self._story.utterances != story.utterances or not self.isVisible():
            self._forget()
        self._story = story
        self._stale = True
        if self.isVisible():
            self._begin()

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks."""
        super().showEvent(event)
        if self._stale:
            self._begin()

    def settle(self) -> None:
        """Have all of it here before this returns: for pictures."""
        self._tasks.finish()
        while self._turn.isActive() and (self._computed or self._short or self.blocks):
            self._go_on()

    @property
    def busy(self) -> bool:
        """Whether there is more to come."""
        return self._turn.isActive()

    @property
    def _short(self) -> bool:
        return len(self._story.utterances) <= _AT_ONCE

    def _begin(self) -> None:
        self._stale = False
        self._to_come = iter(())
        self._computed = computed = []
        story = self._story
        if not self._short:
            self._tasks.run(lambda: computed.append(what_it_shows(story)))
        self._waits = True
        self._turn.start()

    def _go_on(self) -> None:
        """Compute, where that is short; take what was computed; one block more."""
        if self._waits and self._short:
            self._computed.append(what_it_shows(self._story))
        if self._computed:
            self._waits = False
            shown = self._computed.pop()
            told = shown, self._story.clocks
            if told == self._told and self.blocks:
                self._turn.stop()
                return
            self._forget()
            self._told = told
            self._to_come = self._blocks(self._story, shown)
        if self._waits:
            return
        block = next(self._to_come, None)
        if block is not None:
            self.add(block)
        else:
            self._turn.stop()
            self.arranged.emit()

    def _forget(self) -> None:
        """Nothing of what was shown stays."""
        self.empty()
        self._told = None
        self._to_come = iter(())

    def _fail(self, error: UserError) -> None:
        self._turn.stop()
        self.add(Text(self.theme, Role.BODY, f"{error.message} {error.remedy}"))

    def _blocks(self, story: Story, shown: Shown) -> Iterator[QWidget]:
        if not shown.three:
            yield Text(self.theme, Role.BODY, no_moments(story), soft=True)
        client = story.session.client if story.session else ""
        for chosen, place in shown.three:
            block = ChosenBlock(self.theme, self._playback, chosen, place, client)
            yield self._linked(block)
        if story.clocks.moments or shown.longest is not None:
            yield self._heading(SINCE)
            since = Since(self.theme)
            since.show_story(story)
            since.chosen.connect(self._open_moment)
            yield since
        if shown.longest is not None:
            yield self._linked(StatementBlock(self.theme, shown.longest))
        for topic in shown.topics:
            yield self._heading(tr_worded(topic.title))
            for statement in topic.statements:
                yield self._linked(StatementBlock(self.theme, statement))
        if not shown.topics and story.utterances:
            yield Text(self.theme, Role.SMALL, ROOM, soft=True)
        if any(lens.looks for lens in shown.lenses):
            yield self._heading(LENS)
            lens = LensView(self.theme, shown.lenses)
            lens.opened.connect(self.opened)
            yield lens

    def _linked(self, block: Block) -> Block:
        block.opened.connect(self.opened)
        return block

    def _heading(self, text: str) -> Text:
        heading = Text(self.theme, Role.STRONG, text)
        heading.setContentsMargins(0, self.theme.px(Space.S), 0, 0)
        return heading

    def _open_moment(self, moment_id: MomentId) -> None:
        for one in self._story.clocks.moments:
            if one.id == moment_id:
                place = Evidence(one.span, one.utterance_ids, one.quote, one.id)
                self.opened.emit(place)
