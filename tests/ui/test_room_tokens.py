"""The room's line is large enough at two metres, dim, warm, and still read."""

import math

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from tests.ui.test_tokens import contrast, luminance

from sidelight.ui.theme.room import (
    DISTANCE_MM,
    ROOM_DARK,
    ROOM_HIGH_CONTRAST,
    ROOM_LIGHT,
    USUAL_PX_PER_MM,
    letter_px,
    px_per_mm,
    room_font,
    room_palette,
)
from sidelight.ui.theme.theme import Theme
from sidelight.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Palette

ROOMS = {"light": ROOM_LIGHT, "dark": ROOM_DARK, "high contrast": ROOM_HIGH_CONTRAST}
BRIGHTEST_GROUND = {"light": 0.45, "dark": 0.01, "high contrast": 0.01}
USED = ("surface", "ink", "ink_soft", "good", "attention", "accent", "hairline")


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("text", ["ink", "ink_soft", "attention"])
def test_text_and_warnings_are_readable(name: str, text: str) -> None:
    palette = ROOMS[name]
    assert contrast(getattr(palette, text), palette.surface) >= 4.5


@pytest.mark.parametrize("name", ROOMS)
def test_the_health_dot_can_be_made_out(name: str) -> None:
    assert contrast(ROOMS[name].good, ROOMS[name].surface) >= 3.0


@pytest.mark.parametrize("palette", [*ROOMS.values(), LIGHT, DARK, HIGH_CONTRAST])
def test_the_health_dot_is_green_wherever_it_is(palette: Palette) -> None:
    """One sign in two colours would be two signs."""
    color = QColor(palette.good)
    assert color.green() > max(color.red(), color.blue())


@pytest.mark.parametrize("name", ROOMS)
def test_grounds_are_dim(name: str) -> None:
    assert luminance(ROOMS[name].surface) <= BRIGHTEST_GROUND[name]


def test_with_the_lights_low_nothing_is_bright() -> None:
    assert max(luminance(getattr(ROOM_DARK, role)) for role in USED) <= 0.33


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("role", sorted({*USED} - {"good"}))
def test_every_colour_is_warm(name: str, role: str) -> None:
    color = QColor(getattr(ROOMS[name], role))
    black = color.red() == 0
    assert black or color.red() > color.green() > color.blue()


@pytest.mark.parametrize(
    ("sidebar", "room"),
    [(LIGHT, ROOM_LIGHT), (DARK, ROOM_DARK), (HIGH_CONTRAST, ROOM_HIGH_CONTRAST)],
)
def test_the_room_follows_the_surroundings(sidebar: Palette, room: Palette) -> None:
    assert room_palette(sidebar) == room


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_small_letters_take_twenty_minutes_of_arc_at_two_metres(
    theme: Theme, scale: float
) -> None:
    font = room_font(theme, letter_px(USUAL_PX_PER_MM, scale))
    x_height_mm = QFontMetricsF(font).xHeight() / USUAL_PX_PER_MM
    minutes = math.degrees(2 * math.atan(x_height_mm / 2 / DISTANCE_MM)) * 60
    assert minutes == pytest.approx(20 * scale, rel=0.02)


def test_a_sharper_screen_gets_more_pixels_and_a_liar_the_usual() -> None:
    assert px_per_mm(2560, 345) == pytest.approx(7.42, abs=0.01)
    assert letter_px(7.42) == pytest.approx(2 * letter_px(3.71), abs=1)
    for width_mm in (0, 10, 16_000):  # unknown, a projector's nonsense
        assert px_per_mm(1920, width_mm) == USUAL_PX_PER_MM
