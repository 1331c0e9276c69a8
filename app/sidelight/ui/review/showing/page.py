"""What the session shows: three moments first, then the rest, all with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal

from sidelight.domain.statements import Evidence
from sidelight.domain.story import Story
from sidelight.session.showing.whole import what_it_shows
from sidelight.ui.review.column import Column
from sidelight.ui.review.showing.lens import LensView
from sidelight.ui.review.showing.statements import Block, ChosenBlock, StatementBlock
from sidelight.ui.review.since import Since
from sidelight.ui.tasks import Tasks
from sidelight.ui.theme.tokens import Role
from sidelight.ui.widgets.text import Text
from sidelight.ui.wrapup.wording import no_moments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from sidelight.domain.errors import UserError
    from sidelight.domain.moments import MomentId
    from sidelight.domain.statements import Shown
    from sidelight.ui.theme.theme import Theme

_TURN_MS: Final = 4
"""Between two blocks: what else the window has to do comes first."""

_AT_ONCE: Final = 120
"""Utterances that are looked through in some 30 ms. With fewer, a thread that holds the
interpreter would make the window wait longer than the work."""

TITLE: Final = "What it shows"
SINCE: Final = "Time since you last partnered"
LENS: Final = "Through another ear"
ROOM: Final = (
    "One microphone heard both of you, so nothing is said here about who spoke how "
    "long, or who chose."
)


class ShownPage(Column):
    """Computed anew for each story; nothing of it is stored.

    Signals:
        opened: A place (``Evidence``) to be shown.
        play: A stretch (``Span``) to be heard.

    Args:
        theme: Fonts and colours.
    """

    opened = Signal(object)
    play = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, TITLE)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._fail)
        self._story = Story()
        self._computed: list[Shown] = []
        self._to_come: Iterator[QWidget] = iter(())
        self._turn = QTimer(self, interval=_TURN_MS)
        self._turn.timeout.connect(self._go_on)

    def show_story(self, story: Story) -> None:
        """Say it of this story instead; nothing of the old one stays meanwhile.

        A long session takes a good part of a second: it is computed aside, and laid
        out block by block, so that the window never waits.
        """
        self._story = story
        self._to_come = iter(())
        self._computed = computed = []
        self.empty()
        if len(story.utterances) > _AT_ONCE:
            self._tasks.run(lambda: computed.append(what_it_shows(story)))
        self._turn.start()

    def settle(self) -> None:
        """Have all of it here before this returns: for pictures."""
        self._tasks.finish()
        while self._turn.isActive() and (self._may_begin() or self.blocks):
            self._go_on()

    def _may_begin(self) -> bool:
        return bool(self._computed) or len(self._story.utterances) <= _AT_ONCE

    def _go_on(self) -> None:
        if len(self._story.utterances) <= _AT_ONCE and not self.blocks:
            self._computed.append(what_it_shows(self._story))
        if self._computed:
            self._to_come = self._blocks(self._story, self._computed.pop())
        block = next(self._to_come, None)
        if block is not None:
            self.add(block)
        elif self.blocks:
            self._turn.stop()

    def _fail(self, error: UserError) -> None:
        self._turn.stop()
        self.add(Text(self.theme, Role.BODY, f"{error.message} {error.remedy}"))

    def _blocks(self, story: Story, shown: Shown) -> Iterator[QWidget]:
        if not shown.three:
            yield Text(self.theme, Role.BODY, no_moments(story), soft=True)
        for chosen, place in shown.three:
            yield self._linked(ChosenBlock(self.theme, chosen, place))
        if story.clocks.moments or shown.longest is not None:
            yield self._heading(SINCE)
            since = Since(self.theme)
            since.show_story(story)
            since.chosen.connect(self._open_moment)
            yield since
        if shown.longest is not None:
            yield self._linked(StatementBlock(self.theme, shown.longest))
        for topic in shown.topics:
            yield self._heading(topic.title)
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
        block.play.connect(self.play)
        return block

    def _heading(self, text: str) -> Text:
        heading = Text(self.theme, Role.STRONG, text)
        heading.setContentsMargins(0, self.theme.px(10), 0, 0)
        return heading

    def _open_moment(self, moment_id: MomentId) -> None:
        for one in self._story.clocks.moments:
            if one.id == moment_id:
                place = Evidence(one.span, one.utterance_ids, one.quote, one.id)
                self.opened.emit(place)
