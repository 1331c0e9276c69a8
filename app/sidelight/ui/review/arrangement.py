"""Where the parts of the review stand: all in sight, or one at a time.

In a window with room the timeline stands above the transcript and the pages beside
it. Where large text or a small screen leaves too little, they are pages themselves: one
row of titles chooses between timeline, transcript and the rest, and each has all the
height.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from sidelight.ui.review.pages import native
from sidelight.ui.theme.tokens import Size, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.discard import discard
from sidelight.ui.widgets.scrolling import LowColumn, Scrolling
from sidelight.ui.widgets.tab_order import chain
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from sidelight.ui.review.asking import Asking
    from sidelight.ui.review.beside import Beside
    from sidelight.ui.review.corrections import Corrections
    from sidelight.ui.review.header import ReviewHeader
    from sidelight.ui.review.timed import Timed
    from sidelight.ui.review.transcript_part import TranscriptPart
    from sidelight.ui.theme.theme import Theme
    from sidelight.ui.widgets.text import Text

TIMELINE: Final = tr("Timeline")
TRANSCRIPT: Final = tr("Transcript")

MORE: Final = tr("More room")
LESS: Final = tr("Less room")

_ROOM: Final = (1080, 660)
"""Width and height from which all parts are in sight, logical pixels at 100 % text."""

_LISTS: Final = 300
"""Least height of transcript and pages, the same."""

_SLACK: Final = Size.CONTROL
"""Room for what is told in more lines than now, the same."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What is arranged.

    Attributes:
        header: Who, when, what for.
        asking: Export and wrap-up, and what is asked.
        corrections: Undo, redo, keys.
        timed: Timeline, sound and finding.
        transcript: Who said what.
        pages: What stands beside it.
    """

    header: ReviewHeader
    asking: Asking
    corrections: Corrections
    timed: Timed
    transcript: TranscriptPart
    pages: Beside


class Arrangement(QWidget):
    """Moves the parts to where there is room for them.

    Attributes:
        more: Away with the timeline, for the sake of what stands below it.

    Args:
        theme: Distances.
        parts: What is arranged.
    """

    def __init__(self, theme: Theme, parts: Parts) -> None:
        super().__init__()
        self._theme, self._parts = theme, parts
        self._status = _Status(parts.corrections.said, parts.asking.missing)
        parts.corrections.told.connect(self._status.choose)
        self._apart: bool | None = None
        self._page: QWidget | None = None
        self._held: list[QWidget] = []
        self._lists: QSplitter | None = None
        self._before = ""
        self._around = LowColumn(self)
        self._around.setContentsMargins(0, 0, 0, 0)
        self.more = Button(theme, MORE, reserve=(LESS,))
        self.more.setCheckable(True)
        self.more.setToolTip(native("Ctrl+0"))
        self.more.toggled.connect(self._make_room)
        for keys, act in (
            ("Ctrl+0", self._more_or_less),
            ("Ctrl+5", self._read),
            ("Ctrl+F", self._find),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def apart(self) -> bool:
        """Whether one part is seen at a time."""
        return bool(self._apart)

    def fit(self, size: QSize) -> None:
        """Arrange them for a window of this size."""
        width, height = (self._theme.px(length) for length in _ROOM)
        apart = size.width() < width or size.height() < height
        if apart != self._apart:
            self._arrange(apart=apart)
        if not apart:
            self._share(size)

    def _arrange(self, *, apart: bool) -> None:
        focus, before = self._focus(), self._held
        used = self._used(focus)
        self._held = []
        self._apart = apart
        # All parts leave what held them before: it is kept until they have.
        self._page = self._one_at_a_time() if apart else self._all_in_sight()
        self._around.addWidget(self._page)
        self._page.show()
        self._held.append(self._page)
        discard(before)
        chain(self._parts.corrections.undo, self._page)
        if apart:
            self._parts.pages.open_page(used)
        if focus is not None and self.isAncestorOf(focus):
            focus.setFocus()

    def _focus(self) -> QWidget | None:
        """Where the keyboard is, or will be when the window is active."""
        return self.window().focusWidget()

    def _used(self, focus: QWidget | None) -> str:
        """Title of what the coach has the keyboard on."""
        pages, transcript = self._parts.pages, self._parts.transcript
        if focus is not None and transcript.isAncestorOf(focus):
            return TRANSCRIPT
        if focus is not None and pages.isAncestorOf(focus):
            return pages.page
        return TIMELINE

    def _share(self, size: QSize) -> None:
        """What the low timeline does not need is for what is read, less a line or two.

        Between its low and its whole form it would only be taller.
        """
        page, lists, timeline = self._page, self._lists, self._parts.timed.timeline
        layout = page.layout() if page is not None else None
        if lists is None or layout is None:
            return
        least = self._theme.px(_LISTS)
        lists.setMinimumHeight(least)
        spare = size.height() - layout.totalMinimumHeightForWidth(size.width())
        if spare < timeline.maximumHeight() - timeline.minimumHeight():
            lists.setMinimumHeight(least + max(spare - self._theme.px(_SLACK), 0))
        layout.activate()  # the request to do so is lost in the middle of a resize

    def show_place(self) -> None:
        """The words are wanted: where one part is seen, it is the transcript."""
        if self._apart:
            self._parts.pages.open_page(TRANSCRIPT)

    # -- keys --------------------------------------------------------------------

    @Slot()
    def _more_or_less(self) -> None:
        """To the timeline and back; where all are in sight, away with it and back."""
        pages = self._parts.pages
        if not self._apart:
            self.more.toggle()
        elif pages.page == TIMELINE:
            pages.go_to(self._before or TRANSCRIPT)
        else:
            self._before = pages.page
            pages.go_to(TIMELINE)

    @Slot(bool)
    def _make_room(self, on: bool) -> None:  # noqa: FBT001 - a slot
        """The timeline's room is the transcript's and the pages', or its own again."""
        self.more.setText(LESS if on else MORE)
        self._parts.timed.timeline.setHidden(on)

    @Slot()
    def _read(self) -> None:
        if self._apart:
            self._parts.pages.open_page(TRANSCRIPT)
        self._parts.transcript.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _find(self) -> None:
        if self._apart:
            self._parts.pages.open_page(TRANSCRIPT)
        self._parts.timed.finder.begin()

    # -- where there is room -------------------------------------------------------

    def _all_in_sight(self) -> QWidget:
        theme, parts = self._theme, self._parts
        parts.pages.let_out()
        parts.transcript.show_title(shown=True)
        self.more.show()
        parts.timed.timeline.setHidden(self.more.isChecked())
        self._status.show_missing(shown=True)
        lists = QSplitter(Qt.Orientation.Horizontal)
        lists.setHandleWidth(theme.px(Space.M))
        lists.setChildrenCollapsible(False)
        card = _card()
        _within(card, 1).addWidget(parts.transcript)
        parts.transcript.show()  # as a page of many it may have been hidden
        lists.addWidget(card)
        lists.addWidget(parts.pages)
        lists.setSizes([1000, 1000])  # shares of it, whatever each would like
        self._lists = lists

        page = QWidget()
        layout = QVBoxLayout(page)
        side, edge, gap = theme.px(Space.XL), theme.px(Space.L), theme.px(Space.M)
        layout.setContentsMargins(side, gap, side, edge)
        layout.setSpacing(gap)
        head = QVBoxLayout()
        head.setSpacing(theme.px(Space.XS))
        head.addLayout(self._line(parts.header.facts))
        told = QHBoxLayout()
        told.setSpacing(theme.px(Space.XL))
        told.addLayout(self._words(parts.header.request, parts.header.to_check), 3)
        told.addWidget(self._status, 2, Qt.AlignmentFlag.AlignTop)
        head.addLayout(told)
        layout.addLayout(head)
        layout.addWidget(parts.corrections.help)
        layout.addWidget(parts.asking.card)
        layout.addWidget(self._timed())
        layout.addWidget(lists, 1)
        return page

    def _timed(self) -> QFrame:
        """The timeline with the line below it."""
        theme, timed = self._theme, self._parts.timed
        card = _card()
        layout = _within(card, 1)
        layout.addWidget(timed.timeline)
        line = QHBoxLayout()
        side, edge = theme.px(Space.L), theme.px(Space.S)
        line.setContentsMargins(side, edge, side, theme.px(Space.M))
        line.addWidget(timed.transport, 1)
        line.setSpacing(edge)
        for button in (self.more, timed.printing):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)
        return card

    # -- where there is little -------------------------------------------------------

    def _one_at_a_time(self) -> QWidget:
        theme, parts = self._theme, self._parts
        parts.transcript.show_title(shown=False)
        self._lists = None
        self.more.setParent(self)
        self.more.hide()
        parts.timed.timeline.show()
        self._status.show_missing(shown=False)
        overview = self._overview()
        self._held.append(overview)
        parts.pages.take_in(
            {
                TIMELINE: (overview, "Ctrl+0", parts.timed.timeline),
                TRANSCRIPT: (parts.transcript, "Ctrl+5", parts.transcript.rows),
            }
        )
        page = QWidget()
        layout = QVBoxLayout(page)
        side, gap = theme.px(Space.L), theme.px(Space.S)
        layout.setContentsMargins(side, gap, side, theme.px(Space.XS))
        layout.setSpacing(gap)
        layout.addLayout(self._line())
        layout.addWidget(parts.corrections.help)
        layout.addWidget(parts.asking.card)
        layout.addWidget(parts.pages, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(Space.M))
        foot.addWidget(parts.timed.transport)
        foot.addWidget(self._status, 1)
        layout.addLayout(foot)
        return page

    def _overview(self) -> QWidget:
        """The timeline, and above it what was asked for."""
        theme, header, timed = self._theme, self._parts.header, self._parts.timed
        page = QWidget()
        layout = LowColumn(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        above = QHBoxLayout()
        side, top = theme.px(Space.L), theme.px(Space.XS)
        above.setContentsMargins(side, top, side, 0)
        words = self._words(header.facts, header.request, header.to_check)
        above.addLayout(words, 1)
        above.addWidget(timed.printing, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(above)
        layout.addWidget(timed.timeline, 1)
        return Scrolling(page)

    # -- in both -------------------------------------------------------------------

    def _line(self, facts: Text | None = None) -> QHBoxLayout:
        """Whose session it is, and what can be done with it."""
        theme, parts = self._theme, self._parts
        line = QHBoxLayout()
        line.setSpacing(theme.px(Space.S))
        title = parts.header.title
        line.addWidget(title, 0 if facts else 1)
        if facts is not None:
            facts.setContentsMargins(theme.px(Space.S), 0, 0, 0)
            line.addWidget(facts, 1)
        line.addWidget(parts.corrections)
        line.addSpacing(theme.px(Space.S))
        line.addWidget(parts.asking)
        return line

    def _words(self, *texts: Text) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(self._theme.px(Space.XS))
        for text in texts:
            text.setContentsMargins(0, 0, 0, 0)
            words.addWidget(text)
        words.addStretch(1)
        return words


class _Status(QWidget):
    """What was decided last; while there is nothing of that, what is missing."""

    def __init__(self, said: Text, missing: Text) -> None:
        super().__init__()
        self._said, self._missing = said, missing
        self._shown = True
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for text in (said, missing):
            text.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            layout.addWidget(text)

    def show_missing(self, *, shown: bool) -> None:
        """Whether there is room to say what is missing."""
        self._shown = shown
        self.choose()

    @Slot()
    def choose(self) -> None:
        """Show one of both."""
        self._missing.setVisible(self._shown and self._said.isHidden())


def _card() -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    return card


def _within(card: QFrame, border: int) -> QVBoxLayout:
    """What stands inside its edge."""
    layout = QVBoxLayout(card)
    layout.setContentsMargins(border, border, border, border)
    layout.setSpacing(0)
    return layout
