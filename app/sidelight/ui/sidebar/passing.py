"""Click-through: the window is seen, and clicks go to what is behind it.

Always with a sign, and with ways back that need no click on the window: the tray, the
menu's key for hiding, and resting the pointer on the sign. It ends with the window: one
that is started again takes clicks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor

from sidelight.ui.sidebar.wording import Note
from sidelight.ui.widgets.quiet_button import QuietButton, Sign
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from sidelight.ui.theme.theme import Theme

LOOK_MS: Final = 200
"""How often the pointer's place is asked for, only while clicks go through: no system
tells a window that gets no input where the pointer is."""

REST_MS: Final = 2_000
"""How long the pointer rests on the sign. On the sign only: a pointer that lies still
anywhere else on the window belongs to what is behind it."""

NOTE: Final = Note(
    tr("Rest here to take clicks again"),
    tr("Clicks go to what is behind the sidebar."),
)
BRIEF: Final = Note(tr("Rest for clicks"), NOTE.text)
"""Stand in panel and strip while the pointer rests on the sign."""

_FLAG: Final = Qt.WindowType.WindowTransparentForInput


class Passing(QObject):
    """Lets clicks through, shows it, and ends it.

    Signals:
        changed: It began, ended, or the pointer came to the sign or left it.

    Args:
        theme: Of the sign.
        window: The sidebar.
        pointer: The pointer's place on the desktop.

    Attributes:
        sign: Where the window has its other signs; it places it.
        on: Whether clicks go through.
        resting: Whether the pointer rests on the sign.
        just_over: Clicks reach the window again, and the pointer has not left since:
            nothing that can be clicked appears where it rested.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        window: QWidget,
        pointer: Callable[[], QPoint] = QCursor.pos,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._pointer = pointer
        self._rested = 0
        self.on = False
        self.resting = False
        self.just_over = False
        self.sign = QuietButton(theme, Sign.PASSING, tr("Clicks go through"), window)
        self.sign.setVisible(False)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self._look)

    def let_through(self, *, through: bool) -> None:
        """Begin or end; the window has to be shown."""
        if through is self.on or self._window.windowHandle() is None:
            return
        self.on = through
        self.just_over = self.just_over and not through
        self.resting = False
        self._rested = 0
        self.apply()
        if through:
            self._looking.start()
        else:
            self._looking.stop()
        self.sign.setVisible(through)
        self.changed.emit()

    def apply(self) -> None:
        """Tell the system; also after the system's own window was made anew."""
        self._window.windowHandle().setFlag(_FLAG, self.on)

    def _look(self) -> None:
        here = self.sign.mapFromGlobal(self._pointer())
        resting = self.sign.rect().contains(here)
        self._rested = self._rested + LOOK_MS if resting else 0
        if self._rested >= REST_MS:
            self.just_over = True
            self.let_through(through=False)
        elif resting is not self.resting:
            self.resting = resting
            self.changed.emit()
