"""Whether the coach wants cues: on a call unless told otherwise, in a room only if so.

In a room the client sees the screen, and who speaks is an estimate.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from sidelight.domain.transcript import Layout
from sidelight.settings.option import Section, option
from sidelight.settings.store import Remembered
from sidelight.settings.values import YesNo

FILE_NAME: Final = "cues.json"


@dataclass(frozen=True, slots=True)
class CueChoice(Remembered):
    """What the coach chose last.

    Attributes:
        on_call: With two channels.
        in_room: With one microphone.
    """

    FILE: ClassVar[str] = FILE_NAME
    BEFORE: ClassVar[str] = "run/cues.json"

    on_call: bool = option(
        True,  # noqa: FBT003 - a default
        YesNo(),
        id="cues.on_call",
        section=Section.CUES,
        title="Cues on a call",
        explained="At a doorway, at most four words for some seconds, never while your"
        " client speaks or thinks. From the next session on.",
    )
    in_room: bool = option(
        False,  # noqa: FBT003 - a default
        YesNo(),
        id="cues.in_room",
        section=Section.CUES,
        title="Cues in a room",
        explained="The same where everybody hears and sees it. Off, because your client"
        " sees the screen too.",
    )

    def wanted(self, layout: Layout) -> bool:
        """Whether a session with these channels has cues."""
        return self.on_call if layout is Layout.STEREO else self.in_room

    def chosen(self, layout: Layout, *, wanted: bool) -> CueChoice:
        """The same, with another choice for sessions with these channels."""
        if layout is Layout.STEREO:
            return replace(self, on_call=wanted)
        return replace(self, in_room=wanted)
