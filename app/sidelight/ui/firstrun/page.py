"""The first run as one page: a step at a time, and how far it is."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sidelight.session.firstrun.messages import (
    BringingFailed,
    FinishStep,
    FirstRunSeen,
    LeaveFirstRun,
    MeasureComputer,
    ModelArrives,
    OfTrial,
    PhrasesKept,
    TrialHeard,
)
from sidelight.ui.firstrun.choosing import LanguageStep, ModelStep, PlaceStep
from sidelight.ui.firstrun.hearing import HearingStep
from sidelight.ui.firstrun.key import KeyStep
from sidelight.ui.firstrun.step import NEXT, StepCard
from sidelight.ui.firstrun.words import WordsStep
from sidelight.ui.modelwords import arriving as arrives
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.scrolling import GUTTER, Steady
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.session.firstrun.messages import Told
    from sidelight.session.home.messages import DevicesFound, KeyMade
    from sidelight.ui.theme.theme import Theme

LEAVE: Final = tr("Leave set-up")
_WIDE, _AS_LOW_AS_NEED_BE = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored
_LEAST, _HEIGHT = 120, 480
"""Logical pixels of a card at 100 % text: what fits in less room scrolls in it."""


class FirstRunPage(QWidget):
    """Enter goes on, Escape goes back.

    Signals:
        asked: Something of the launcher: ``Asked``, or ``SetUp``.
        left: It is over.

    Args:
        theme: Fonts and colours.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._measured = False
        self.language = LanguageStep(theme)
        self.model = ModelStep(theme)
        self.key = KeyStep(theme)
        self.place = PlaceStep(theme)
        self.hearing = HearingStep(theme)
        self.words = WordsStep(theme)
        self.steps: tuple[StepCard, ...] = (
            *(self.language, self.model, self.key),
            *(self.place, self.hearing, self.words),
        )
        cards = QWidget()
        self._at = 0
        self._hold = Steady(cards)
        # A stacked layout would be as high as the highest of them.
        one_below_another = QVBoxLayout(cards)
        one_below_another.setContentsMargins(0, 0, 0, 0)
        for card in self.steps:
            one_below_another.addWidget(card)
            card.setVisible(card is self.language)
            card.asked.connect(self.asked)
            card.finished.connect(self._finish)
            card.changed.connect(self._show_ways)
            card.turned.connect(partial(self._turned, card))
        one_below_another.addStretch(1)
        self.progress = Text(theme, Role.SMALL, soft=True)
        self.arriving = Text(theme, Role.SMALL, soft=True)
        self.leave = Button(theme, LEAVE)
        self.leave.setAccessibleDescription(tr("Settings can set up again at any time"))
        self.leave.clicked.connect(self._leave)
        self.back = Button(theme, tr("Back"))
        self.back.clicked.connect(self._go_back)
        self.skip = Button(theme, "")
        self.skip.clicked.connect(self._go_on)
        self.main = Button(theme, NEXT, main=True)
        self.main.clicked.connect(self._press)
        self.arriving.say("")
        self._lay_out()
        self._show_ways()

    @property
    def step(self) -> StepCard:
        """The one that is shown."""
        return self.steps[self._at]

    def begin(self, seen: FirstRunSeen) -> None:
        """At the first step that was not gone through."""
        self._show_seen(seen)
        waiting = [at for at, one in enumerate(self.steps) if one.step not in seen.done]
        self._turn_to(waiting[0] if waiting else 0)
        if not self._measured:
            self._measured = True
            self.asked.emit(MeasureComputer())

    def take(self, news: Told) -> None:
        """Show what was told."""
        match news:
            case FirstRunSeen(arriving=arriving):
                if not arriving:
                    self._arrive("")
                self._show_seen(news)
            case ModelArrives():
                self._arrive(arrives(news), model=bool(news.name))
            case BringingFailed(message=message, remedy=remedy):
                self._arrive("")
                self.model.show_fault(f"{message} {remedy}")
                if self.step is not self.model:
                    self.arriving.say(message)
            case PhrasesKept():
                self.words.show_kept()
            case _ if isinstance(news, OfTrial):
                self.hearing.take(news)
                if isinstance(news, TrialHeard):
                    self._hold.ensureWidgetVisible(self.hearing.came)
                    self._hold.ensureWidgetVisible(self.hearing.clock)
            case _:
                assert_never(news)

    def show_key(self, made: KeyMade) -> None:
        """The recovery key, until it is on paper; and there is a record now."""
        self.key.show_key(made)
        self.words.show_record()

    def show_devices(self, found: DevicesFound) -> None:
        """What can be listened to."""
        self.hearing.show_devices(found)

    def show_fault(self, message: str, remedy: str) -> None:
        """What was asked for was not done."""
        self.step.show_fault(f"{message} {remedy}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no part took."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.main.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)

    def _show_seen(self, seen: FirstRunSeen) -> None:
        for card in self.steps:
            card.show_seen(seen)
        self._show_ways()

    def _press(self) -> None:
        self.step.go_on()

    def _finish(self) -> None:
        self.asked.emit(FinishStep(self.step.step))
        self._go_on()

    def _go_on(self) -> None:
        if self._at + 1 < len(self.steps):
            self._turn_to(self._at + 1)
        else:
            self._leave()

    def _go_back(self) -> None:
        self._turn_to(max(0, self._at - 1))

    def _leave(self) -> None:
        self.step.leave()
        self.asked.emit(LeaveFirstRun())
        self.left.emit()

    def _turn_to(self, at: int) -> None:
        self.step.leave()
        self._show_card(at)
        card = self.step
        card.enter()
        steps = len(self.steps)
        self.progress.setText(tr("Setting up, step {n} of {all}", n=at + 1, all=steps))
        self._show_ways()
        self._begin_keyboard()

    def _show_card(self, at: int) -> None:
        """It alone, from its head."""
        self._at = at
        for card in self.steps:
            card.setVisible(card is self.step)
        self._hold.verticalScrollBar().setValue(0)

    def _begin_keyboard(self) -> None:
        (self.step.first or self.main).setFocus()

    def _turned(self, card: StepCard) -> None:
        if card is self.step and self.isVisible():
            self._begin_keyboard()

    def _arrive(self, text: str, *, model: bool = False) -> None:
        self.arriving.say(text)
        self.model.show_arriving(arriving=model)

    def _show_ways(self) -> None:
        card = self.step
        self.main.setEnabled(bool(card.main))
        self.main.setText(card.main or NEXT)
        self.main.updateGeometry()
        self.back.setEnabled(card is not self.steps[0])
        self.skip.setText(card.skip)
        self.skip.updateGeometry()
        self.skip.setVisible(bool(card.skip))

    def _lay_out(self) -> None:
        theme = self._theme
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, GUTTER, 0)
        words = QVBoxLayout()
        words.setSpacing(theme.px(Space.XXS))
        words.addWidget(self.progress)
        words.addWidget(self.arriving)
        top.addLayout(words, 1)
        top.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        self._hold.setSizePolicy(_WIDE, _AS_LOW_AS_NEED_BE)
        self._hold.setMinimumHeight(theme.px(_LEAST))
        self._hold.setMaximumHeight(theme.px(_HEIGHT))
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, GUTTER, 0)
        below.setSpacing(theme.px(Space.S))
        below.addWidget(self.back)
        below.addStretch(1)
        below.addWidget(self.skip)
        below.addWidget(self.main)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.M)
        layout.addLayout(top)
        layout.addWidget(self._hold, 1_000)
        layout.addLayout(below)
        layout.addStretch(1)
        # The keyboard goes through the card first, then to what leads on.
        for before, after in pairwise((self.main, self.skip, self.back, self.leave)):
            QWidget.setTabOrder(before, after)
