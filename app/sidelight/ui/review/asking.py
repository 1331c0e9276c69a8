"""What the review asks, and what it explains: wrap-up, unheard keys, every cue."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.domain.events import CueShown
from sidelight.domain.moments import PROCESS_KINDS
from sidelight.session.wrap_acts import SettleMoment
from sidelight.session.wrapping_up import missing, unsettled
from sidelight.ui.kindwords import kind_title
from sidelight.ui.sidebar.wording import cue_words
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr, tr_below
from sidelight.ui.wrapup.wording import missing_words

if TYPE_CHECKING:
    from sidelight.domain.events import CueHeld
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.ui.theme.theme import Theme

NONE_OF_THESE: Final = tr("none of these")
WRAP_UP: Final = tr("Wrap up")
EXPORT: Final = tr("Export")

_MANY: Final = 2_000
"""Utterances, more than an hour has: they are read through in a turn of the loop of
their own, so that the window need not wait for it."""


class Asking(QWidget):
    """Export and wrap-up; what is asked and explained stands on a card of its own.

    Attributes:
        missing: What the wrap-up still lacks.
        card: The questions, and each cue with its reason; hidden while there is none.

    Signals:
        wrap_up_asked: The wrap-up is to be opened (again).
        export_asked: Something is to leave.
        acted: What the coach settled (``Act``), to be stored.

    Args:
        theme: Fonts and colours.
    """

    wrap_up_asked = Signal()
    export_asked = Signal()
    acted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._asked: tuple[Moment, ...] = ()
        self._read: tuple[object, ...] = ()
        self.rows: list[_Question] = []
        self.missing = Text(theme, Role.SMALL, soft=True)
        self.cues = Button(theme, "")
        self.cues.setCheckable(True)
        self.cues.setToolTip(tr("Each with its reason"))
        self.export = Button(theme, EXPORT)
        self.export.setToolTip("Ctrl+E")
        self.export.clicked.connect(self.export_asked)
        self.wrap_up = Button(theme, WRAP_UP)
        self.wrap_up.clicked.connect(self.wrap_up_asked)
        self.explained = Text(theme, Role.SMALL, soft=True)
        self.cues.toggled.connect(self._explain)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(Space.S))
        for button in (self.cues, self.export, self.wrap_up):
            line.addWidget(button)
        self.card = QFrame()
        self.card.setObjectName("card")
        self._layout = QVBoxLayout(self.card)
        side, top = theme.px(Space.L), theme.px(Space.S)
        self._layout.setContentsMargins(side, top, top, top)
        self._layout.setSpacing(theme.px(Space.XS))
        self._layout.addWidget(self.explained)
        self.card.hide()
        self._cues: tuple[str, ...] = ()

    def show_story(self, story: Story) -> None:
        """Ask and explain it of this story."""
        self._tell_missing(story)
        self._cues = cue_lines(story)
        self.cues.setText(cues_told(story))
        self.cues.setVisible(bool(self._cues))
        self.cues.updateGeometry()
        self._explain()
        asked = unsettled(story)
        if asked != self._asked:
            self._asked = asked
            self._ask(asked)
            self._explain()

    def _tell_missing(self, story: Story) -> None:
        """Read through what was said only where that is another than before.

        Of three hours it takes a moment, and every decision about a moment comes by.
        """
        read = (story.utterances, story.request, story.wrap_up, story.ended)
        same = len(self._read) == len(read) and all(map(is_, read, self._read))
        if same:
            return
        self._read = read
        if len(story.utterances) < _MANY:
            self.missing.setText(missing_words(missing(story)))
            return

        def once_it_is_seen() -> None:
            if self._read is read:
                self.missing.setText(missing_words(missing(story)))

        QTimer.singleShot(0, self, once_it_is_seen)

    def _explain(self) -> None:
        shown = bool(self._cues) and self.cues.isChecked()
        self.explained.say("\n".join(self._cues) if shown else "")
        self.card.setVisible(shown or bool(self.rows))

    def _ask(self, moments: tuple[Moment, ...]) -> None:
        for row in self.rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [_Question(self._theme, moment) for moment in moments]
        for place, row in enumerate(self.rows):
            row.settled.connect(self.acted)
            self._layout.insertWidget(place, row)
            row.show()  # a layout would only do so in the next turn of the loop


class _Question(QWidget):
    """A key without words: what was it?"""

    settled = Signal(object)

    def __init__(self, theme: Theme, moment: Moment) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.S))
        text = question(moment)
        layout.addWidget(Text(theme, Role.SMALL, text), 1)
        self.answers = {kind: Button(theme, kind_title(kind)) for kind in PROCESS_KINDS}
        none = Button(theme, NONE_OF_THESE)
        for kind, answer in (*self.answers.items(), (None, none)):
            answer.setAccessibleDescription(text)
            act = SettleMoment(moment.id, kind)
            answer.clicked.connect(lambda _, act=act: self.settled.emit(act))
            layout.addWidget(answer)


def question(moment: Moment) -> str:
    """What is asked of a moment of which only the key is known."""
    at, kind = clock(moment.at), kind_title(moment.kind)
    return tr(
        "{at} · Your key, and no words. It counts as {kind}. What was it?",
        at=at,
        kind=kind,
    )


def cues_told(story: Story) -> str:
    """How many cues appeared and how many did not."""
    held = len(story.held)
    if not story.cues:
        return tr("Cues held back: {n}", n=held)
    return tr("Cues shown: {n}, held back: {held}", n=len(story.cues), held=held)


def cue_lines(story: Story) -> tuple[str, ...]:
    """Every cue with what became of it and why, in order of time."""
    both: list[CueShown | CueHeld] = [*story.cues, *story.held]
    both.sort(key=lambda one: (one.cue.opened, one.at))
    return tuple(_cue_line(one) for one in both)


def _cue_line(one: CueShown | CueHeld) -> str:
    told = f"{clock(one.cue.opened)} · {cue_words(one.cue)}"
    if isinstance(one, CueShown):
        return tr("{cue} · shown at {at}", cue=told, at=clock(one.at))
    because = "; ".join(tr_below(hold.explained, "hold") for hold in one.because)
    return tr("{cue} · held back: {why}", cue=told, why=because)
