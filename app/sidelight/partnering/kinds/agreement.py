"""``agreement``: what this session is for, settled together."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="agreement",
    group=Group.PARTNERING,
    title="agreement",
    definition=(
        "Topic, outcome, measure of success or meaning of this session, "
        "settled together."
    ),
    threshold=0.3,
    reason="settles what the session is for",
    examples=(
        Example(
            "What would you like to bring to our session today?",
        ),
        Example(
            "And how will you know, at the end of today, that it was worth it?",
            before=(
                (Speaker.COACH, "What would you like to work on today?"),
                (Speaker.CLIENT, "Speaking up in meetings."),
            ),
        ),
    ),
    near_misses=(
        Example(
            "What do you want from your manager?",
            why="A wish about someone else, not about this session.",
        ),
        Example(
            "What are you taking away from today?",
            why="Looking back at the end.",
        ),
    ),
)
