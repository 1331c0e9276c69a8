"""Whether the coach wants cues: on a call unless told otherwise, in a room only if so.

In a room the client sees the screen, and who speaks is an estimate.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "cues.json"


@dataclass(frozen=True, slots=True)
class CueChoice:
    """What the coach chose last.

    Attributes:
        on_call: With two channels.
        in_room: With one microphone.
    """

    on_call: bool = True
    in_room: bool = False

    def wanted(self, layout: Layout) -> bool:
        """Whether a session with these channels has cues."""
        return self.on_call if layout is Layout.STEREO else self.in_room

    def chosen(self, layout: Layout, *, wanted: bool) -> CueChoice:
        """The same, with another choice for sessions with these channels."""
        if layout is Layout.STEREO:
            return replace(self, on_call=wanted)
        return replace(self, in_room=wanted)

    def remember(self, folder: Path) -> None:
        """Write it; a disk that refuses only makes us forget."""
        path = folder / FILE_NAME
        fresh = path.with_suffix(".new")
        data = {"on_call": self.on_call, "in_room": self.in_room}
        try:
            fresh.write_text(json.dumps(data), encoding="utf-8")
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)

    @classmethod
    def recall(cls, folder: Path) -> CueChoice:
        """What was written last; the defaults where nothing can be read."""
        try:
            data = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
            on_call, in_room = data["on_call"], data["in_room"]
        except (OSError, ValueError, KeyError, TypeError):
            return cls()
        return cls(on_call is True, in_room is True)
