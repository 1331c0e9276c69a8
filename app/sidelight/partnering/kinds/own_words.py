"""``own_words``: the client's key word is replaced."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="own_words",
    group=Group.INDICATOR,
    title="your word for theirs",
    definition="The client's key word is replaced by the coach's.",
    threshold=0.5,
    reason="replaces the client's word",
    examples=(
        Example(
            "In other words, you're burnt out.",
            before=((Speaker.CLIENT, "I'm like a phone at one percent."),),
        ),
        Example(
            "I'd call that resentment.",
            before=((Speaker.CLIENT, "It's a sort of stone in my shoe."),),
        ),
    ),
    near_misses=(
        Example(
            "A stone in your shoe.",
            before=((Speaker.CLIENT, "It's a sort of stone in my shoe."),),
            why="The client's own word.",
        ),
        Example(
            "What would you call it?",
            why="Asks the client for the word.",
        ),
    ),
)
