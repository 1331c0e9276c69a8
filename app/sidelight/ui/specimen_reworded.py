"""The invented session, some of whose words its coach changed."""

from __future__ import annotations

from typing import Final

from sidelight.domain.events import (
    AboutWords,
    PassageSplit,
    SpeakerChanged,
    StoredEvent,
    WordsEdited,
)
from sidelight.domain.rewording import Passage, cut_at
from sidelight.domain.story import tell
from sidelight.domain.transcript import Speaker
from sidelight.ui.specimen import specimen_events

_BETTER: Final = "Yes, the swifts are back. It has been a strong week, so this is good."


def reworded_events() -> list[StoredEvent]:
    """One passage edited, one split, one given to the coach."""
    events = list(specimen_events())
    story = tell(events)
    said = [Passage.of(one) for one in story.utterances]
    edited, split, given = said[1], said[3], said[5]
    at, words = story.position, split.utterance.words
    cut = cut_at(split.utterance, _FIRST)
    decisions: tuple[AboutWords, ...] = (
        WordsEdited(at, 1, edited.place, _BETTER),
        PassageSplit(at, 2, split.place, _FIRST, len(words), cut),
        SpeakerChanged(at, 3, given.place, Speaker.COACH),
    )
    last = events[-1]
    for number, decision in enumerate(decisions, start=1):
        stored = StoredEvent(last.seq + number, last.committed_at, 0, decision)
        events.append(stored)
    return events


_FIRST: Final = 17
"""Words of the sentence that becomes a passage of its own."""
