"""``silence_honoured``: a thinking silence left alone (from the sound)."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="silence_honoured",
    group=Group.QUALITY,
    title="left a silence",
    definition=(
        "A silence in which the client thinks is left alone. Measured in the sound."
    ),
    threshold=0.5,
    reason="leaves the client time to think",
    examples=(
        Example(
            "Mm.",
            before=((Speaker.CLIENT, "Oh. Wait."),),
        ),
        Example(
            "And what came?",
            before=((Speaker.CLIENT, "…"),),
        ),
    ),
    near_misses=(
        Example(
            "So is it trust?",
            before=((Speaker.CLIENT, "Let me think."),),
            why="The silence is filled.",
        ),
        Example(
            "Okay, next point.",
            before=((Speaker.CLIENT, "That's all."),),
            why="Nobody was thinking.",
        ),
    ),
    needs_sound=True,
)
