"""``past_success``: what worked before."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="past_success",
    group=Group.QUALITY,
    title="what worked before",
    definition="Looks for what has worked for the client before.",
    threshold=0.5,
    reason="looks for what worked before",
    examples=(
        Example(
            "When have you managed something like this before?",
        ),
        Example(
            "What helped you get through it last time?",
        ),
    ),
    near_misses=(
        Example(
            "What happened last time?",
            why="Asks for the story, not for what worked.",
        ),
        Example(
            "What might work next week?",
            why="Looks forward.",
        ),
    ),
)
