"""Moving and resizing the sidebar with the keyboard, for a while and on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from sidelight.ui.platform.keyboard import give_keyboard_back, lend_keyboard
from sidelight.ui.platform.placing import Box, inside
from sidelight.ui.sidebar.wording import Note
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sidelight.ui.sidebar.standing import Standing
    from sidelight.ui.sidebar.window import SidebarWindow

STEP: Final = 16
"""Logical pixels a key; with Ctrl it is one."""

_MORE: Final = tr(
    "With Ctrl in small steps. Tab: the next screen. Home: beside the camera."
)
NOTE: Final = Note(
    tr("Arrows move it, with Shift they resize it. Enter keeps, Escape returns."), _MORE
)
BRIEF: Final = Note(tr("Arrows, then Enter"), f"{NOTE.text} {_MORE}")
"""Stand in panel and strip for as long as it is being moved."""

_DIRECTIONS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class _Before:
    """How it stood when it began."""

    box: Box
    width: int
    folded: bool


class KeyGrip:
    """The coach's hand is the keyboard: between ``begin`` and Enter or Escape.

    Args:
        window: The sidebar.
        standing: Moves it.
        can_place: Whether the window system lets us move it; sizes always go.
    """

    def __init__(
        self, window: SidebarWindow, standing: Standing, *, can_place: bool
    ) -> None:
        self._window = window
        self._standing = standing
        self._can_place = can_place
        self._before: _Before | None = None

    @property
    def holding(self) -> bool:
        """Whether it is being moved."""
        return self._before is not None

    def begin(self) -> None:
        """Take hold; the keyboard is lent to the window until it is let go."""
        if self.holding or not self._window.isVisible():
            return
        window = self._window
        window.hide_all(hiding=False)
        self._before = _Before(self._standing.box, window.width(), window.folded)
        lend_keyboard(window)
        self._say(BRIEF.remedy)
        window.show_held()

    def press(self, event: QKeyEvent) -> None:
        """What a key does while it is held; every other key does nothing."""
        key = Qt.Key(event.key())
        modifiers = event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.let_go(keep=True)
            return
        if key is Qt.Key.Key_Escape:
            self.let_go(keep=False)
            return
        if key in _DIRECTIONS:
            fine = modifiers & Qt.KeyboardModifier.ControlModifier
            across, down = _DIRECTIONS[key]
            step = 1 if fine else STEP
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                self._resize(across * step, down)
            else:
                self._move(across * step, down * step)
        elif key is Qt.Key.Key_Tab:
            self._standing.go_to_next_screen()
        elif key is Qt.Key.Key_Home:
            self._standing.go_to_camera()
        else:
            return
        self._say(self.told())

    def let_go(self, *, keep: bool) -> None:
        """It stays where it is now, or goes back to where it was."""
        before, self._before = self._before, None
        if before is None:
            return
        give_keyboard_back(self._window)
        if keep:
            self._standing.keep()
            self._say(tr("Kept. {place}", place=self.told()))
        else:
            self._window.fold(folded=before.folded)
            self._standing.widen(before.width, right_stays=False)
            self._standing.move_to(before.box.x, before.box.y)
            self._say(tr("Put back. {place}", place=self.told()))
        self._window.show_held()

    def told(self) -> str:
        """Where it is, for who does not see it."""
        box, room = self._standing.box, self._standing.room
        shape = tr("strip") if self._window.folded else tr("panel")
        size = tr("{shape}, {n} wide", shape=shape, n=box.width)
        if not self._can_place:
            return size
        return tr(
            "{x} from the left, {y} from the top, {size}",
            x=box.x - room.x,
            y=box.y - room.y,
            size=size,
        )

    def _move(self, across: int, down: int) -> None:
        box = self._standing.box
        to = inside(box.at(box.x + across, box.y + down), self._standing.room)
        self._standing.move_to(to.x, to.y)

    def _resize(self, across: int, down: int) -> None:
        if across:
            width = self._window.width() + across
            self._standing.widen(width, right_stays=False)
        else:
            self._window.fold(folded=down < 0)
        self._move(0, 0)  # what has grown stays in sight

    def _say(self, text: str) -> None:
        """To screen readers: at once, and for whoever asks later."""
        self._window.setAccessibleDescription(text)
        event = QAccessibleAnnouncementEvent(self._window, text)
        QAccessible.updateAccessibility(event)
