"""How long sound is kept, unless a client's card says otherwise."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.keeping import SoundRule

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "keeping.json"


@dataclass(frozen=True, slots=True)
class KeepingChoice:
    """What the coach chose last.

    Attributes:
        sound: How long sound is kept once the note of its session is finished.
    """

    sound: SoundRule = SoundRule.DAYS_14

    def remember(self, folder: Path) -> None:
        """Write it.

        Args:
            folder: ``Paths.data``.

        Raises:
            OSError: It cannot be written. Unlike looks, it must not be forgotten in
                silence: sound would go on another day than was chosen.
        """
        path = folder / FILE_NAME
        fresh = path.with_suffix(".new")
        try:
            fresh.write_text(json.dumps({"sound": self.sound}), encoding="utf-8")
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> KeepingChoice:
        """What was written last; without a file, what to begin with.

        Where the file is there and cannot be understood, sound is kept: what was
        deleted by mistake does not come back.

        Args:
            folder: ``Paths.data``.
        """
        path = folder / FILE_NAME
        if not path.exists():
            return cls()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return cls(SoundRule(data["sound"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(SoundRule.FOR_EVER)
