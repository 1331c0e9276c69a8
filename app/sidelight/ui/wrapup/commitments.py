"""What the client said they will do: drafted lines to tick, and lines of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sidelight.domain.notes import Section
from sidelight.session.wrap_acts import LONGEST_LINE, WithdrawLine, WriteLine
from sidelight.session.wrapping_up import drafted_commitments
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Reading, Text, label
from sidelight.ui.widgets.tick import BOX, Tick
from sidelight.ui.words import tr
from sidelight.ui.wrapup.wanted import Wanted
from sidelight.ui.wrapup.wording import ADD, DOUBTFUL, LINES_HELP, lines_heading

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.domain.events import LineWritten
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.ui.theme.theme import Theme


class Commitments(QWidget):
    """Nothing is ticked but by the coach.

    Signals:
        acted: What the coach did (``Act``), to be stored.

    Args:
        theme: Fonts and colours.
    """

    acted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._wanted = Wanted()
        self._accepted: dict[Span, int] = {}
        self._shown: object = None
        self.ticks: dict[Span, Tick] = {}
        self._rows: list[QWidget] = []
        self._heading = label(theme, "")
        self._help = Text(theme, Role.SMALL, LINES_HELP, soft=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.field = OwnLineField(theme)
        self.field.written.connect(lambda text: self.acted.emit(WriteLine(text)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.XS + Space.XXS))
        layout.addWidget(self._heading)
        layout.addWidget(self._help)
        layout.addLayout(self._lines)
        layout.addWidget(self.field)

    @property
    def stops(self) -> list[QWidget]:
        """What takes the keyboard, in order."""
        removes = [one for row in self._rows for one in row.findChildren(Button)]
        return [*self.ticks.values(), *removes, self.field]

    def show_story(self, story: Story) -> None:
        """Show how things stand in the record; what is being typed stays."""
        self._heading.setText(lines_heading(story))
        accepted = [
            x for x in story.wrap_up.accepted if x.section is Section.COMMITMENTS
        ]
        self._accepted = {line.span: line.line for line in accepted}
        self._wanted.learn(self._accepted)
        drafted = [(x.span, x.quote, x.doubt) for x in drafted_commitments(story)]
        sure = [(span, quote) for span, quote, doubt in drafted if doubt is None]
        to_tick = sorted([*sure, *((x.span, x.quote) for x in accepted)])
        doubtful = [quote for _, quote, doubt in drafted if doubt is not None]
        written = [x for x in story.wrap_up.written if x.section is Section.COMMITMENTS]
        if (shown := (to_tick, doubtful, written)) != self._shown:
            self._shown = shown
            self._lay_out(to_tick, doubtful, written)
        self._show_ticks()
        self._ask()  # who unticked before the tick was stored

    def give_up(self) -> None:
        """Something could not be stored: show what is."""
        self._wanted.give_up()
        self._show_ticks()

    def _show_ticks(self) -> None:
        for span, tick in self.ticks.items():
            tick.setChecked(self._wanted.ticked.get(span, span in self._accepted))

    def _choose(self, span: Span, *, ticked: bool) -> None:
        self._wanted.ticked[span] = ticked
        self._ask()

    def _ask(self) -> None:
        for act in self._wanted.acts(self._accepted):
            self.acted.emit(act)

    def _lay_out(
        self,
        to_tick: list[tuple[Span, str]],
        doubtful: list[str],
        written: list[LineWritten],
    ) -> None:
        kept = [span for span, tick in self.ticks.items() if tick.hasFocus()]
        for row in self._rows:
            self._lines.removeWidget(row)
            row.hide()
            _forget(row)
            row.deleteLater()
        self.ticks.clear()
        self._rows = []
        for span, quote in to_tick:
            tick = Tick(self._theme, f"“{quote}”")
            tick.clicked.connect(lambda on, span=span: self._choose(span, ticked=on))
            self.ticks[span] = tick
            self._add(tick)
        for quote in doubtful:
            self._add(self._doubtful(quote))
        for line in written:
            self._add(self._written(line))
        for span in kept:
            if span in self.ticks:
                self.ticks[span].setFocus()

    def _doubtful(self, quote: str) -> QWidget:
        """Not to be ticked: nobody may quote what was not understood."""
        row, layout = self._row()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Reading(self._theme, Role.BODY, f"“{quote}”", soft=True))
        words.addWidget(Text(self._theme, Role.SMALL, DOUBTFUL, soft=True))
        layout.addLayout(words, 1)
        return row

    def _written(self, line: LineWritten) -> QWidget:
        row, layout = self._row()
        layout.addWidget(Reading(self._theme, Role.BODY, line.text), 1)
        remove = Button(self._theme, tr("Remove"))
        remove.setAccessibleDescription(line.text)
        remove.clicked.connect(lambda: self.acted.emit(WithdrawLine(line.line)))
        layout.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _row(self) -> tuple[QWidget, QHBoxLayout]:
        row = QWidget()
        layout = QHBoxLayout(row)
        pad = self._theme.px(Space.XS)
        left = self._theme.px(Space.S + BOX + Space.M)  # as the words of a tick
        layout.setContentsMargins(left, pad, 0, pad)
        layout.setSpacing(self._theme.px(Space.M))
        return row, layout

    def _add(self, row: QWidget) -> None:
        self._rows.append(row)
        self._lines.addWidget(row)
        row.show()  # a layout would only do so in the next turn of the loop


class OwnLineField(QLineEdit):
    """Enter adds the line and makes room for the next.

    Signals:
        written: A line (``str``), not empty.

    Args:
        theme: Fonts.
    """

    written = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFont(theme.font(Role.BODY))
        self.setAccessibleName(ADD)
        self.setPlaceholderText(tr("{add}, then Enter", add=ADD))
        self.setMaxLength(LONGEST_LINE)

    def add(self) -> None:
        """Add what was typed, if anything was."""
        line = " ".join(self.text().split())
        if line:
            self.clear()
            self.written.emit(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds; with Control it is the window's, which is done then."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.add()
        else:
            super().keyPressEvent(event)


def _forget(row: QWidget) -> None:
    """No word of it stays until it is deleted."""
    for part in (row, *row.findChildren(QWidget)):
        if isinstance(part, Tick):
            part.forget()
        elif isinstance(part, Text):
            part.clear()
        part.setAccessibleDescription("")
