"""A session's fixed facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sidelight.domain.transcript import Layout


class Mode(StrEnum):
    """What is kept, agreed with the client and fixed at the start."""

    KEEP = "keep"
    LIVE_ONLY = "live_only"
    NO_LISTENING = "no_listening"


@dataclass(frozen=True, slots=True)
class Session:
    """What is known when a session starts.

    Attributes:
        id: 26 characters, sortable by time (ULID), or ``"demo"``.
        started_at: Wall clock with time zone; its only appearance in the program.
        layout: Channels of the sound.
        mode: What is kept.
        client: The client's first name, or ``""``.
        planned_minutes: The agreed length, or ``None``.
        model: Name of the speech model at the start, or ``""``.
    """

    id: str
    started_at: datetime
    layout: Layout
    mode: Mode
    client: str = ""
    planned_minutes: int | None = None
    model: str = ""

    @property
    def in_room(self) -> bool:
        """Whether everybody is in one room, as far as the facts say.

        Without listening there is no microphone to tell by: it is taken for a call.
        """
        return self.layout is Layout.MONO and self.mode is not Mode.NO_LISTENING
