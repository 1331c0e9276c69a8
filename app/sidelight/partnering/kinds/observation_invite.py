"""``observation_invite``: something of the coach's own, open to a no."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="observation_invite",
    group=Group.PARTNERING,
    title="offer with a way to say no",
    definition=(
        "An observation, hunch, suggestion or information with a real "
        "invitation to disagree or build on it, or permission asked first."
    ),
    threshold=0.45,
    reason="shares and invites the client to disagree or build on it",
    examples=(
        Example(
            "Could I share something I noticed?",
        ),
        Example(
            (
                "I have a hunch that the deadline isn't the point here. Tell me if "
                "that's off."
            ),
        ),
    ),
    near_misses=(
        Example(
            "I noticed that your voice dropped.",
            why="No invitation; the observation stands alone.",
        ),
        Example(
            "Can I ask how old she is?",
            why="A question, not something of the coach's own.",
        ),
    ),
)
