"""``acknowledgement``: a strength or value named."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="acknowledgement",
    group=Group.QUALITY,
    title="acknowledged a strength",
    definition="Names a strength, a value or an effort of the client.",
    threshold=0.45,
    reason="names a strength or a value",
    examples=(
        Example(
            "That took real courage.",
        ),
        Example(
            "I want to acknowledge how patiently you've stayed with this.",
        ),
    ),
    near_misses=(
        Example(
            "Great, okay.",
            why="Filler praise that names nothing.",
        ),
        Example(
            "What took courage?",
            why="A question.",
        ),
    ),
)
