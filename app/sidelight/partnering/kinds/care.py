"""``care``: wellbeing, breaks, comfort, technology."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="care",
    group=Group.QUALITY,
    title="care and practical matters",
    definition=(
        "Wellbeing, breaks, comfort and technology. Neither partnering nor "
        "its opposite."
    ),
    threshold=0.45,
    reason="looks after the client",
    examples=(
        Example(
            "Do you need a minute?",
            before=((Speaker.CLIENT, "Sorry, I'm a bit teary."),),
        ),
        Example(
            "You froze for a second there. Can you hear me?",
            before=((Speaker.CLIENT, "And so I"),),
        ),
    ),
    near_misses=(
        Example(
            "What do you need from your brother?",
            why="The client's matter.",
        ),
        Example(
            "Shall I just be quiet for a while and let you think?",
            why="The coach's part: support.",
        ),
    ),
)
