"""``engagement``: how the two work together over the months."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="engagement",
    group=Group.PARTNERING,
    title="working together",
    definition=(
        "How coach and client work together over the months: roles, "
        "confidentiality, rhythm, what happens between sessions."
    ),
    threshold=0.5,
    reason="about how the two work together over time",
    examples=(
        Example(
            "Everything here stays confidential between the two of us.",
        ),
        Example(
            "How often would you like us to meet over the next six months?",
        ),
    ),
    near_misses=(
        Example(
            "How often do you meet with your team?",
            why="The client's own meetings.",
        ),
        Example(
            "How would you like to use the next ten minutes?",
            why="This conversation, not the working relationship.",
        ),
    ),
)
