"""``inquire_first``: asked for advice, explores first."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="inquire_first",
    group=Group.QUALITY,
    title="explored before advising",
    definition=(
        "Asked for advice, the coach explores the client's own thinking first."
    ),
    threshold=0.4,
    reason="was asked for advice and explores first",
    examples=(
        Example(
            "Before I say anything, what's your own sense?",
            before=((Speaker.CLIENT, "What would you do?"),),
        ),
        Example(
            "What have you been leaning towards?",
            before=((Speaker.CLIENT, "What do you think I should do?"),),
        ),
    ),
    near_misses=(
        Example(
            "I'd call her today.",
            before=((Speaker.CLIENT, "What would you do?"),),
            why="Answers at once.",
        ),
        Example(
            "What's your own sense?",
            before=((Speaker.CLIENT, "She called on Monday."),),
            why="Nobody asked for advice.",
        ),
    ),
)
