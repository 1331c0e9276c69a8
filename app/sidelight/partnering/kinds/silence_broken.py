"""``silence_broken``: speaks into a thinking silence (from the sound)."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="silence_broken",
    group=Group.INDICATOR,
    title="spoke into a silence",
    definition=(
        "The coach speaks soon after the client has stopped to think, or again "
        "before an answer to the coach's own question. Measured in the sound; that "
        "the thought was not at its end, in the words."
    ),
    threshold=0.5,
    reason="speaks while the client thinks",
    examples=(
        Example(
            "So what will you do?",
            before=((Speaker.CLIENT, "I don't know. Maybe …"),),
            after_ms=1_800,
        ),
        Example(
            "Is it about trust?",
            before=((Speaker.COACH, "What would you tell him now?"),),
            after_ms=2_200,
        ),
    ),
    near_misses=(
        Example(
            "Take your time.",
            before=((Speaker.CLIENT, "Let me think."),),
            why="Leaves the silence to the client.",
            after_ms=1_800,
        ),
        Example(
            "What came up?",
            before=((Speaker.CLIENT, "Hm. Let me think."),),
            why="After a long silence.",
            after_ms=8_000,
        ),
    ),
    needs_sound=True,
)
