"""A part of a note: its heading, drafted lines, the coach's own, room for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidelight.domain.notes import NotePart, Section
from sidelight.session.wrap_acts import WriteLine
from sidelight.ui.review.notes.lines import Drafted, DraftedRow, WrittenRow
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.discard import discard
from sidelight.ui.widgets.text import Text
from sidelight.ui.wrapup.commitments import OwnLineField
from sidelight.ui.wrapup.wanted import Wanted

if TYPE_CHECKING:
    from sidelight.domain.events import LineWritten
    from sidelight.domain.timeline import Span
    from sidelight.ui.theme.theme import Theme


class PartView(QWidget):
    """Nothing is accepted but by the coach; what is being typed stays.

    Signals:
        acted: What the coach did (``Act``), to be stored.
        play: A stretch (``Span``) to be heard.
        opened: A stretch (``Span``) to be shown.

    Args:
        theme: Fonts and colours.
        part: Which.
    """

    acted = Signal(object)
    play = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, part: NotePart) -> None:
        super().__init__()
        self.part = part
        self._theme = theme
        self._wanted = Wanted(part.section)
        self._accepted: dict[Span, int] = {}
        self._shown: object = None
        self.rows: list[DraftedRow] = []
        self.written: list[WrittenRow] = []
        self.accept_all = Button(theme, "")
        self.accept_all.clicked.connect(self._accept_all)
        head = QHBoxLayout()
        head.addWidget(Text(theme, Role.STRONG, part.title), 1)
        head.addWidget(self.accept_all)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(2))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.XS))
        layout.addLayout(head)
        layout.addLayout(self._lines)
        self.field: OwnLineField | None = None
        if not part.section.private:
            self.field = OwnLineField(theme)
            self.field.written.connect(self._write)
            layout.addWidget(self.field)

    def show_lines(
        self,
        drafted: tuple[Drafted, ...],
        written: tuple[LineWritten, ...],
        accepted: dict[Span, int],
    ) -> None:
        """Show how things stand in the record.

        Args:
            drafted: Of this part, in order of time.
            written: The coach's own, in the order of writing.
            accepted: Numbers of the drafted lines that are accepted, by their sound.
        """
        self._accepted = accepted
        self._wanted.learn(accepted)
        if (drafted, written) != self._shown:
            self._shown = drafted, written
            self._lay_out(drafted, written)
        self._show_ticks()
        self._ask()  # who unticked before the tick was stored

    def save(self) -> None:
        """Have stored what was typed into lines that are there already."""
        for row in self.written:
            row.save()

    def add_typed(self) -> None:
        """Have stored the line that was typed last without Enter, too."""
        if self.field is not None:
            self.field.add()

    def give_up(self) -> None:
        """Something could not be stored: show what is."""
        self._wanted.give_up()
        self._show_ticks()

    def _lay_out(
        self, drafted: tuple[Drafted, ...], written: tuple[LineWritten, ...]
    ) -> None:
        had = next((row.span for row in self.rows if row.tick.hasFocus()), None)
        old: list[QWidget] = [*self.rows, *self.written]
        for row in old:
            self._lines.removeWidget(row)
        discard(old)
        self.rows = [DraftedRow(self._theme, one) for one in drafted]
        self.written = [WrittenRow(self._theme, line) for line in written]
        for place, row in enumerate(self.rows):
            if row.span in self._wanted.heard:
                row.let_quote()
            row.chosen.connect(lambda on, row=row: self._choose(row, ticked=on))
            row.play.connect(self._hear)
            row.opened.connect(self.opened)
            row.tick.done.connect(lambda place=place: self._go_on(place))
        for own in self.written:
            own.acted.connect(self.acted)
        for one in (*self.rows, *self.written):
            self._lines.addWidget(one)
            one.show()  # a layout would only do so in the next turn of the loop
        for row in self.rows:
            if row.span == had:
                row.tick.setFocus()

    def _show_ticks(self) -> None:
        for row in self.rows:
            known = self._wanted.ticked.get(row.span, row.span in self._accepted)
            row.show_ticked(ticked=known)
        open_ones = sum(row.may_be_ticked for row in self.rows)
        self.accept_all.setText(f"Accept these {open_ones}")
        self.accept_all.setVisible(open_ones > 1 and not self.part.section.private)
        self.accept_all.setAccessibleDescription(self.part.title)
        self.accept_all.updateGeometry()

    def _choose(self, row: DraftedRow, *, ticked: bool) -> None:
        self._wanted.ticked[row.span] = ticked
        self._show_ticks()
        self._ask()

    def _accept_all(self) -> None:
        for row in self.rows:
            if row.may_be_ticked:
                self._wanted.ticked[row.span] = True
        self._show_ticks()
        self._ask()

    def _hear(self, span: Span) -> None:
        self._wanted.heard.add(span)
        self._show_ticks()
        self.play.emit(span)

    def _go_on(self, place: int) -> None:
        """To the next line that waits, else to one's own."""
        for row in self.rows[place + 1 :]:
            if row.may_be_ticked:
                row.tick.setFocus()
                return
        self.focusNextChild()

    def _ask(self) -> None:
        for act in self._wanted.acts(self._accepted):
            self.acted.emit(act)

    def _write(self, text: str) -> None:
        section = self.part.section
        heading = self.part.title if section is Section.OWN else ""
        self.acted.emit(WriteLine(text, section, heading))
