"""How long the disk still has room for sound; said hours before it has none."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

BYTES_A_SECOND: Final = 20_000
"""One channel of FLAC at its loudest in a room; two channels of a calm talk need less
(docs/decisions/0006-record-format.md)."""

WARN_HOURS: Final = 4.0
"""Two long sessions: time enough to tidy up between them."""

LEAST_HOURS: Final = 0.25
"""With less, a session is not begun."""


@dataclass(frozen=True, slots=True)
class Room:
    """Free space, in terms of sound.

    Attributes:
        free: Bytes.
        bytes_a_second: What a session needs.
    """

    free: int
    bytes_a_second: int

    @classmethod
    def of(cls, folder: Path, channels: int) -> Room:
        """The room where this folder lies.

        Raises:
            UserError: The disk cannot be asked.
        """
        try:
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise UserError(
                f"The disk of {folder} cannot be asked for room ({error.strerror}).",
                "Check that it is there and yours to use.",
            ) from error
        return cls(free, BYTES_A_SECOND * channels)

    @property
    def hours(self) -> float:
        """For how many hours of sound it is enough."""
        return self.free / (self.bytes_a_second * 3600)

    @property
    def warning(self) -> str:
        """A sentence for the coach where it is getting little, else ``""``."""
        if self.hours >= WARN_HOURS:
            return ""
        if self.hours >= 1:
            hours = int(self.hours)
            unit = "hour" if hours == 1 else "hours"
            return f"The disk has room for {hours} more {unit} of sound."
        minutes = int(self.hours * 60)
        return f"The disk has room for {minutes} more minutes of sound."

    def require(self) -> None:
        """Refuse to begin what the disk cannot hold.

        Raises:
            UserError: There is too little room.
        """
        if self.hours < LEAST_HOURS:
            raise UserError(
                f"{self.warning} That is too little for a session.",
                "Free some space, or choose No listening.",
            )
