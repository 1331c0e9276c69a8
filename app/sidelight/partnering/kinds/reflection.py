"""``reflection``: the client's words given back."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="reflection",
    group=Group.QUALITY,
    title="gave it back",
    definition=(
        "The client's words or their meaning given back, without a turn of "
        "the coach's own."
    ),
    threshold=0.5,
    reason="gives back the client's words",
    examples=(
        Example(
            "Everything to lose.",
            before=((Speaker.CLIENT, ("Now it's as if I've got everything to lose.")),),
        ),
        Example(
            "You said it's the waiting that wears you out.",
        ),
    ),
    near_misses=(
        Example(
            "What would happen if you lost it?",
            before=((Speaker.CLIENT, "I've got everything to lose."),),
            why="A question.",
        ),
        Example(
            "I think you should stop waiting.",
            why="Advice.",
        ),
    ),
)
