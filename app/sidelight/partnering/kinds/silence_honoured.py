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
        "A silence in which the client thinks is left alone until the client goes "
        "on. Measured in the sound."
    ),
    threshold=0.5,
    reason="leaves the client time to think",
    examples=(
        Example(
            "Mm.",
            before=((Speaker.CLIENT, "Oh. Wait."),),
            after_ms=2_000,
            then_ms=4_000,
        ),
        Example(
            "Where do you notice that?",
            before=((Speaker.CLIENT, "My brother never asked me once."),),
            after_ms=1_600,
            then_ms=6_600,
        ),
    ),
    near_misses=(
        Example(
            "So is it trust?",
            before=((Speaker.CLIENT, "Let me think."),),
            why="The silence is filled.",
            after_ms=2_000,
            then_ms=1_000,
        ),
        Example(
            "Okay, next point.",
            before=((Speaker.CLIENT, "That's all."),),
            why="Nobody was thinking: the coach goes on.",
            after_ms=6_000,
            then_ms=1_000,
        ),
    ),
    needs_sound=True,
)
