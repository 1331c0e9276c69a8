"""How the room's line is drawn: letters to be read from afar, in dim and warm light.

**Height of letters.** What counts for reading is the angle that a letter takes in the
eye. ISO 9241-303 asks for 16 minutes of arc at the least and prefers 20 to 22, measured
on capitals, at good contrast in ordinary light. Here contrast and light are low on
purpose and the line is read in a glance, so it is the *small* letters (the x-height)
that get 20 minutes: at two metres 11.6 mm, capitals 15.5 mm (26.6 minutes).

**Light.** In a session the screen must not light a face, nor call for eyes. The
grounds have a relative luminance of at most 0.01 (dark) and 0.45 (in daylight, less
than half of a white window), every colour has more red than green and more green than
blue, but for the health dot, which is green wherever it is, and text keeps 4.5:1
(WCAG 2.2). ``tests/ui/test_room_tokens.py`` computes it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QFont

from sidelight.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Family, Palette, Role

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QScreen

    from sidelight.ui.theme.theme import Theme

DISTANCE_MM: Final = 2_000
"""From the eye to the screen."""

LETTER_ARC_MINUTES: Final = 20
"""Visual angle of the x-height at that distance, in minutes of arc."""

X_HEIGHT: Final = 0.546
"""Of Inter, as a share of the font's size."""

USUAL_PX_PER_MM: Final = 96 / 25.4
"""Logical pixels on a millimetre where the screen does not say, or says nonsense."""

_PLAUSIBLE_PX_PER_MM: Final = (1.0, 12.0)
"""A large television has about 1, a small sharp laptop that is not scaled 10."""

ROOM_DARK: Final = replace(
    DARK,
    canvas="#0d0a07",
    surface="#0d0a07",
    hairline="#1d1710",
    ink="#b98f5c",
    ink_soft="#977349",
    accent="#b98f5c",
    good="#4f8a5b",
    attention="#b98f5c",
)
"""With the lights low: a dim amber on almost black."""

ROOM_LIGHT: Final = replace(
    LIGHT,
    canvas="#b5a68e",
    surface="#b5a68e",
    hairline="#a39479",
    ink="#2b2115",
    ink_soft="#3f3220",
    accent="#2b2115",
    good="#2f5d3a",
    attention="#2b2115",
)
"""In daylight, where a dark screen would be a mirror: the light of unbleached paper."""

ROOM_HIGH_CONTRAST: Final = replace(
    HIGH_CONTRAST,
    hairline="#33291c",
    ink="#ffdcae",
    ink_soft="#ffdcae",
    accent="#ffdcae",
    attention="#ffdcae",
)
"""For who asked the system for contrast: still no blue-white."""


def room_palette(palette: Palette) -> Palette:
    """The room's colours beside these of the sidebar."""
    if palette == LIGHT:
        return ROOM_LIGHT
    return ROOM_HIGH_CONTRAST if palette == HIGH_CONTRAST else ROOM_DARK


def room_theme(theme: Theme, *, dark: bool = False) -> Theme:
    """The same choices in the room's colours.

    Args:
        theme: Of the sidebar.
        dark: Almost black, also in daylight.
    """
    palette = room_palette(theme.palette)
    if dark and palette == ROOM_LIGHT:
        palette = ROOM_DARK
    return replace(theme, palette=palette)


def letter_px(px_per_mm: float, scale: float = 1.0) -> int:
    """The font's size in logical pixels, for reading at ``DISTANCE_MM``.

    Args:
        px_per_mm: Logical pixels on a millimetre of the screen.
        scale: Text size, 1.0..2.0: who needs larger letters needs them here too.
    """
    angle = math.radians(LETTER_ARC_MINUTES / 60)
    x_height_mm = 2 * DISTANCE_MM * math.tan(angle / 2)
    return round(x_height_mm / X_HEIGHT * px_per_mm * scale)


def px_per_mm(px: float, mm: float) -> float:
    """Logical pixels on a millimetre, as far as a screen can be believed.

    Args:
        px: Its width in logical pixels.
        mm: Its width in millimetres, as it says; 0 where it does not.
    """
    if mm <= 0:
        return USUAL_PX_PER_MM
    low, high = _PLAUSIBLE_PX_PER_MM
    return px / mm if low <= px / mm <= high else USUAL_PX_PER_MM


@dataclass(frozen=True, slots=True)
class RoomScreen:
    """Where the room's window stands.

    Attributes:
        whole: The screen, in logical pixels.
        free: What panels and docks leave of it.
        px_per_mm: Logical pixels on a millimetre.
    """

    whole: QRect
    free: QRect
    px_per_mm: float

    @classmethod
    def of(cls, screen: QScreen) -> RoomScreen:
        """This screen, as it is now."""
        whole, free = screen.geometry(), screen.availableGeometry()
        scale = px_per_mm(whole.width(), screen.physicalSize().width())
        return cls(whole, free, scale)


def room_font(theme: Theme, px: int, *, soft: bool = False) -> QFont:
    """The font of the line: the open letters of the text cut, figures of equal width.

    Args:
        theme: Any.
        px: Its size, see ``letter_px``.
        soft: What is read second: a lighter weight, never a smaller size.
    """
    font = theme.font(Role.SINCE)
    font.setFamily(Family.TEXT.value)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.Normal if soft else QFont.Weight.Medium)
    return font
