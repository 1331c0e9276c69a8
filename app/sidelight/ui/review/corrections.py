"""The coach decides about moments in the review, one key each.

| key | does |
| --- | --- |
| Y · N | it is so · there was no such moment; of a mark to settle, and on to the next |
| C | it is something else: a menu of kinds |
| A | the selected words are a moment that nothing found: the same menu |
| H | on to the next mark to settle |
| E · J · S · O | the words: ``ui.review.rewording`` |
| Ctrl+Z · Ctrl+Shift+Z | undo, redo, without end |
| F1 | these keys, and away with them |

Nothing is changed here: what the coach decides is asked for by signal, and shown when
it is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from sidelight.domain.story import Story
from sidelight.domain.timeline import Millis
from sidelight.session.decision_acts import (
    AddMissed,
    ConfirmMoment,
    CorrectMoment,
    RedoDecision,
    RemoveMoment,
    UndoDecision,
)
from sidelight.session.wrapping_up import unsettled
from sidelight.ui.review.decided_words import news
from sidelight.ui.review.kind_menu import KindMenu
from sidelight.ui.review.rewording import HELP
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr, tr_n

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.domain.moments import Form, Moment
    from sidelight.ui.itemmodels.moments import MomentRow, MomentsModel
    from sidelight.ui.itemmodels.transcript import TranscriptModel
    from sidelight.ui.review.selection import Selection
    from sidelight.ui.theme.theme import Theme

NO_MOMENT: Final = tr("Select a moment first.")
NO_WORDS: Final = tr("Select what you said first.")
GONE: Final = tr("This moment does not count any more. Undo takes your decision back.")
ALREADY: Final = tr("You said so already. C corrects it, N removes it.")
SETTLED: Final = tr("There is nothing to settle.")
_MOMENTS_HELP: Final = tr(
    "Y  it is so   ·   N  there was no such moment   ·   C  it is something else   ·"
    "   A  add one to the selected words   ·   H  next mark to settle\n"
    "Ctrl+Z  undo   ·   Ctrl+Shift+Z  redo   ·   "
    "Left, Right  moment by moment in the timeline   ·   Tab  to the lists"
)
_PARTS: Final = tr(
    "Ctrl+1 to Ctrl+4  the pages beside the transcript   ·   Ctrl+5  the transcript"
    "   ·   Ctrl+0  with the timeline or without   ·   Ctrl+F  find"
)


class Corrections(QWidget):
    """Undo, redo and the keys; what they have to say stands where there is room.

    Attributes:
        said: What was decided last, or is to be settled.
        help: What every key does; hidden until it is wanted.

    Signals:
        acted: What the coach decides (``DecisionAct``), to be stored.
        told: What there is to say is another, or nothing now.
        went_on: The next mark to settle was selected.

    Args:
        theme: Fonts and colours.
        selection: What the keys are about.
        transcript: Its utterances as rows.
        moments: Its moments as rows.
    """

    acted = Signal(object)
    told = Signal()
    went_on = Signal()

    def __init__(
        self,
        theme: Theme,
        selection: Selection,
        transcript: TranscriptModel,
        moments: MomentsModel,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._selection = selection
        self._transcript, self._moments = transcript, moments
        self._story = Story()
        self.said = Text(theme, Role.SMALL, soft=True)
        self.said.hide()
        self.undo = Button(theme, tr("Undo"))
        self.redo = Button(theme, tr("Redo"))
        self.keys = Button(theme, tr("Keys"))
        self.keys.setCheckable(True)
        keys = f"{_MOMENTS_HELP}\n{HELP}\n{_PARTS}"
        self.help = Text(theme, Role.SMALL, keys, soft=True)
        self.help.hide()
        self.undo.clicked.connect(lambda: self.acted.emit(UndoDecision()))
        self.redo.clicked.connect(lambda: self.acted.emit(RedoDecision()))
        self.keys.toggled.connect(self.help.setVisible)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(Space.S))
        for button in (self.undo, self.redo, self.keys):
            line.addWidget(button)

    def listen_in(self, *views: QWidget) -> None:
        """Let the keys work where one of these has the focus.

        Single letters are for them alone: elsewhere people type.
        """
        for keys, does in (
            ("Y", self._confirm),
            ("N", self._remove),
            (Qt.Key.Key_Delete, self._remove),
            ("C", self._correct),
            ("A", self._add),
            ("H", self._go_on),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(does)
            for view in views:
                view.addAction(action)
        for keys, button in (
            ("Ctrl+Z", self.undo),
            ("Ctrl+Shift+Z", self.redo),
            ("Ctrl+Y", self.redo),
            ("F1", self.keys),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(button.click)

    def show_story(self, story: Story) -> None:
        """What was decided is stored: say so."""
        told = news(self._story.decided, story) if self._story.last_seq else ""
        self._story = story
        self.undo.setEnabled(story.decided.to_undo is not None)
        self.redo.setEnabled(story.decided.to_redo is not None)
        self.tell(told)

    @property
    def waiting(self) -> list[Moment]:
        """What is to be settled: hollow marks, keys without words; in order of time."""
        story = self._story
        found = (*story.hollow, *unsettled(story))
        return sorted(found, key=lambda one: (one.span, one.id))

    def tell(self, text: str) -> None:
        """Say this; with nothing to say, how much is to be settled."""
        waiting = len(self.waiting)
        if not text and waiting:
            text = tr_n("{n} mark to settle: H", "{n} marks to settle: H", waiting)
        self.said.say(text)
        self.told.emit()

    def _confirm(self) -> None:
        moment = self._about()
        if moment is None:
            return
        if moment.id in self._story.confirmed:
            self.tell(ALREADY)
            return
        self._settle(moment, ConfirmMoment(moment.id))

    def _remove(self) -> None:
        moment = self._about()
        if moment is not None:
            self._settle(moment, RemoveMoment(moment.id))

    def _settle(self, moment: Moment, act: ConfirmMoment | RemoveMoment) -> None:
        waiting = self.waiting
        self.acted.emit(act)
        if moment in waiting:
            self._select_after(moment, [one for one in waiting if one != moment])

    def _correct(self) -> None:
        moment = self._about()
        if moment is None:
            return
        moment_id = moment.id
        self._choose(
            moment.quote,
            lambda kind, form: self.acted.emit(CorrectMoment(moment_id, kind, form)),
        )

    def _add(self) -> None:
        said = self._selection.utterance
        number = None if said is None else self._transcript.row_of(said)
        if number is None:
            self.tell(NO_WORDS)
            return
        utterance = self._transcript.row(number).utterance
        span = utterance.span
        # Its middle: where it begins, the words before may just have ended.
        at = Millis(span.start + span.length // 2)
        self._choose(
            utterance.text,
            lambda kind, form: self.acted.emit(AddMissed(kind, at, form)),
        )

    def _go_on(self) -> None:
        waiting = self.waiting
        if not waiting:
            self.tell(SETTLED)
            return
        row = self._row()
        self._select_after(None if row is None else row.moment, waiting)

    def _select_after(self, moment: Moment | None, waiting: list[Moment]) -> None:
        """The next one in time; behind the last, the first again."""
        if not waiting:
            return
        behind = [
            one
            for one in waiting
            if moment is None or (one.span, one.id) > (moment.span, moment.id)
        ]
        self._selection.choose_moment((behind or waiting)[0].id)
        self.went_on.emit()

    def _about(self) -> Moment | None:
        """The selected moment, where it can be decided about; else it says why not."""
        row = self._row()
        if row is None:
            self.tell(NO_MOMENT)
            return None
        if row.withdrawn is not None:
            self.tell(GONE)
            return None
        return row.moment

    def _row(self) -> MomentRow | None:
        chosen = self._selection.moment
        number = None if chosen is None else self._moments.row_of(chosen)
        return None if number is None else self._moments.row(number)

    def _choose(self, said: str, decide: Callable[[str, Form | None], None]) -> None:
        menu = KindMenu(self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(decide)
        screen = self.screen().availableGeometry()
        menu.open_beside(self._about_place(), screen, said)

    def _about_place(self) -> QRect:
        """What stays in sight, on the desktop: the selected row, or what is below."""
        window = self.window()
        view: QWidget | None = window.focusWidget()
        view = self if view is None else view
        if isinstance(view, QAbstractItemView) and view.currentIndex().isValid():
            port = view.viewport()
            row = view.visualRect(view.currentIndex()).intersected(port.rect())
            return QRect(port.mapToGlobal(row.topLeft()), row.size())
        foot = view.mapToGlobal(view.rect().bottomLeft())
        return QRect(foot, window.mapToGlobal(window.rect().bottomRight()))
