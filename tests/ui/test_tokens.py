"""Every colour can be read or made out on every ground it stands on (WCAG 2.2)."""

import pytest

from sidelight.settings.sidebar import OPACITIES
from sidelight.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Motion, Palette

PALETTES = {"light": LIGHT, "dark": DARK, "high contrast": HIGH_CONTRAST}
GROUNDS = ("canvas", "surface", "field", "hover", "selection")
TEXT = ("ink", "ink_soft", "accent")
OTHER_PAIRS = (("surface", "accent"), ("ink", "marked"), ("ink", "curve_fill"))
"""A button that goes on; letters that are selected; names of phases."""
MARKS = (
    *("accent", "coach", "client", "unknown", "support", "direction", "on_track"),
    *("other", "curve", "good", "attention"),
)


def luminance(color: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, "relative luminance")."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXT)
def test_text_is_readable(palette: Palette, ground: str, text: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize(("text", "ground"), OTHER_PAIRS)
def test_text_on_other_grounds_is_too(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_wedge_and_the_phases_stand_out_from_their_card(palette: Palette) -> None:
    assert contrast(palette.curve_fill, palette.surface) >= 1.4


def test_in_the_dark_page_card_field_and_selected_row_are_told_apart() -> None:
    """In the light a hairline does it; on dark grounds hairlines are all but lost."""
    assert contrast(DARK.surface, DARK.canvas) >= 1.2
    assert contrast(DARK.field, DARK.surface) >= 1.15
    assert contrast(DARK.selection, DARK.surface) >= 1.4
    assert contrast(DARK.hover, DARK.surface) >= 1.05


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_what_is_selected_in_a_field_stands_out(palette: Palette) -> None:
    assert contrast(palette.marked, palette.field) >= 1.35


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("mark", MARKS)
def test_marks_can_be_made_out(palette: Palette, mark: str) -> None:
    assert contrast(getattr(palette, mark), palette.surface) >= 3.0


def blended(color: str, behind: str, percent: int) -> str:
    """A ground of this opacity on what is behind it."""
    pairs = zip(bytes.fromhex(color[1:]), bytes.fromhex(behind[1:]), strict=True)
    mixed = (round((a * percent + b * (100 - percent)) / 100) for a, b in pairs)
    return "#" + bytes(mixed).hex()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("behind", ["#000000", "#777777", "#ffffff"])
def test_the_ink_is_readable_on_a_ground_that_shines_through(
    palette: Palette, behind: str
) -> None:
    ground = blended(palette.surface, behind, OPACITIES[-1])
    assert contrast(palette.ink, ground) >= 4.5


def test_a_reset_takes_its_time() -> None:
    assert Motion.RESET >= 600
