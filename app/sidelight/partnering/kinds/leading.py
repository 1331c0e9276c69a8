"""``leading``: the question carries the coach's own answer."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="leading",
    group=Group.INDICATOR,
    title="pulls to an answer",
    definition="A question that carries the coach's own answer.",
    threshold=0.35,
    reason="suggests its own answer",
    examples=(
        Example(
            "Don't you think it would be better to tell him first?",
        ),
        Example(
            "Have you thought about asking for a transfer?",
        ),
    ),
    near_misses=(
        Example(
            "What do you think would be better?",
            why="Open; no answer inside.",
        ),
        Example(
            "Did you tell him?",
            why="Closed, but about a fact.",
        ),
    ),
)
