"""The sidebar unfolded: headline, three quiet words, the request, clock and health."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from sidelight.domain.moments import PROCESS_KINDS
from sidelight.ui.kindwords import QUESTIONS
from sidelight.ui.sidebar.headline import LONGEST_TIMES, HeadlineView
from sidelight.ui.sidebar.health_dot import HealthDot
from sidelight.ui.sidebar.wording import (
    ASKED_AT_START,
    CUE_WORDS,
    HEALTH_WORDS,
    HealthLine,
    KindLine,
    Note,
    SidebarTexts,
    Way,
    spoken,
)
from sidelight.ui.theme.tokens import Motion, Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.fading_label import Fade, FadingLabel
from sidelight.ui.widgets.quiet_link import QuietLink
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from sidelight.ui.theme.theme import Theme

_STATES: Final = (ASKED_AT_START, *LONGEST_TIMES)
_LONG_CLOCK: Final = tr("{n} of {planned} min", n=100, planned=180)
"""Beside words. What is longer stands there in the first minute alone."""
_LONGEST_CLOCK: Final = tr("just begun, {planned} min", planned=180)


class Panel(QWidget):
    """Everything the sidebar has to say.

    Args:
        theme: Fonts, colours, spacing.
        width: Of the panel in logical pixels.

    Attributes:
        least_width: Where nothing it may have to say is clipped, in logical pixels.
    """

    def __init__(self, theme: Theme, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin = margin = theme.px(Space.L)
        self.headline = HeadlineView(theme, width - 2 * margin)
        bleed = self.headline.bleed
        self.cue = FadingLabel(
            theme, Role.SMALL, theme.palette.ink, reserve=CUE_WORDS.values()
        )
        self._kinds = {kind: KindRow(theme, kind, bleed) for kind in PROCESS_KINDS}
        self._request = FadingLabel(
            theme, Role.SMALL, theme.palette.ink, lines=2, ends=True, parent=self
        )
        self._request.setObjectName("request")
        self.way = QuietLink(theme, Role.SMALL, tuple(Way), self._request)
        self.way.move(0, self._request.line_height)
        self._rule = Hairline(theme)
        self._foot = Foot(theme, width - 2 * margin)

        kinds = QGridLayout()
        kinds.setHorizontalSpacing(theme.px(Space.M) - bleed)
        kinds.setVerticalSpacing(theme.px(Space.XS))
        kinds.setColumnStretch(1, 1)
        for row, line in enumerate(self._kinds.values()):
            kinds.addWidget(line.name, row, 0)
            kinds.addWidget(line.state, row, 1)

        above = theme.px(Space.L - Space.XXS)
        everything = QVBoxLayout(self)
        everything.setContentsMargins(margin - bleed, above, margin, margin)
        everything.setSpacing(0)
        everything.addWidget(self.headline)
        layout = QVBoxLayout()
        layout.setContentsMargins(bleed, 0, 0, 0)
        layout.setSpacing(0)
        everything.addLayout(layout)
        layout.addSpacing(theme.px(Space.S - Space.XXS))
        layout.addWidget(self.cue)
        layout.addSpacing(theme.px(Space.M - Space.XXS))
        layout.addLayout(kinds)
        layout.addSpacing(theme.px(Space.M))
        layout.addWidget(self._rule)
        layout.addSpacing(theme.px(Space.M))
        layout.addWidget(self._request)
        layout.addSpacing(theme.px(Space.M))
        layout.addWidget(self._foot)

        self.set_width(0)
        self.least_width = everything.minimumSize().width()
        self.set_width(width)

    def set_width(self, width: int) -> None:
        """Set everything anew for this width; the height follows.

        Args:
            width: In logical pixels, at least ``least_width``.
        """
        room = width - 2 * self._margin
        self.headline.set_room(room + self.headline.bleed)
        self._foot.set_room(room)
        self.setFixedWidth(width)
        self.updateGeometry()

    def show_texts(self, texts: SidebarTexts, note: Note | None) -> None:
        """Cross-fade to what has changed; no box changes.

        Args:
            texts: Everything there is to say.
            note: What stands in the request's place now, or ``None``.
        """
        self.headline.show_headline(texts.headline)
        self.cue.show_text(texts.cue, Motion.CUE)
        for line in texts.kinds:
            self._kinds[line.kind].show_line(line)
        self._rule.show_rule(shown=note is not None or bool(texts.request))
        if note is not None:
            self._show_line(note.text, note.text, spoken(note), note.remedy)
        elif texts.request:
            request = f"“{texts.request}”"
            asked = tr("What the client asked for: {request}", request=texts.request)
            self._show_line(request, asked, request, "")
        else:
            self._show_line("", "", "", "")
        self.way.show_word(note.way or "" if note is not None else "")
        self._foot.show_foot(texts.clock, texts.health)

    def _show_line(self, text: str, name: str, under: str, description: str) -> None:
        self._request.show_text(text, Motion.TICK)
        self._request.setAccessibleName(name)
        self._request.setAccessibleDescription(description)
        self._request.setToolTip(escape(under))

    def show_fault(self, text: str) -> None:
        """What went wrong and what to do, under the pointer."""
        self._foot.setToolTip(escape(text))

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.headline.settle()
        self.cue.settle()
        for line in self._kinds.values():
            line.state.settle()
        self._request.settle()
        self._rule.settle()
        self._foot.settle()


class KindRow:
    """One quiet word: its name, and its state in a box of its own."""

    def __init__(self, theme: Theme, kind: str, bleed: int) -> None:
        colors = theme.palette
        self.name = FadingLabel(
            theme, Role.SMALL, colors.ink_soft, reserve=QUESTIONS.values()
        )
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name.show_text(QUESTIONS[kind], 0)
        self._colors = colors
        self.state = FadingLabel(
            theme, Role.SMALL, colors.ink, reserve=_STATES, bleed=bleed
        )
        self._moment = ""

    def show_line(self, line: KindLine) -> None:
        """Cross-fade the state: slowly for a reset, quicker if time has passed."""
        reset = line.moment != self._moment
        self._moment = line.moment
        duration = Motion.RESET if reset else Motion.TICK
        # What is settled is as quiet as what is open: the minutes are one column.
        counts = line.moment and line.state != ASKED_AT_START
        color = self._colors.ink if counts else self._colors.ink_soft
        self.state.show_text(line.state, duration, color)
        self.state.setAccessibleName(line.line)


class Foot(QWidget):
    """Health dot, how things are, and the session's clock: a line, or two.

    Args:
        theme: Fonts, colours, spacing.
        room: Width in logical pixels that it may take.
    """

    def __init__(self, theme: Theme, room: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        soft = theme.palette.ink_soft
        both = [_foot_line(words, _LONG_CLOCK) for words in HEALTH_WORDS]
        self._dot = HealthDot(theme)
        self._line = FadingLabel(theme, Role.SMALL, soft, reserve=both)
        self._words = FadingLabel(theme, Role.SMALL, soft, reserve=HEALTH_WORDS)
        self._clock = FadingLabel(theme, Role.SMALL, soft, reserve=(_LONGEST_CLOCK,))
        self._gap = theme.px(Space.S)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._gap)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._dot, 0, 0)
        for row, label in enumerate((self._line, self._words, self._clock)):
            grid.addWidget(label, row, 1)
        self._least = self._dot.width() + self._gap
        self.set_room(room)

    def set_room(self, room: int) -> None:
        """Say it in one line where it fits, whatever comes up.

        Args:
            room: Width in logical pixels that it may take.
        """
        one = self._least + self._line.sizeHint().width() <= room
        self._line.setVisible(one)
        self._words.setVisible(not one)
        self._clock.setVisible(not one)
        self._grid.removeWidget(self._dot)
        self._grid.addWidget(self._dot, 0 if one else 1, 0)
        self.updateGeometry()

    def show_foot(self, clock: str, health: HealthLine) -> None:
        """Fade to this clock and health."""
        said = tr("Session: {time}", time=clock) if clock else ""
        self._line.show_text(_foot_line(health.beside, clock), Motion.TICK)
        self._line.setAccessibleName(said)  # how things are is the dot's to say
        self._words.show_text(health.beside, Motion.TICK)
        self._clock.show_text(clock, Motion.TICK)
        self._clock.setAccessibleName(said)
        self._dot.show_dot(health.dot, health.spoken)

    def settle(self) -> None:
        """Finish every fade at once."""
        for label in (self._line, self._words, self._clock):
            label.settle()
        self._dot.settle()


def _foot_line(words: str, clock: str) -> str:
    return SEPARATOR.join(filter(None, (words, clock)))


class Hairline(QWidget):
    """A quiet rule; it comes with what stands below it and keeps its place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = QColor(theme.palette.hairline)
        self._fade = Fade(self, theme)
        self._shown = False
        self.setFixedHeight(1)

    def show_rule(self, *, shown: bool) -> None:
        """Fade in or out."""
        if shown is not self._shown:
            self._shown = shown
            self._fade.run(Motion.TICK)

    def settle(self) -> None:
        """Finish a fade at once."""
        self._fade.settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """One line, as far as it has faded in."""
        with QPainter(self) as painter:
            painter.setOpacity(self._fade.coming if self._shown else self._fade.leaving)
            painter.fillRect(event.rect(), self._color)
