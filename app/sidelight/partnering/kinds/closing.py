"""``closing``: how to finish and what is taken away."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="closing",
    group=Group.PARTNERING,
    title="closing",
    definition=(
        "How to finish, what is taken away, next steps, resources and "
        "accountability in the client's own way, satisfaction with the "
        "session."
    ),
    threshold=0.5,
    reason="about how to finish",
    examples=(
        Example(
            "What are you taking away from this conversation?",
            before=((Speaker.CLIENT, "I think I'll call her."),),
        ),
        Example(
            "Who could support you with that between now and Friday?",
            before=((Speaker.CLIENT, "I'll send it on Thursday."),),
        ),
    ),
    near_misses=(
        Example(
            "What took you away from music back then?",
            why="The client's past, not what is taken from this session.",
        ),
        Example(
            "How would you like to use the last twenty minutes?",
            why="The next step of the conversation: direction.",
        ),
    ),
)
