"""``either_or``: a closed choice about the client's matter."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="either_or",
    group=Group.INDICATOR,
    title="A or B about content",
    definition=(
        "A closed choice between two answers about the client's matter, "
        "without a way out."
    ),
    threshold=0.45,
    reason="offers two answers",
    examples=(
        Example(
            "Is it the money that worries you or is it the hours?",
        ),
        Example(
            "Are you angry with him or are you disappointed?",
        ),
    ),
    near_misses=(
        Example(
            "Is it the money, the hours, or something else?",
            why="Leaves a way out.",
        ),
        Example(
            "Shall we stay with this or shall we go back to the letter?",
            why="About the conversation: direction.",
        ),
    ),
)
