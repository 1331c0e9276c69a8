"""The step that is the product: say something, and see whether it was noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sidelight.domain.timeline import Millis
from sidelight.session.firstrun.messages import (
    EndTrial,
    PlayDemo,
    TakeBack,
    TrialBegan,
    TrialFailed,
    TrialHeard,
    TrialLevel,
    TrialOver,
    TrialTrouble,
    TryMicrophone,
)
from sidelight.session.firstrun.practice import Practice, Stage
from sidelight.session.home.messages import ListDevices
from sidelight.settings.first_run import Step
from sidelight.ui.firstrun.clock_card import ClockCard
from sidelight.ui.firstrun.step import NEXT, StepCard
from sidelight.ui.firstrun.wording import (
    DEMO_OVER,
    GETTING_READY,
    LISTEN,
    LOOK_AGAIN,
    NO_MODEL,
    NOT_HEARD,
    PLAY,
    PLAYING,
    SKIP_TRIAL,
    UNDO,
    asks,
    heard,
)
from sidelight.ui.home.hearing import NO_MICROPHONE, NONE, device_items
from sidelight.ui.modelwords import STOP
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.level_meter import OFF, WAITING, LevelMeter
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text, label
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.session.firstrun.messages import FirstRunSeen, OfTrial
    from sidelight.session.home.messages import DevicesFound
    from sidelight.ui.theme.theme import Theme

SILENT_MS: Final = 15_000
"""After so long without a word a person wonders whether it works."""


class HearingStep(StepCard):
    """Shows what the real pipeline makes of what is said; keeps none of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Step.HEARING)
        self._models = False
        self._found: DevicesFound | None = None
        self._on = self._demo = False
        self.practice = Practice()
        self._now = Millis(0)
        self.microphone = Picker(theme, tr("Microphone"))
        self.microphone.currentIndexChanged.connect(self._listen_elsewhere)
        self.meter = LevelMeter(theme)
        self.prompt = Text(theme, Role.BODY)
        self.line = Text(theme, Role.HOW)
        self.card = ClockCard(theme)
        card = self.card
        self.clock, self.said, self.came = card.clock, card.said, card.came
        self.undo = Button(theme, UNDO)
        self.undo.clicked.connect(self._take_back)
        self.play = Button(theme, PLAY, reserve=(STOP,))
        self.play.setAccessibleDescription(tr("Watch a recorded session instead"))
        self.play.clicked.connect(self._play)
        self.again = Button(theme, LOOK_AGAIN)
        self.again.clicked.connect(lambda: self.asked.emit(ListDevices()))
        key = QShortcut(QKeySequence("U"), self)
        key.activated.connect(self._take_back)
        self._silent = QTimer(self, interval=SILENT_MS, singleShot=True)
        self._silent.timeout.connect(lambda: self.news.say(NOT_HEARD))
        self._lay_out()
        self._show()

    @property
    def skip(self) -> str:
        """Nobody has to speak."""
        return SKIP_TRIAL if self.main == LISTEN else ""

    @property
    def main(self) -> str:
        """Listening begins with it; while it listens it goes on."""
        if self._on or self.practice.stage is Stage.DONE:
            return NEXT
        return LISTEN if self._models and self._microphones else NEXT

    def show_seen(self, seen: FirstRunSeen) -> None:
        """Whether there is a model to hear with."""
        self._models = any(one.here for one in seen.models)
        self._show()
        self.changed.emit()

    def show_devices(self, found: DevicesFound) -> None:
        """What can be listened to."""
        chosen = self.microphone.chosen
        self._found = found
        there = device_items(
            found.microphones, chosen if isinstance(chosen, str) else None
        )
        if found.microphones:
            default = tr("Default: {name}", name=found.microphones[0].title)
            there = [(default, None), *there]
        self.microphone.offer(there or [(NONE, None)], chosen)
        self._show()
        self.changed.emit()

    def enter(self) -> None:
        """Begin anew."""
        super().enter()
        self.practice = Practice()
        self._now = Millis(0)
        self._show()
        self.changed.emit()

    def leave(self) -> None:
        """Let the microphone go; what was said is forgotten."""
        self._stop()
        self.practice = Practice()
        self.said.show_text("", 0)

    def go_on(self) -> None:
        """Listen; or, when it listens, go on."""
        if self.main == LISTEN:
            self._listen()
        else:
            super().go_on()

    def take(self, news: OfTrial) -> None:
        """What came of the sound; late news of a trial that was ended are nothing."""
        if not self._on:
            return
        match news:
            case TrialBegan():
                self._begun()
            case TrialHeard():
                self._hear(news)
            case TrialLevel(dbfs=dbfs):
                self.meter.hear(dbfs)
            case TrialTrouble(message=message, remedy=remedy):
                self._silent.stop()
                self.news.say(f"{message} {remedy}".strip())
            case TrialFailed(message=message, remedy=remedy):
                self._off()
                self.news.say(f"{message} {remedy}")
            case TrialOver():
                demo = self._demo
                self._off()
                self.news.say(DEMO_OVER if demo else "")

    def _begun(self) -> None:
        self.news.say(PLAYING if self._demo else "")
        if not self._demo:
            self._silent.start()

    def _hear(self, told: TrialHeard) -> None:
        self._now = told.position
        self.practice = self.practice.after(told.events)
        if self.practice.words and self._silent.isActive():
            self._silent.stop()
        if self.practice.words and self.news.text() == NOT_HEARD:
            self.news.say("")
        self._show()

    def show_fault(self, text: str) -> None:
        """It could not begin."""
        self._off()
        super().show_fault(text)

    def settle(self) -> None:
        """Finish every cross-fade at once."""
        self.card.settle()

    @property
    def _microphones(self) -> bool:
        return self._found is not None and bool(self._found.microphones)

    def _listen(self) -> None:
        self._begin(demo=False)
        chosen = self.microphone.chosen
        self.asked.emit(TryMicrophone(chosen if isinstance(chosen, str) else None))

    def _play(self) -> None:
        if self._on and self._demo:
            self._stop()
            self.news.say("")
            return
        self._begin(demo=True)
        self.asked.emit(PlayDemo())

    def _begin(self, *, demo: bool) -> None:
        self._on, self._demo = True, demo
        self.practice = Practice()
        self._now = Millis(0)
        self.news.say(GETTING_READY)
        self.meter.rest(OFF if demo else WAITING)
        self._show()
        self.changed.emit()

    def _stop(self) -> None:
        if self._on:
            self._off()
            self.asked.emit(EndTrial())

    def _off(self) -> None:
        self._on = self._demo = False
        self._silent.stop()
        self.meter.rest(OFF)
        self._show()
        self.changed.emit()

    def _listen_elsewhere(self) -> None:
        if self._on and not self._demo:
            self._listen()

    def _take_back(self) -> None:
        if self._on and not self._demo and self.practice.clocks.moments:
            self.asked.emit(TakeBack())

    def _show(self) -> None:
        """Everything, from what is known."""
        practice = self.practice
        first, words = asks(practice)
        if not self._models and not self._on:
            first, words = NO_MODEL, ""
        elif self._found is not None and not self._microphones and not self._on:
            first, words = NO_MICROPHONE, ""
        elif self._demo:
            first, words = "", ""
        self.prompt.say(first)
        self.line.say(words)
        told = "" if self._demo else heard(practice)
        self.card.show_practice(practice, self._now, told)
        trying = not self._demo
        self.undo.setVisible(trying and self._models)
        unheard = self._found is not None and not self._microphones
        self.again.setVisible(trying and self._models and unheard)
        self.undo.setEnabled(self._on and bool(practice.clocks.moments))
        self.play.setText(STOP if self._on and self._demo else PLAY)
        for part in (self._heading, self.microphone, self.meter):
            part.setVisible(self._models and trying)
        self.microphone.setEnabled(self._microphones)

    def _lay_out(self) -> None:
        theme = self.theme
        self._heading = label(theme, tr("Microphone"), self.microphone)
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(Space.L))
        beside.addWidget(self.microphone, 1)
        beside.addWidget(self.meter, 1)
        self.body.addWidget(self._heading)
        self.body.addLayout(beside)
        self.body.addSpacing(theme.px(Space.S))
        self.body.addWidget(self.prompt)
        self.body.addWidget(self.line)
        self.body.addSpacing(theme.px(Space.S))
        self.body.addWidget(self.card)
        ways = QHBoxLayout()
        ways.setContentsMargins(0, theme.px(Space.S), 0, 0)
        ways.setSpacing(theme.px(Space.S))
        ways.addWidget(self.undo)
        ways.addWidget(self.play)
        ways.addWidget(self.again)
        ways.addStretch(1)
        self.body.addLayout(ways)
        QWidget.setTabOrder(self.microphone, self.undo)
        QWidget.setTabOrder(self.undo, self.play)
        QWidget.setTabOrder(self.play, self.again)
