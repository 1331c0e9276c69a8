"""Where the sidebar stands on each screen, how wide it is, how much shines through.

Nothing of a session is in it, and of a screen only a sum of its maker's names: the file
is not encrypted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Final

from sidelight.settings.option import Section, option
from sidelight.settings.store import Remembered, beside
from sidelight.settings.values import OneOf, Share, YesNo

FILE_NAME: Final = "sidebar.json"

OPACITIES: Final = (100, 85, 70)
"""Of the ground, in percent. At the least of them the ink still reaches 4.5:1 on
whatever shines through (``tests/ui/test_tokens.py``)."""

MOST_SCREENS: Final = 12
"""How many screens are remembered; the one that was used longest ago is forgotten."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the upper left corner stands on a screen.

    Attributes:
        screen: Which one, as ``ui.platform.screens`` names it.
        across: Share of the screen's width, 0..1.
        down: Share of its height, 0..1.
    """

    screen: str
    across: float
    down: float


SOLIDITY: Final = dict(
    zip(OPACITIES, ("Solid", "Slightly see-through", "See-through"), strict=True)
)

NARROWEST, BROADEST = 50, 150
"""Percent of the usual width; a window takes the nearest that its words allow."""


def _places(entries: Any) -> tuple[Place, ...]:  # noqa: ANN401 - from a file
    return tuple(map(_place, entries))[:MOST_SCREENS]


def _entries(places: tuple[Place, ...]) -> list[dict[str, object]]:
    return [asdict(one) for one in places]


def _place(entry: Any) -> Place:  # noqa: ANN401 - from a file
    across, down = _share(entry["across"]), _share(entry["down"])
    return Place(str(entry["screen"]), across, down)


def _share(value: Any) -> float:  # noqa: ANN401 - from a file
    number = float(value)
    if not 0.0 <= number <= 1.0:  # not a number is not in it either
        raise ValueError(value)
    return number


@dataclass(frozen=True, slots=True)
class SidebarChoice(Remembered):
    """How the coach left the sidebar.

    Attributes:
        breadth: Its width as a share of the usual one: the same at any text size.
        folded: Whether it is a strip.
        opacity: Of its ground, one of ``OPACITIES``.
        unshared: Whether the system is asked to leave it out of shared screens.
        places: One a screen, the one that was used last first.
    """

    FILE: ClassVar[str] = FILE_NAME

    breadth: float = option(
        1.0,
        Share(NARROWEST, BROADEST),
        id="sidebar.breadth",
        section=Section.SIDEBAR,
        title="Width",
        explained="In percent of the usual one. Its edges can be drawn as well.",
    )
    folded: bool = option(
        False,  # noqa: FBT003 - a default
        YesNo(),
        id="sidebar.folded",
        section=Section.SIDEBAR,
        title="Begin as a strip",
        explained="One line, with the headline alone.",
    )
    opacity: int = option(
        OPACITIES[0],
        OneOf(SOLIDITY),
        id="sidebar.opacity",
        section=Section.SIDEBAR,
        title="Ground",
        explained="Whether the call behind it shines through.",
    )
    unshared: bool = option(
        False,  # noqa: FBT003 - a default
        YesNo(),
        id="sidebar.unshared",
        section=Section.SIDEBAR,
        title="Ask to be left out of shared screens",
        explained="Where the system can. Some programs show it all the same: try before"
        " you rely on it.",
    )
    places: tuple[Place, ...] = beside((), _places, _entries)

    def standing(self, place: Place) -> SidebarChoice:
        """The same, with the sidebar moved here."""
        others = (one for one in self.places if one.screen != place.screen)
        return replace(self, places=(place, *others)[:MOST_SCREENS])

    def place_on(self, screen: str) -> Place | None:
        """Where it stood on this screen; ``None``: never there, or not moved."""
        return next((one for one in self.places if one.screen == screen), None)
