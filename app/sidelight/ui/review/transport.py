"""The sound: play it, how fast, with its silences or without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sidelight.domain.clock_time import clock
from sidelight.ui.review.playback import SPEEDS
from sidelight.ui.theme.tokens import Role, Space
from sidelight.ui.widgets.button import Button
from sidelight.ui.widgets.picker import Picker
from sidelight.ui.widgets.text import Text
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from sidelight.ui.review.playback import Playback
    from sidelight.ui.theme.theme import Theme

_SPEED: Final = 92
"""Width of the choice of speed, logical pixels at 100 %."""

PLAY: Final = tr("Play")
PAUSE: Final = tr("Pause")
SKIP: Final = tr("Shorten long pauses")
SKIPPING: Final = tr("Long pauses shortened")


class Transport(QWidget):
    """Where there is no sound, a sentence stands in its place, and no button.

    Args:
        theme: Fonts and colours.
        playback: What is heard.
    """

    def __init__(self, theme: Theme, playback: Playback) -> None:
        super().__init__()
        self._playback = playback
        self.play = Button(theme, PLAY, reserve=(PAUSE,))
        self.play.setToolTip(tr("Space on the timeline, Ctrl+Space anywhere"))
        self.play.clicked.connect(playback.toggle)
        self.time = Text(theme, Role.SMALL, soft=True)
        self.time.setWordWrap(False)
        self.speed = Picker(theme, tr("Speed"))
        self.speed.offer([(_named(one), one) for one in SPEEDS], playback.speed)
        self.speed.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.speed.setFixedWidth(theme.px(_SPEED))
        self.speed.currentIndexChanged.connect(self._choose_speed)
        self.skip = Button(theme, SKIP, reserve=(SKIPPING,))
        self.skip.setCheckable(True)
        self.skip.toggled.connect(lambda on: playback.choose_skips(skips=on))
        self.why_not = Text(theme, Role.SMALL, soft=True)
        self.fault = Text(theme, Role.SMALL)
        line = QHBoxLayout()
        line.setSpacing(theme.px(Space.S))
        for part in (self.play, self.time, self.speed, self.skip):
            line.addWidget(part)
        line.addWidget(self.why_not, 1)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Space.XS))
        layout.addLayout(line)
        layout.addWidget(self.fault, alignment=Qt.AlignmentFlag.AlignLeft)
        playback.changed.connect(self._show)
        playback.moved.connect(self._show_time)
        self._show()

    def _choose_speed(self) -> None:
        chosen = self.speed.chosen
        if isinstance(chosen, float):
            self._playback.choose_speed(chosen)

    def _show(self) -> None:
        playback = self._playback
        for part in (self.play, self.time, self.speed, self.skip):
            part.setVisible(playback.available)
        self.play.setText(PAUSE if playback.playing else PLAY)
        self.play.setAccessibleName(self.play.text())
        self.skip.setText(SKIPPING if playback.skips else SKIP)
        self.why_not.say(playback.why_not)
        self.fault.say(playback.fault)
        self._show_time()

    def _show_time(self) -> None:
        playback = self._playback
        self.time.setText(f"{clock(playback.at or 0)} / {clock(playback.length)}")


def _named(speed: float) -> str:
    return f"{speed:g}\u00d7"
