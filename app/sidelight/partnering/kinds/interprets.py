"""``interprets``: the coach decides what the client means."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="interprets",
    group=Group.INDICATOR,
    title="decides what is meant",
    definition=(
        "The coach decides what the client means, or finishes the client's sentence."
    ),
    threshold=0.5,
    reason="decides what the client means",
    examples=(
        Example(
            "Deep down you're waiting for him to ask.",
        ),
        Example(
            "What you really want is for him to leave.",
        ),
    ),
    near_misses=(
        Example(
            "What does that mean to you?",
            why="Asks for the meaning.",
        ),
        Example(
            "I wonder if it's fear. What do you make of it?",
            why="Offered, with room to disagree.",
        ),
    ),
)
