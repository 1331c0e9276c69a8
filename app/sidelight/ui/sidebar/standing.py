"""Where the sidebar stands: put there by its coach, kept in sight, remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sidelight.ui.platform.placing import (
    Box,
    Screen,
    beside_camera,
    inside,
    next_screen,
    place_of,
    screen_of,
    standing_at,
    where,
)
from sidelight.ui.sidebar.sizes import Widths
from sidelight.ui.theme.tokens import Space

if TYPE_CHECKING:
    from sidelight.ui.platform.surroundings import Surroundings
    from sidelight.ui.sidebar.window import SidebarWindow
    from sidelight.ui.theme.theme import Theme


class Standing(QObject):
    """Moves and widens the window, and turns what its coach did into a choice.

    Only the coach moves it, and a screen that goes, comes or changes its size. Where
    the window system lets nobody choose a place, widths are all that is left.

    Args:
        window: The sidebar.
        around: Screens, and what can be done with them.
        theme: The text size.
        least: The width in logical pixels that its words need.

    Attributes:
        widths: Those it may have.
    """

    def __init__(
        self,
        window: SidebarWindow,
        around: Surroundings,
        theme: Theme,
        least: int,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._screens = around.screens
        self._can_place = around.abilities.place
        self.widths = Widths.supported(theme, least)
        self._gap = theme.px(Space.XL), theme.px(Space.S)
        around.screens.changed.connect(self.stand)

    @property
    def box(self) -> Box:
        """Where it is now."""
        corner, size = self._window.corner, self._window.size()
        return Box(corner.x(), corner.y(), size.width(), size.height())

    @property
    def room(self) -> Box:
        """What there is of the screen it is on."""
        screen = screen_of(self.box, self._screens.now())
        return self.box if screen is None else screen.room

    def stand(self) -> None:
        """Go where it belongs on the screens that are there."""
        places = self._window.choice.places
        self._go(where(self.box, self._screens.now(), places, self._gap))

    def settle(self) -> None:
        """After a change of shape: as it stood, as far as there is room for it."""
        screen = screen_of(self.box, self._screens.now())
        if screen is None:
            return
        place = self._window.choice.place_on(screen.identity)
        if place is None:
            self._go(inside(self.box, screen.room))
        else:
            self._go(standing_at(place, self.box, screen))

    def move_to(self, x: int, y: int) -> None:
        """Follow the coach's hand; it is let out of sight until it is let go."""
        self._go(self.box.at(x, y))

    def widen(self, width: float, *, right_stays: bool) -> None:
        """Take the supported width that is nearest.

        Args:
            width: In logical pixels.
            right_stays: Which of the two upright edges does not move.
        """
        before = self.box
        self._window.set_width(self.widths.nearest(width))
        if right_stays:
            self._go(self.box.at(before.right - self._window.width(), before.y))

    def keep(self) -> None:
        """The coach is done: bring it into sight, and remember."""
        choice = self._window.choice
        breadth = self.widths.breadth(self._window.panel.width())
        choice = replace(choice, breadth=breadth)
        screen = screen_of(self.box, self._screens.now())
        if screen is not None and self._can_place:
            self._go(inside(self.box, screen.room))
            choice = choice.standing(place_of(self.box, screen))
        self._window.choose(choice)

    def go_to_camera(self) -> None:
        """Back beside the camera of the screen it is on."""
        screen = screen_of(self.box, self._screens.now())
        if screen is not None:
            self._go(beside_camera(self.box, screen, self._gap))

    def go_to_next_screen(self) -> None:
        """Where it stood on the next screen, or beside its camera."""
        screens = self._screens.now()
        here = screen_of(self.box, screens)
        if here is not None:
            self._go(self._on(next_screen(here, screens)))

    def _on(self, screen: Screen) -> Box:
        place = self._window.choice.place_on(screen.identity)
        if place is None:
            return beside_camera(self.box, screen, self._gap)
        return standing_at(place, self.box, screen)

    def _go(self, box: Box) -> None:
        if self._can_place and box != self.box:
            self._window.move(box.x, box.y)
