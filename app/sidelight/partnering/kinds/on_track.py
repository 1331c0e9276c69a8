"""``on_track``: the client judges the conversation against what was wanted."""

from __future__ import annotations

from typing import Final

from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="on_track",
    group=Group.PROCESS,
    title="on track",
    definition=(
        "The coach asks the client to judge this conversation against what "
        "the client wanted from it, while it can still change. Restating the "
        "goal without a question, wellbeing, and satisfaction at goodbye do "
        "not count."
    ),
    threshold=0.5,
    reason="asks whether this serves what the client wanted",
    examples=(
        Example(
            (
                "You wanted to leave with one next step. Are we any closer to that, "
                "or have we wandered?"
            ),
        ),
        Example(
            "Is this still the conversation you need to be having?",
        ),
    ),
    near_misses=(
        Example(
            "Is the new project on track?",
            why="The project, not this conversation.",
        ),
        Example(
            "Are you all right to carry on?",
            why="Wellbeing.",
        ),
    ),
    clock=True,
)
