"""Where a small window may stand: arithmetic on screens and boxes, without a window.

All lengths are logical pixels on the desktop that all screens share. Whatever the
screens are, the corner that ``inside`` returns is on one, and the window with it as far
as there is room.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sidelight.settings.sidebar import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


TITLE_BAR: Final = 56
"""How far down title bars reach of windows that begin at the top, and a little below.
They do not grow with our text."""

_UPPER: Final = 2 / 3
"""The share of a screen's height that it may fill for that."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: its upper left corner and its size."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column that is not in it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row that is not in it."""
        return self.y + self.height

    def at(self, x: int, y: int) -> Box:
        """The same size, somewhere else."""
        return replace(self, x=x, y=y)

    def common(self, other: Box) -> int:
        """How many pixels both have."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(width, 0) * max(height, 0)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen.

    Attributes:
        identity: The same whenever it is connected.
        whole: All of it.
        room: Without what the desktop keeps for its own bars.
        primary: Whether the desktop calls it the first.
    """

    identity: str
    whole: Box
    room: Box
    primary: bool = False


def inside(box: Box, room: Box) -> Box:
    """Moved as little as needed to be in the room; its upper left, if too large."""
    x = max(min(box.x, room.right - box.width), room.x)
    y = max(min(box.y, room.bottom - box.height), room.y)
    return box.at(x, y)


def beside_camera(box: Box, screen: Screen, gap: tuple[int, int]) -> Box:
    """Near the top, right of the middle: close to a camera above the screen.

    Below where the windows of calls have their buttons, unless that takes it far down.

    Args:
        box: Its size counts.
        screen: Where to.
        gap: From the middle of the screen, and from the top.
    """
    across, down = gap
    room = screen.room
    clear = max(down, TITLE_BAR)
    if clear + box.height > room.height * _UPPER:
        clear = down
    x = screen.whole.x + screen.whole.width // 2 + across
    return inside(box.at(x, room.y + clear), room)


def place_of(box: Box, screen: Screen) -> Place:
    """What is remembered of a box that stands on this screen."""
    box = inside(box, screen.whole)
    across = (box.x - screen.whole.x) / max(screen.whole.width, 1)
    down = (box.y - screen.whole.y) / max(screen.whole.height, 1)
    return Place(screen.identity, across, down)


def standing_at(place: Place, box: Box, screen: Screen) -> Box:
    """The box where it was remembered, on a screen that may have another size now."""
    x = screen.whole.x + round(place.across * screen.whole.width)
    y = screen.whole.y + round(place.down * screen.whole.height)
    return inside(box.at(x, y), screen.room)


def where(
    box: Box,
    screens: Sequence[Screen],
    places: Iterable[Place],
    gap: tuple[int, int],
) -> Box:
    """Where the sidebar belongs, given what is connected and what is remembered.

    On the screen that was used last, of those that are there; so it leaves with a
    screen and comes back with it. Where nothing is remembered: beside the camera.

    Args:
        box: Its size counts; where it is only if there is no screen at all.
        screens: All that are there.
        places: What is remembered, newest first.
        gap: As in ``beside_camera``.
    """
    by_name = {screen.identity: screen for screen in screens}
    for place in places:
        if place.screen in by_name:
            return standing_at(place, box, by_name[place.screen])
    for screen in sorted(screens, key=lambda one: not one.primary):
        return beside_camera(box, screen, gap)
    return box


def screen_of(box: Box, screens: Sequence[Screen]) -> Screen | None:
    """The screen that has most of it; out of sight, the nearest; none is ``None``."""

    def away(screen: Screen) -> tuple[int, int]:
        near = inside(box, screen.whole)
        return -box.common(screen.whole), abs(near.x - box.x) + abs(near.y - box.y)

    return min(screens, key=away, default=None)


def next_screen(screen: Screen, screens: Sequence[Screen]) -> Screen:
    """The one after it, from left to right and around."""
    ordered = sorted(screens, key=lambda one: (one.whole.x, one.whole.y))
    return ordered[(ordered.index(screen) + 1) % len(ordered)]
