"""A part of a note: its heading, drafted lines, the coach's own, room for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidelight.domain.notes import NotePart, Section
from sidelight.session.wrap_acts import RewriteLine, WithdrawLine, WriteLine
from sidelight.ui.review.notes.lines import Drafted, DraftedRow, WrittenRow
from sidelight.ui.review.notes.wording import ADD_LINE, accept_these
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.discard import discard
from sidelight.ui.widgets.text import Text
from sidelight.ui.wrapup.commitments import OwnLineField
from sidelight.ui.wrapup.wanted import Wanted

if TYPE_CHECKING:
    from sidelight.domain.events import LineWritten
    from sidelight.domain.timeline import Span
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

    Row = DraftedRow | WrittenRow
    Key = Drafted | int
    """A drafted line itself, or the number of one that the coach wrote."""


class PartView(QWidget):
    """Nothing is accepted but by the coach; what is being typed stays.

    Signals:
        acted: What the coach did (``Act``), to be stored.
        opened: A stretch (``Span``) to be shown.
        counted: ``open_lines`` may be another number now.

    Args:
        theme: Fonts and colours.
        playback: What is heard.
        part: Which.
        title: Its heading in the language of the window.
    """

    acted = Signal(object)
    opened = Signal(object)
    counted = Signal()

    def __init__(
        self, theme: Theme, playback: Playback, part: NotePart, title: str
    ) -> None:
        super().__init__()
        self.part = part
        self._theme, self._playback = theme, playback
        self._wanted = Wanted(part.section)
        self._accepted: dict[Span, int] = {}
        self._rows: dict[Key, Row] = {}
        self.accept_all = Button(theme, "")
        self.accept_all.setAccessibleDescription(title)
        self.accept_all.clicked.connect(self.accept_open)
        head = QHBoxLayout()
        head.addWidget(Text(theme, Role.STRONG, title), 1)
        head.addWidget(self.accept_all)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(Space.XXS))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.XS))
        layout.addLayout(head)
        layout.addLayout(self._lines)
        self.field: OwnLineField | None = None
        if not part.section.private:
            self.field = OwnLineField(theme)
            self.field.setPlaceholderText(ADD_LINE)
            self.field.setAccessibleName(f"{title}: {ADD_LINE}")
            self.field.written.connect(self._write)
            layout.addWidget(self.field)

    @property
    def rows(self) -> list[DraftedRow]:
        """The drafted lines, in order of time."""
        return [row for row in self._rows.values() if isinstance(row, DraftedRow)]

    @property
    def written(self) -> list[WrittenRow]:
        """The coach's own lines, as they stand."""
        return [row for row in self._rows.values() if isinstance(row, WrittenRow)]

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
        placed: list[tuple[Span, Key, Row]] = []
        rest: dict[Key, Row] = {}
        for one in drafted:
            row = self._rows.get(one) or self._quote(one)
            placed.append((one.line.span, one, row))
        for line in written:
            row = self._rows.get(line.line) or self._own(line)
            if isinstance(row, WrittenRow):
                row.show_stored(line.text)
            if line.span is None:
                rest[line.line] = row
            else:
                placed.append((line.span, line.line, row))
        placed.sort(key=lambda one: one[0])
        self._arrange({**{key: row for _, key, row in placed}, **rest})
        self._show_ticks()
        self._ask()  # who unticked before the tick was stored

    @property
    def open_lines(self) -> int:
        """So many drafted lines could be accepted now."""
        return sum(row.may_be_ticked for row in self.rows)

    def accept_open(self) -> None:
        """Each of them, as an act of its own."""
        for row in self.rows:
            if row.may_be_ticked:
                self._wanted.ticked[row.span] = True
        self._show_ticks()
        self._ask()

    def save(self) -> None:
        """Have stored what was typed into lines that are there already."""
        for row in list(self._rows.values()):
            row.save()

    def add_typed(self) -> None:
        """Have stored the line that was typed last without Enter, too."""
        if self.field is not None:
            self.field.add()

    def give_up(self) -> None:
        """Something could not be stored: show what is."""
        self._wanted.give_up()
        self._show_ticks()

    def _quote(self, drafted: Drafted) -> DraftedRow:
        row = DraftedRow(self._theme, self._playback, drafted)
        span = drafted.line.span
        if span in self._wanted.heard:
            row.let_quote()
        row.chosen.connect(lambda on: self._choose(span, ticked=on))
        row.heard.connect(lambda: self._hear(span))
        row.rewritten.connect(lambda text: self._rewrite(span, text))
        row.opened.connect(self.opened)
        row.tick.done.connect(lambda: self._go_on(row))
        return row

    def _own(self, line: LineWritten) -> WrittenRow:
        row = WrittenRow(self._theme, self._playback, line)
        number = line.line
        row.rewritten.connect(
            lambda text: self.acted.emit(
                RewriteLine(number, text) if text else WithdrawLine(number)
            )
        )
        row.opened.connect(self.opened)
        return row

    def _arrange(self, rows: dict[Key, Row]) -> None:
        """These and no others, in this order; what is typed in one of them stays."""
        before, self._rows = self._rows, rows
        kept = list(rows.values())
        lost = -1
        gone = [row for row in before.values() if row not in kept]
        for row in gone:
            if row.isAncestorOf(self.window().focusWidget()):
                lost = list(before.values()).index(row)
            self._lines.removeWidget(row)
        discard(gone)
        for place, row in enumerate(kept):
            if self._lines.indexOf(row) != place:
                self._lines.insertWidget(place, row)
                row.show()  # a layout would only do so in the next turn of the loop
        self._follow_reading(kept)
        if lost >= 0 and kept:
            kept[min(lost, len(kept) - 1)].stop.setFocus()

    def _follow_reading(self, rows: list[Row]) -> None:
        """The tab key goes as one reads, whatever was made first."""
        before: QWidget = self.accept_all
        after = [self.field] if self.field is not None else []
        for row in rows:
            for stop in row.stops:
                QWidget.setTabOrder(before, stop)
                before = stop
        for stop in after:
            QWidget.setTabOrder(before, stop)

    def _show_ticks(self) -> None:
        for row in self.rows:
            known = self._wanted.ticked.get(row.span, row.span in self._accepted)
            row.show_ticked(ticked=known)
        self.accept_all.setText(accept_these(self.open_lines))
        some = self.open_lines > 1 and not self.part.section.private
        self.accept_all.setVisible(some)
        self.accept_all.updateGeometry()
        self.counted.emit()

    def _choose(self, span: Span, *, ticked: bool) -> None:
        self._wanted.ticked[span] = ticked
        self._show_ticks()
        self._ask()

    def _hear(self, span: Span) -> None:
        self._wanted.heard.add(span)
        self._show_ticks()

    def _go_on(self, row: DraftedRow) -> None:
        """To the next line that waits, else to one's own."""
        rows = self.rows
        for later in rows[rows.index(row) + 1 :]:
            if later.may_be_ticked:
                later.tick.setFocus()
                return
        (self.field or self).setFocus()

    def _ask(self) -> None:
        for act in self._wanted.acts(self._accepted):
            self.acted.emit(act)

    def _write(self, text: str) -> None:
        self.acted.emit(WriteLine(text, self.part.section, self._heading))

    def _rewrite(self, span: Span, text: str) -> None:
        """The quotation stays where it is in the record; the note says this instead."""
        number = self._accepted.get(span)
        self.acted.emit(
            WriteLine(text, self.part.section, self._heading, span)
            if number is None
            else RewriteLine(number, text)
        )

    @property
    def _heading(self) -> str:
        own = self.part.section is Section.OWN
        return self.part.title if own else ""
