"""``interruption``: starts in mid-flow (heard in the sound)."""

from __future__ import annotations

from typing import Final

from sidelight.domain.transcript import Speaker
from sidelight.partnering.kind import Example, Group, Kind

KIND: Final = Kind(
    id="interruption",
    group=Group.INDICATOR,
    title="interrupted",
    definition=(
        "The coach starts to speak while the client is in mid-flow. Heard in "
        "the sound, not read in the words."
    ),
    threshold=0.5,
    reason="starts while the client is speaking",
    examples=(
        Example(
            "So what did you do?",
            before=((Speaker.CLIENT, ("And then I went up to him and I said that I")),),
        ),
        Example(
            "Right, right, and the contract?",
            before=((Speaker.CLIENT, "It was when my dad was ill that we"),),
        ),
    ),
    near_misses=(
        Example(
            "Mm.",
            before=((Speaker.CLIENT, "And then I went up to him"),),
            why="A sound of listening does not interrupt.",
        ),
        Example(
            "So what did you do?",
            before=((Speaker.CLIENT, "And that was that."),),
            why="The client had finished.",
        ),
    ),
    needs_sound=True,
)
