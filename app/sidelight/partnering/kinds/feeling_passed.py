"""``feeling_passed``: a named feeling is stepped over."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="feeling_passed",
    group=Group.INDICATOR,
    title="a feeling passed by",
    definition=(
        "A feeling the client has named is stepped over for facts or solutions."
    ),
    threshold=0.4,
    reason="goes on after a feeling",
    examples=(
        Example(
            "Okay. So what's the plan for Monday?",
            before=(
                (Speaker.CLIENT, ("I was crying in the car park. I feel so ashamed.")),
            ),
        ),
        Example(
            "Right, and what did he say next?",
            before=((Speaker.CLIENT, "Honestly, I'm terrified of him."),),
        ),
    ),
    near_misses=(
        Example(
            "What is it like to feel that here?",
            before=((Speaker.CLIENT, "I'm scared."),),
            why="Stays with the feeling.",
        ),
        Example(
            "What did he say next?",
            before=((Speaker.CLIENT, "Then he read the report."),),
            why="No feeling was named.",
        ),
    ),
)
