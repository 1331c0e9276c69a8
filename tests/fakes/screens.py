"""Screens that come, go and change at the test's word."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from sidelight.ui.platform.abilities import Abilities
from sidelight.ui.platform.placing import Box, Screen
from sidelight.ui.platform.sharing import Shield
from sidelight.ui.platform.surroundings import Surroundings

if TYPE_CHECKING:
    from sidelight.ui.platform.screens import Screens


class FakeScreens(QObject):
    """Says what it was last given."""

    changed = Signal()

    def __init__(self, *screens: Screen) -> None:
        super().__init__()
        self._screens = screens

    def now(self) -> tuple[Screen, ...]:
        """Those."""
        return self._screens

    def become(self, *screens: Screen) -> None:
        """Others are there now."""
        self._screens = screens
        self.changed.emit()


def screen(identity: str, x: int, width: int, height: int) -> Screen:
    """With a bar of the desktop of 30 pixels at the top; the one at 0 is primary."""
    whole = Box(x, 0, width, height)
    return Screen(identity, whole, Box(x, 30, width, height - 30), primary=x == 0)


LAPTOP = screen("laptop", 0, 1366, 768)
DESK = screen("desk", 1366, 2560, 1440)


def surroundings(
    *screens: Screen, can: Abilities | None = None, shield: Shield | None = None
) -> tuple[Surroundings, FakeScreens]:
    """Everything can be had, unless told otherwise."""
    fake = FakeScreens(*screens)
    around = Surroundings(cast("Screens", fake), can or Abilities(), shield)
    return around, fake
