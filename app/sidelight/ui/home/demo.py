"""The demonstration session at home, before there is a session of one's own.

It is the first run's: played by the real pipeline, and nothing of it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sidelight.domain.timeline import Millis
from sidelight.session.firstrun.messages import (
    EndTrial,
    PlayDemo,
    TrialBegan,
    TrialFailed,
    TrialHeard,
    TrialOver,
    TrialTrouble,
)
from sidelight.session.firstrun.practice import Practice
from sidelight.ui.firstrun.clock_card import ClockCard
from sidelight.ui.firstrun.wording import DEMO_OVER, GETTING_READY, PLAY, PLAYING
from sidelight.ui.home.frame import Framed
from sidelight.ui.modelwords import STOP
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.back_link import BackLink
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent

    from sidelight.session.firstrun.messages import OfTrial
    from sidelight.ui.theme.theme import Theme


class DemoPage(Framed):
    """Begins to play when it is turned to, and stops when it is left.

    Signals:
        asked: Something of the launcher (``Asked``).
        left: Back to home.

    Args:
        theme: Fonts and colours.
    """

    asked = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("A demonstration session"))
        self._on = False
        self.practice = Practice()
        self.back = BackLink(theme)
        self.back.clicked.connect(self.left)
        self.play = Button(theme, PLAY, reserve=(STOP,))
        self.play.clicked.connect(self._play_or_stop)
        self.news = Text(theme, Role.BODY, soft=True)
        self.card = ClockCard(theme)
        told = tr(
            "This is what you would see beside a call: how long since you last"
            " partnered with your client on the process, and how. Nothing of it is"
            " kept."
        )
        body = QVBoxLayout()
        body.setSpacing(theme.px(Space.L))
        body.addWidget(Text(theme, Role.BODY, told))
        body.addWidget(self.card)
        body.addStretch(1)
        self._frame(self.news, body, (self.play,), self.back)
        QWidget.setTabOrder(self.back, self.play)

    def begin(self) -> None:
        """Play it from its beginning."""
        self._on = True
        self.practice = Practice()
        self.news.setText(GETTING_READY)
        self._show(Millis(0))
        self.play.setFocus()
        self.asked.emit(PlayDemo())

    def take(self, news: OfTrial) -> None:
        """What came of the sound; late news of what was stopped are nothing."""
        if not self._on:
            return
        match news:
            case TrialBegan():
                self.news.setText(PLAYING)
            case TrialHeard(position=position, events=events):
                self.practice = self.practice.after(events)
                self._show(position)
            case TrialTrouble(message=message, remedy=remedy):
                self.news.setText(f"{message} {remedy}".strip())
            case TrialFailed(message=message, remedy=remedy):
                self._over(f"{message} {remedy}")
            case TrialOver():
                self._over(DEMO_OVER)
            case _:
                pass  # how loud it is

    def show_fault(self, message: str, remedy: str) -> None:
        """It could not begin."""
        self._over(f"{message} {remedy}")

    def hideEvent(self, event: QHideEvent) -> None:
        """Whatever is turned to: nothing plays on unseen."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.click()
        else:
            super().keyPressEvent(event)

    def _play_or_stop(self) -> None:
        if self._on:
            self._stop()
        else:
            self.begin()

    def _stop(self) -> None:
        if self._on:
            self._over("")
            self.asked.emit(EndTrial())

    def _over(self, told: str) -> None:
        self._on = False
        self.news.setText(told)
        self.play.setText(PLAY)

    def _show(self, position: Millis) -> None:
        self.play.setText(STOP)
        self.card.show_practice(self.practice, position, "")
