"""``direction``: the client chooses the next step of the conversation."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="direction",
    group=Group.PROCESS,
    title="where next",
    definition=(
        "The client can choose or refuse the next step of this conversation: "
        "where to begin, where to go next, which thread, how to use the time "
        'that is left. "Let\'s look at …" does not count, nor do places and '
        "steps in the client's life."
    ),
    threshold=0.4,
    reason="asks where to go next",
    examples=(
        Example(
            "Of those three, which would you like to pick up first?",
            before=(
                (
                    Speaker.CLIENT,
                    (
                        "There's the move, there's the money, and "
                        "there's telling my mother."
                    ),
                ),
            ),
        ),
        Example(
            ("We have twenty minutes left. What would you most like to do with them?"),
        ),
    ),
    near_misses=(
        Example(
            "Where do you want to go from here with your career?",
            why="A place in the client's life, not in this conversation.",
        ),
        Example(
            "Let's look at the money first, okay?",
            why="The coach has chosen; a tag question is no choice.",
        ),
    ),
    clock=True,
)
