"""What the screen shows when everybody is in one room, as the coach chose it last."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "room.json"


class RoomView(StrEnum):
    """What can be seen of a session in a room."""

    LINE = "line"
    """One line that is read at two metres."""

    DARK = "dark"
    """A dark screen; everything is in the review afterwards."""

    SIDEBAR = "sidebar"
    """The sidebar, as on a call."""


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """What the coach chose last.

    Attributes:
        view: What is seen.
        full: Whether the line has the whole screen, or a low window.
        screen: Name of the screen it stands on; ``""``: where the sidebar is.
    """

    view: RoomView = RoomView.LINE
    full: bool = False
    screen: str = ""

    def seen_as(self, view: RoomView) -> RoomChoice:
        """The same, with another view."""
        return replace(self, view=view)

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us forget.

        Args:
            folder: ``Paths.data``.
        """
        path = folder / FILE_NAME
        fresh = path.with_suffix(".new")
        data = {"view": self.view.value, "full": self.full, "screen": self.screen}
        try:
            fresh.write_text(json.dumps(data), encoding="utf-8")
            fresh.replace(path)
        except OSError:
            path.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> RoomChoice:
        """What was written last; the line where nothing can be read.

        Args:
            folder: ``Paths.data``.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            view, full, screen = data["view"], data["full"], data["screen"]
            return cls(RoomView(view), full is True, str(screen))
        except (OSError, ValueError, KeyError, TypeError):
            return cls()
