"""``reflection``: the client's words given back."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="reflection",
    group=Group.QUALITY,
    title="reflected back",
    definition=(
        "The client's words or their meaning given back, without a turn of "
        "the coach's own."
    ),
    threshold=0.55,
    reason="gives back the client's words",
    examples=(
        Example(
            "The last one in the office.",
            before=((Speaker.CLIENT, ("Every night I'm the last one in the office.")),),
        ),
        Example(
            "You said it's the waiting that wears you out.",
        ),
    ),
    near_misses=(
        Example(
            "What keeps you in the office?",
            before=((Speaker.CLIENT, ("Every night I'm the last one in the office.")),),
            why="A question.",
        ),
        Example(
            "I think you should stop waiting.",
            why="Advice.",
        ),
    ),
)
