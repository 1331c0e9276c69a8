"""``unsolicited_advice``: advice nobody asked for."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="unsolicited_advice",
    group=Group.INDICATOR,
    title="advice not asked for",
    definition=(
        "Advice that the client did not ask for and was not invited to refuse."
    ),
    threshold=0.35,
    reason="gives advice",
    examples=(
        Example(
            "I think you should talk to her before Friday.",
        ),
        Example(
            "If I were you I'd put it in writing first.",
        ),
    ),
    near_misses=(
        Example(
            "What do you think you should do?",
            why="A question.",
        ),
        Example(
            (
                "You could tell her, you could wait. Which of those would you like to "
                "explore?"
            ),
            why="Possibilities handed over, not advice.",
        ),
    ),
)
