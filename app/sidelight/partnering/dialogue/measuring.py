"""All measures of a session at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.dialogue import Dialogue
from sidelight.partnering.dialogue.doorway import doorway
from sidelight.partnering.dialogue.floor import Floor
from sidelight.partnering.dialogue.forks import forks
from sidelight.partnering.dialogue.interruptions import interruptions
from sidelight.partnering.dialogue.measures import (
    overlaps,
    pauses,
    replies,
    talk_time,
)
from sidelight.partnering.dialogue.questions import questions
from sidelight.partnering.dialogue.told import told

if TYPE_CHECKING:
    from sidelight.domain.story import Story


def measure(story: Story) -> Dialogue | None:
    """Everything that can be measured of a session that has ended.

    Returns:
        ``None`` where one microphone heard both.
    """
    floor = Floor.of(story)
    if floor is None:
        return None
    turns = told(story, floor)
    return Dialogue(
        talk=talk_time(floor),
        pauses=tuple(pauses(floor)),
        replies=tuple(replies(floor)),
        overlaps=tuple(overlaps(floor)),
        interruptions=tuple(interruptions(floor)),
        questions=tuple(questions(story.utterances)),
        forks=tuple(forks(turns)),
        doorway=doorway(turns),
    )
