"""Design tokens: the only place where a colour, a size or a duration is a literal.

Colours are named by role, never by hue. Neutrals are warm, so that the window reads as
paper in daylight and as a dim lamp at night; the three process kinds carry the only
hues, and every one of them has a shape of its own as well. Red has no role here.

Contrast (WCAG 2.2, 1.4.3 and 1.4.11): text roles reach 4.5:1 on every ground, marks
reach 3:1; ``tests/ui/test_tokens.py`` computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by role, each ``#rrggbb``.

    Attributes:
        canvas: Behind everything in a large window.
        surface: Panels, lists and the sidebar.
        field: Where something is written in.
        hover: A surface under the pointer.
        selection: A selected row or stretch of time.
        marked: Selected letters in a field.
        hairline: Borders; carries no meaning.
        grid: Lines to read against; fainter than anything that was heard.
        ink: Text that is read first.
        ink_soft: Text that is read second.
        accent: Focus rings and the edge of what is selected.
        coach: The coach's speech.
        client: The client's speech.
        unknown: Speech of nobody in particular.
        support: Marks of that kind.
        direction: Marks of that kind.
        on_track: Marks of that kind.
        other: Marks of every other kind.
        curve: The line of "how long since".
        curve_fill: Below that line.
        good: The health dot, all well.
        attention: The health dot, otherwise. Never red.
    """

    canvas: str
    surface: str
    field: str
    hover: str
    selection: str
    marked: str
    hairline: str
    grid: str
    ink: str
    ink_soft: str
    accent: str
    coach: str
    client: str
    unknown: str
    support: str
    direction: str
    on_track: str
    other: str
    curve: str
    curve_fill: str
    good: str
    attention: str


LIGHT: Final = Palette(
    canvas="#f4f1eb",
    surface="#fdfcf9",
    field="#ffffff",
    hover="#f7f4ee",
    selection="#e7eeea",
    marked="#c3ddd8",
    hairline="#e3ddd2",
    grid="#e9e4da",
    ink="#25221e",
    ink_soft="#686157",
    accent="#1f6b66",
    coach="#4d6b74",
    client="#a28b6d",
    unknown="#85817b",
    support="#8b4a87",
    direction="#14706b",
    on_track="#a15d0a",
    other="#757069",
    curve="#8a8175",
    curve_fill="#dbd4c6",
    good="#4f8a5b",
    attention="#a8690f",
)

DARK: Final = Palette(
    canvas="#121110",
    surface="#282522",
    field="#191715",
    hover="#302d2a",
    selection="#38453f",
    marked="#2c5f5a",
    hairline="#423e39",
    grid="#38342f",
    ink="#eee9e1",
    ink_soft="#b6aea3",
    accent="#79c2ba",
    coach="#8fb1ba",
    client="#9a8567",
    unknown="#8d8983",
    support="#d09aca",
    direction="#62c0b6",
    on_track="#e2a850",
    other="#9d968c",
    curve="#8f877b",
    curve_fill="#46423c",
    good="#74b583",
    attention="#dfa64f",
)

HIGH_CONTRAST: Final = Palette(
    canvas="#000000",
    surface="#000000",
    field="#000000",
    hover="#1c1c1c",
    selection="#333333",
    marked="#00549c",
    hairline="#ffffff",
    grid="#4a4a4a",
    ink="#ffffff",
    ink_soft="#ffffff",
    accent="#ffff00",
    coach="#7fdfff",
    client="#ffd27f",
    unknown="#d0d0d0",
    support="#ffa6ff",
    direction="#5fffe8",
    on_track="#ffcc33",
    other="#e0e0e0",
    curve="#ffffff",
    curve_fill="#333333",
    good="#7dff9a",
    attention="#ffcc33",
)


class Family(StrEnum):
    """The bundled families (``assets/fonts``)."""

    TEXT = "Inter"
    DISPLAY = "Inter Display"


@dataclass(frozen=True, slots=True)
class Type:
    """A size, weight and family at 100 % text.

    Attributes:
        px: Font size in logical pixels.
        weight: CSS weight, 400..600.
        family: Which of the bundled families.
        tracking: Extra space between letters, in percent of the advance.
    """

    px: int
    weight: int = 400
    family: Family = Family.TEXT
    tracking: float = 0.0


class Role(StrEnum):
    """What a piece of text is for; ``TYPE`` says how it is set."""

    SINCE = "since"
    TITLE = "title"
    HOW = "how"
    STRONG = "strong"
    BODY = "body"
    SMALL = "small"
    LABEL = "label"


TYPE: Final[dict[Role, Type]] = {
    Role.SINCE: Type(28, 500, Family.DISPLAY),
    Role.TITLE: Type(22, 500, Family.DISPLAY),
    Role.HOW: Type(16),
    Role.STRONG: Type(14, 500),
    Role.BODY: Type(14),
    Role.SMALL: Type(13),
    Role.LABEL: Type(12, 500, tracking=1.0),
}


LEADING: Final = 1.45
"""From one line of what is read to the next, as a multiple of the letters' size: 20 px
at 14. WCAG 2.2, 1.4.12 asks that 1.5 be possible; a sentence or two needs less."""


class Space:
    """Distances in logical pixels at 100 % text: a rhythm of four, and its half."""

    XXS: Final = 2
    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24


class Size:
    """Sizes that widgets of one kind share, in logical pixels at 100 % text."""

    CONTROL: Final = 34
    """Height of what is pressed or filled in."""

    LINE: Final = 200
    """Width that a line of text asks for."""

    PARAGRAPH: Final = 260
    """The same, where it is a sentence or two."""

    LEAST: Final = 80
    """Narrower than this nothing can be read."""


class Radius:
    """Corner radii in logical pixels."""

    RAIL: Final = 1.5
    SMALL: Final = 3
    FIELD: Final = 6
    """Also of what is selected, wherever it is: a tint with round corners."""

    CARD: Final = 10


class Motion:
    """Durations in milliseconds. Nothing ever moves: these are cross-fades only."""

    RESET: Final = 800
    """A reset of the clock; COACHING.md section 4 asks for at least 600."""

    CUE: Final = 800
    """A cue comes or goes: as slowly as a reset."""

    TICK: Final = 400
    """A minute has passed, or the health dot changes."""
