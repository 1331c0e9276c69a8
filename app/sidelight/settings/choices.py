"""What the start card was filled in with last. No names of clients: they are private.

The file is not encrypted; whatever says who came lies in the record.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from sidelight.domain.session import Mode

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "start.json"


@dataclass(frozen=True, slots=True)
class LastChoices:
    """The choices of the last start; without a file, those to begin with.

    Attributes:
        minutes: The agreed length, or ``None``.
        mode: What is kept.
        microphone: Its name; ``None``: the system's choice.
        call: What plays the client's voice; ``""``: the system's own output; ``None``:
            everybody is in the room.
        model: Its name; ``None``: chosen by the program.
        language: ISO 639; ``None``: decided from the first sentences.
        record_only: Record now, words later.
    """

    minutes: int | None = 60
    mode: Mode = Mode.KEEP
    microphone: str | None = None
    call: str | None = None
    model: str | None = None
    language: str | None = None
    record_only: bool = False

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
            path.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> LastChoices:
        """What was written last; where nothing can be read, what to begin with.

        Args:
            folder: ``Paths.data``.
        """
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            minutes = data["minutes"]
            return cls(
                minutes=None if minutes is None else int(minutes),
                mode=Mode(data["mode"]),
                microphone=_text(data["microphone"]),
                call=_text(data["call"]),
                model=_text(data["model"]),
                language=_text(data["language"]),
                record_only=bool(data["record_only"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return cls()


def _text(value: Any) -> str | None:  # noqa: ANN401 - from a file
    return None if value is None else str(value)
