"""The lines of a note: drafted ones to accept, and those that the coach wrote."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.domain.notes import Standing
from sidelight.ui.review.notes.field import LineField
from sidelight.ui.review.play_button import PlayButton
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.timewords import SEPARATOR
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.discard import discard
from sidelight.ui.widgets.place_link import PlaceLink
from sidelight.ui.widgets.quiet_button import QuietButton, Sign
from sidelight.ui.widgets.text import Reading
from sidelight.ui.widgets.tick import BOX, Tick
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from sidelight.domain.events import LineWritten
    from sidelight.domain.notes import DraftLine
    from sidelight.domain.timeline import Millis
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

UNCHECKED: Final = tr("suggested, not in the note")
ACCEPTED: Final = tr("in the note")
DOUBTFUL: Final = tr("not sure of these words: listen before you tick them")
UNHEARD: Final = tr("not sure of these words: only your own can stand here")
EDIT: Final = tr("Say it in your own words (E)")
KEYS: Final = tr("Enter: it goes into the note, or not. P: hear it. E: your own words.")
EMPTIED: Final = tr("A line that you empty is gone.")


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a row shows of a drafted line, whatever the coach says of it.

    Attributes:
        line: The line, as if nobody had looked at it.
        told: What is observed and asked there, or ``""``.
        settled: It was accepted elsewhere (the coach confirmed the moment).
        own_words: The coach may put it into words of their own.
        moment_at: The time that is told of the moment it is about; ``None``: it is
            about none, and its words' own time is told.
    """

    line: DraftLine
    told: str = ""
    settled: bool = False
    own_words: bool = False
    moment_at: Millis | None = None

    @property
    def at(self) -> Millis:
        """The time that is told of it."""
        return self.line.span.start if self.moment_at is None else self.moment_at


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
        heard: The coach asked to hear it.
        opened: Its place (``Span``) is to be shown.
        rewritten: The coach's words for it (``str``).

    Args:
        theme: Fonts and colours.
        playback: What is heard.
        drafted: What it shows.
    """

    chosen = Signal(bool)
    heard = Signal()
    opened = Signal(object)
    rewritten = Signal(str)

    def __init__(self, theme: Theme, playback: Playback, drafted: Drafted) -> None:
        super().__init__()
        self._theme, self._playback = theme, playback
        line, self._quote = drafted.line, drafted.line.quote
        span = self.span = line.span
        self._doubted, self._settled = line.doubt is not None, drafted.settled
        self.field: LineField | None = None
        words = f"“{line.quote}”" if line.quote else drafted.told
        self.tick = _Tick(theme, words)
        self.tick.clicked.connect(self.chosen)
        self.play_button = PlayButton(theme, playback, line.span)
        self.play_button.heard.connect(self._hear)
        self.link = PlaceLink(theme, clock(drafted.at), line.quote)
        self.link.clicked.connect(lambda: self.opened.emit(span))
        self._state = Reading(theme, Role.SMALL, soft=True)
        top = QHBoxLayout()
        top.setSpacing(theme.px(Space.XS))
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        self._words.addWidget(self.tick)
        tools = QHBoxLayout()
        tools.addWidget(self.play_button)
        top.addLayout(self._words, 1)
        top.addLayout(tools)
        top.setAlignment(tools, Qt.AlignmentFlag.AlignTop)
        self._on_key("P", self.play_button.click)
        if drafted.own_words:
            self.edit = QuietButton(theme, Sign.EDIT, EDIT, self)
            self.edit.setToolTip(EDIT)
            self.edit.clicked.connect(self.begin)
            tools.addWidget(self.edit)
            for key in ("E", "F2"):
                self._on_key(key, self.begin)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self._state)
        if line.quote and drafted.told:
            told.addWidget(Reading(theme, Role.SMALL, drafted.told, soft=True))
        below = QHBoxLayout()
        left = theme.px(Space.S + BOX + Space.M)
        below.setContentsMargins(left, 0, 0, theme.px(Space.XS))
        below.setSpacing(theme.px(Space.XS))
        below.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        below.addLayout(told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addLayout(below)
        playback.changed.connect(self._tell)
        self.show_ticked(ticked=False)

    @property
    def may_be_ticked(self) -> bool:
        """Whether a tick would say something that the coach knows."""
        free = self.tick.isEnabled() and self.tick.isCheckable()
        return free and not self.tick.isChecked()

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard first."""
        return self.tick if self.field is None else self.field

    def _on_key(self, keys: str, act: Callable[[], object]) -> None:
        """While the keyboard is on the tick: elsewhere people type."""
        shortcut = QShortcut(QKeySequence(keys), self.tick)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    def show_ticked(self, *, ticked: bool) -> None:
        """How it stands, as far as the window knows."""
        ticked = ticked or self._settled
        # What cannot be accepted yet can be gone to, heard and put into other words.
        self.tick.setCheckable(ticked or not self._doubted)
        self.tick.setChecked(ticked)
        self.tick.setEnabled(not self._settled)
        self._tell()

    def let_quote(self) -> None:
        """The coach has listened: these words may be accepted although doubted."""
        self._doubted = False

    def begin(self) -> None:
        """Say it in one's own words, where it stands."""
        if self.field is not None:
            return
        self.field = LineField(self._theme, self._quote, as_typed=False)
        self.field.saved.connect(self._rewrite)
        self.field.left.connect(self._end)
        self._words.insertWidget(0, self.field)
        QWidget.setTabOrder(self.tick, self.field)
        self.tick.hide()
        self.field.show()
        self.field.setFocus()

    def save(self) -> None:
        """Have stored what is being typed."""
        if self.field is not None:
            self.field.save()

    def forget(self) -> None:
        """No word of it stays until it is deleted."""
        self._quote = ""

    def _rewrite(self, text: str) -> None:
        if text:  # a quotation that was emptied comes back: it is the record's
            self.rewritten.emit(text)

    def _end(self) -> None:
        field, self.field = self.field, None
        if field is not None:
            had = field.hasFocus()
            self._words.removeWidget(field)
            self.tick.show()
            if had:
                self.tick.setFocus()
            discard([field])

    def _hear(self) -> None:
        self.let_quote()
        self.show_ticked(ticked=self.tick.isChecked())
        self.heard.emit()

    def _tell(self) -> None:
        ticked = self.tick.isChecked()
        state = ACCEPTED if ticked else UNCHECKED
        if self._doubted and not ticked:
            why = DOUBTFUL if self._playback.available else UNHEARD
            state = SEPARATOR.join((state, why))
        self._state.setText(state)
        self.tick.setAccessibleDescription(f"{state}. {KEYS}")


class WrittenRow(QWidget):
    """A line in the coach's own words, changed where it stands; emptied, it goes.

    Signals:
        rewritten: It says this now (``str``); ``""``: it goes.
        opened: The place (``Span``) that it stands for is to be shown.

    Args:
        theme: Fonts and colours.
        playback: What is heard.
        line: As it is stored.
    """

    rewritten = Signal(str)
    opened = Signal(object)

    def __init__(self, theme: Theme, playback: Playback, line: LineWritten) -> None:
        super().__init__()
        self.span = line.span
        self.field = LineField(theme, line.text, as_typed=True)
        self.field.setAccessibleDescription(EMPTIED)
        self.field.setToolTip(EMPTIED)
        self.field.saved.connect(self.rewritten)
        remove = Button(theme, tr("Remove"))
        remove.setAccessibleDescription(line.text)
        remove.clicked.connect(lambda: self.rewritten.emit(""))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.px(Space.XXS), 0, theme.px(Space.XXS))
        layout.setSpacing(theme.px(Space.S))
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self.field, 1)
        if line.span is not None:
            span = line.span
            link = PlaceLink(theme, clock(span.start), line.text)
            link.clicked.connect(lambda: self.opened.emit(span))
            layout.addWidget(link, 0, top)
            layout.addWidget(PlayButton(theme, playback, span), 0, top)
        layout.addWidget(remove, 0, top)

    @property
    def stop(self) -> QWidget:
        """What takes the keyboard first."""
        return self.field

    def show_stored(self, text: str) -> None:
        """The record says this; what is being typed stays."""
        self.field.show_stored(text)

    def save(self) -> None:
        """Have stored what was typed, if it is another line now."""
        self.field.save()
