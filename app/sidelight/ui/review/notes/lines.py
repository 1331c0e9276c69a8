"""The lines of a note: drafted ones to accept, and those that the coach wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.domain.notes import Standing
from sidelight.session.wrap_acts import LONGEST_LINE, RewriteLine, WithdrawLine
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.place_link import PlaceLink
from sidelight.ui.widgets.play_button import PlayButton
from sidelight.ui.widgets.text import Text
from sidelight.ui.widgets.tick import BOX, Tick

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.domain.events import LineWritten
    from sidelight.domain.notes import DraftLine
    from sidelight.ui.theme.theme import Theme

UNCHECKED: Final = "unchecked"
ACCEPTED: Final = "accepted"
DOUBTFUL: Final = "not sure of these words: listen before accepting"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a row shows of a drafted line, whatever the coach says of it.

    Attributes:
        line: The line, as if nobody had looked at it.
        told: What is observed and asked there, or ``""``.
        settled: It was accepted elsewhere (the coach confirmed the moment).
    """

    line: DraftLine
    told: str = ""
    settled: bool = False


def unmarked(line: DraftLine) -> DraftLine:
    """The line as if nobody had looked at it: a tick does not make it another row."""
    return replace(line, standing=Standing.UNCHECKED, heard=False)


class _Tick(Tick):
    """Enter accepts as space does, and the keyboard goes on to the next line."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One key a line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            self.done.emit()
        else:
            super().keyPressEvent(event)


class DraftedRow(QWidget):
    """The quote with its tick, where it can be heard, and how it stands.

    Signals:
        chosen: Ticked or not (``bool``), by the coach.
        play: Its sound (``Span``) is to be heard.
        opened: Its place (``Span``) is to be shown.

    Args:
        theme: Fonts and colours.
        drafted: What it shows.
    """

    chosen = Signal(bool)
    play = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, drafted: Drafted) -> None:
        super().__init__()
        line = drafted.line
        self.span = line.span
        self._doubted = line.doubt is not None
        self._settled = drafted.settled
        words = f"“{line.quote}”" if line.quote else drafted.told
        self.tick = _Tick(theme, words)
        self.tick.clicked.connect(self.chosen)
        time = clock(line.span.start)
        self.play_button = PlayButton(theme, time)
        self.play_button.clicked.connect(self._hear)
        link = PlaceLink(theme, time, line.quote)
        link.clicked.connect(lambda: self.opened.emit(line.span))
        self._state = Text(theme, Role.SMALL, soft=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(theme.px(Space.S))
        top.addWidget(self.tick, 1)
        top.addWidget(self.play_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        below = QHBoxLayout()
        left = theme.px(Space.S + BOX + Space.M)
        below.setContentsMargins(left, 0, 0, theme.px(Space.XS))
        below.setSpacing(theme.px(Space.XS))
        below.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self._state)
        if line.quote and drafted.told:
            told.addWidget(Text(theme, Role.SMALL, drafted.told, soft=True))
        below.addLayout(told, 1)
        layout.addLayout(below)
        self.show_ticked(ticked=False)

    @property
    def may_be_ticked(self) -> bool:
        """Whether a tick would say something that the coach knows."""
        return self.tick.isEnabled() and not self.tick.isChecked()

    def show_ticked(self, *, ticked: bool) -> None:
        """How it stands, as far as the window knows."""
        ticked = ticked or self._settled
        self.tick.setChecked(ticked)
        self.tick.setEnabled(not self._settled and (ticked or not self._doubted))
        if self._doubted and not ticked:
            self._state.setText(f"{UNCHECKED} · {DOUBTFUL}")
        else:
            self._state.setText(ACCEPTED if ticked else UNCHECKED)

    def let_quote(self) -> None:
        """The coach has listened: these words may be accepted although doubted."""
        self._doubted = False

    def _hear(self) -> None:
        self.let_quote()
        self.show_ticked(ticked=self.tick.isChecked())
        self.play.emit(self.span)


class WrittenRow(QWidget):
    """A line in the coach's own words, changed where it stands; emptied, it goes.

    Signals:
        acted: What the coach did (``Act``), to be stored.

    Args:
        theme: Fonts and colours.
        line: As it is stored.
    """

    acted = Signal(object)

    def __init__(self, theme: Theme, line: LineWritten) -> None:
        super().__init__()
        self._line = line
        self.field = QLineEdit(line.text)
        self.field.setFont(theme.font(Role.BODY))
        self.field.setMaxLength(LONGEST_LINE)
        self.field.setAccessibleName("Your line")
        self.field.setCursorPosition(0)
        self.field.editingFinished.connect(self.save)
        remove = Button(theme, "Remove")
        remove.setAccessibleDescription(line.text)
        remove.clicked.connect(lambda: self.acted.emit(WithdrawLine(line.line)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        layout.setSpacing(theme.px(Space.S))
        layout.addWidget(self.field, 1)
        layout.addWidget(remove)
        self._sent = line.text

    def save(self) -> None:
        """Have stored what was typed, if it is another line now."""
        text = " ".join(self.field.text().split())
        if text == self._sent:
            return
        self._sent = text
        number = self._line.line
        self.acted.emit(RewriteLine(number, text) if text else WithdrawLine(number))
