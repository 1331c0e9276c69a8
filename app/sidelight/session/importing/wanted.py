"""What somebody wants to bring in; known to the window, which opens no file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.shown import shown

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sidelight.audio.file import CoachSide
    from sidelight.domain.transcript import Layout


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording made elsewhere, and what is known of it.

    Attributes:
        path: The file.
        layout: ``None``: from the file; two channels with the same sound are a room.
        coach: The coach's side of a two-channel file.
        client: First name, or ``""``.
        started_at: When it was; ``None``: as the file says.
        language: ISO 639; ``None``: decided from what is heard.
    """

    path: Path
    layout: Layout | None = None
    coach: CoachSide = "left"
    client: str = ""
    started_at: datetime | None = None
    language: str | None = None

    @property
    def name(self) -> str:
        """The file's name, fit to be shown whatever bytes it is made of."""
        return shown(self.path.name)
