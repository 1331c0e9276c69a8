"""How the windows look: colours, size of text, motion, language. No client is in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "look.json"

THEMES: Final = ("system", "light", "dark", "high-contrast")
"""``system``: as the desktop."""

LANGUAGE_VARIABLE: Final = "SIDELIGHT_LANGUAGE"
"""Tells a window's process its language; set by hand it wins over what was chosen."""

LEAST_TEXT, MOST_TEXT = 100, 200
"""Percent."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the coach chose last.

    Attributes:
        theme: One of ``THEMES``.
        text: Size of all text, 100..200 percent.
        reduced_motion: Nothing fades, whatever the desktop says.
        language: Of the windows, ISO 639; ``""``: the desktop's, where there is it.
    """

    theme: str = THEMES[0]
    text: int = LEAST_TEXT
    reduced_motion: bool = False
    language: str = ""

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
    def recall(cls, folder: Path) -> Look:
        """What was written last; the defaults where nothing can be read.

        Args:
            folder: ``Paths.data``.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            theme, text = str(data["theme"]), int(data["text"])
            return cls(
                theme=theme if theme in THEMES else THEMES[0],
                text=min(max(text, LEAST_TEXT), MOST_TEXT),
                reduced_motion=data["reduced_motion"] is True,
                language=str(data["language"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return cls()
