"""How the windows look: colours, size of text, motion, language. No client is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from sidelight import resources
from sidelight.settings.option import Section, option
from sidelight.settings.store import Remembered
from sidelight.settings.values import Name, OneOf, Pool, Whole, YesNo

FILE_NAME: Final = "look.json"

THEMES: Final = {
    "system": "As the desktop",
    "light": "Light",
    "dark": "Dark",
    "high-contrast": "High contrast",
}

LANGUAGE_VARIABLE: Final = "SIDELIGHT_LANGUAGE"
"""Tells a window's process its language; set by hand it wins over what was chosen."""

LEAST_TEXT, MOST_TEXT = 100, 200
"""Percent."""

_ENGLISH: Final = "en"


def _translated(code: str) -> bool:
    if code == _ENGLISH:
        return True
    return any(one.stem == code for one in resources.translations())


@dataclass(frozen=True, slots=True)
class Look(Remembered):
    """What the coach chose last.

    Attributes:
        theme: One of ``THEMES``.
        text: Size of all text, 100..200 percent.
        reduced_motion: Nothing fades, whatever the desktop says.
        language: Of the windows, ISO 639; ``""``: the desktop's, where there is it.
    """

    FILE: ClassVar[str] = FILE_NAME

    theme: str = option(
        "system",
        OneOf(THEMES),
        id="look.theme",
        section=Section.LOOK,
        title="Colours",
        explained="New windows look so.",
    )
    text: int = option(
        LEAST_TEXT,
        Whole(LEAST_TEXT, MOST_TEXT, "percent"),
        id="look.text",
        section=Section.LOOK,
        title="Size of all text",
        explained=(
            "In percent, from 100 to 200. It holds for windows opened from now on."
        ),
    )
    reduced_motion: bool = option(
        False,  # noqa: FBT003 - a default
        YesNo(),
        id="look.reduced_motion",
        section=Section.LOOK,
        title="Less motion",
        explained="Nothing fades, whatever the desktop says.",
    )
    language: str = option(
        "",
        Name(Pool.SHOWN, "desktop", "As the desktop", _translated, "a code such as de"),
        id="look.language",
        section=Section.LOOK,
        title="Language of the windows",
        explained="New windows speak it.",
    )
