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
        "The coach starts to speak while the client is in mid-flow: well under "
        "way, and not at the end. Sounds of listening are none. Heard in the sound, "
        "not read in the words."
    ),
    threshold=0.5,
    reason="starts while the client is speaking",
    examples=(
        Example(
            "So what did you do?",
            before=((Speaker.CLIENT, ("And then I went up to him and I said that I")),),
            after_ms=-1_200,
        ),
        Example(
            "Right, right, and the contract?",
            before=((Speaker.CLIENT, "It was when my dad was ill that we"),),
            after_ms=-900,
        ),
    ),
    near_misses=(
        Example(
            "Mm.",
            before=((Speaker.CLIENT, "And then I went up to him"),),
            why="A sound of listening does not interrupt.",
            after_ms=-700,
        ),
        Example(
            "So what did you do?",
            before=((Speaker.CLIENT, "And that was that."),),
            why="The client had finished.",
            after_ms=-200,
        ),
    ),
    needs_sound=True,
)
