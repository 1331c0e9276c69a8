"""``emotion``: a feeling is given room."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="emotion",
    group=Group.QUALITY,
    title="stayed with a feeling",
    definition="Stays with a feeling: asks for it, names it, gives it room.",
    threshold=0.55,
    reason="stays with a feeling",
    examples=(
        Example(
            "How does that feel, saying it out loud?",
        ),
        Example(
            "What's it like to carry that around?",
        ),
    ),
    near_misses=(
        Example(
            "How do you feel about moving the meeting to Friday?",
            why="Feel as another word for think.",
        ),
        Example(
            "What will you do about it?",
            why="Steps on to action.",
        ),
    ),
)
