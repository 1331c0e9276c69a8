"""``silence_broken``: speaks into a thinking silence (from the sound)."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="silence_broken",
    group=Group.INDICATOR,
    title="broke a silence",
    definition=(
        "The coach speaks soon after the client has stopped to think. "
        "Measured in the sound."
    ),
    threshold=0.5,
    reason="speaks while the client thinks",
    examples=(
        Example(
            "So what will you do?",
            before=((Speaker.CLIENT, "I don't know. Maybe …"),),
        ),
        Example(
            "Is it about trust?",
            before=((Speaker.CLIENT, "Hm. Let me think."),),
        ),
    ),
    near_misses=(
        Example(
            "Take your time.",
            before=((Speaker.CLIENT, "Let me think."),),
            why="Leaves the silence to the client.",
        ),
        Example(
            "What came up?",
            before=((Speaker.CLIENT, "…"),),
            why="After a long silence.",
        ),
    ),
    needs_sound=True,
)
