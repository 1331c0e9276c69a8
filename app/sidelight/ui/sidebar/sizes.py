"""How wide the sidebar may be. Its height follows from its shape and the text size.

Two shapes: a strip of one line, 44 logical pixels high at 100 % text, and the panel. A
strip of 44 pixels *width* was the other reading; words would stand on end in it, and
what is read at a glance beside a camera has to be one horizontal line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidelight.ui.theme.theme import Theme

USUAL: Final = 300
"""At 100 % text, in logical pixels: the longest headline is one line there."""

MOST: Final = 360
"""The strip says all of its words there; anything wider would be empty paper."""


def grown(width: int, theme: Theme) -> int:
    """Half as fast as the text: still narrow at 200 %."""
    return round(width * (1 + (theme.scale - 1) / 2))


@dataclass(frozen=True, slots=True)
class Widths:
    """Logical pixels at the text size in use.

    Attributes:
        least: Nothing is clipped.
        usual: What it begins with.
        most: It does not get any wider.
    """

    least: int
    usual: int
    most: int

    @classmethod
    def supported(cls, theme: Theme, least: int) -> Widths:
        """Those of a theme.

        Args:
            theme: The text size.
            least: What the longest words need.
        """
        usual = max(least, grown(USUAL, theme))
        return cls(least, usual, max(usual, grown(MOST, theme)))

    def nearest(self, width: float) -> int:
        """The supported width that is nearest to this."""
        return round(min(max(width, self.least), self.most))

    def of(self, breadth: float) -> int:
        """The width for a share of the usual one."""
        return self.nearest(breadth * self.usual)

    def breadth(self, width: int) -> float:
        """The share of the usual width that this is."""
        return width / self.usual
