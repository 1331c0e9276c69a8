"""Where the sidebar stands on each screen, how wide it is, how much shines through.

Nothing of a session is in it, and of a screen only a sum of its maker's names: the file
is not encrypted.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class SidebarChoice:
    """How the coach left the sidebar.

    Attributes:
        breadth: Its width as a share of the usual one: the same at any text size.
        folded: Whether it is a strip.
        opacity: Of its ground, one of ``OPACITIES``.
        unshared: Whether the system is asked to leave it out of shared screens.
        places: One a screen, the one that was used last first.
    """

    breadth: float = 1.0
    folded: bool = False
    opacity: int = OPACITIES[0]
    unshared: bool = False
    places: tuple[Place, ...] = ()

    def standing(self, place: Place) -> SidebarChoice:
        """The same, with the sidebar moved here."""
        others = (one for one in self.places if one.screen != place.screen)
        return replace(self, places=(place, *others)[:MOST_SCREENS])

    def place_on(self, screen: str) -> Place | None:
        """Where it stood on this screen; ``None``: never there, or not moved."""
        return next((one for one in self.places if one.screen == screen), None)

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us forget.

        Args:
            folder: ``Paths.data``.
        """
        path = folder / FILE_NAME
        fresh = path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps(asdict(self)), encoding="utf-8")
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> SidebarChoice:
        """What was written last; the defaults where nothing can be read.

        Args:
            folder: ``Paths.data``.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            opacity = int(data["opacity"])
            return cls(
                breadth=_share(data["breadth"], most=10.0),
                folded=data["folded"] is True,
                opacity=opacity if opacity in OPACITIES else OPACITIES[0],
                unshared=data["unshared"] is True,
                places=tuple(map(_place, data["places"]))[:MOST_SCREENS],
            )
        except (OSError, ValueError, KeyError, TypeError):
            return cls()


def _place(entry: Any) -> Place:  # noqa: ANN401 - from a file
    across, down = _share(entry["across"]), _share(entry["down"])
    return Place(str(entry["screen"]), across, down)


def _share(value: Any, most: float = 1.0) -> float:  # noqa: ANN401 - from a file
    number = float(value)
    if not 0.0 <= number <= most:  # not a number is not in it either
        raise ValueError(value)
    return number
