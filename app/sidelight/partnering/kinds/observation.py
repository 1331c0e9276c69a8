"""``observation``: a pattern named without a meaning."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="observation",
    group=Group.QUALITY,
    title="named a pattern",
    definition=(
        "Names a contradiction, a shift or a pattern, and imposes no meaning on it."
    ),
    threshold=0.45,
    reason="names something noticed",
    examples=(
        Example(
            "I notice you smiled when you said that.",
        ),
        Example(
            "Every time you mention the house your voice gets quieter.",
        ),
    ),
    near_misses=(
        Example(
            "You're obviously avoiding him.",
            why="A meaning is imposed.",
        ),
        Example(
            "What did you notice?",
            why="Asks the client.",
        ),
    ),
)
