"""The invented session with its notes begun: a line accepted, lines in own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.events import (
    LineAccepted,
    LineWritten,
    NoteShaped,
    NoteWritten,
    StoredEvent,
)
from sidelight.domain.notes import STANDARD_PARTS, NotePart, Section
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis
from sidelight.session.looking_back import look_back
from sidelight.session.wrapping_up import drafted_lines
from sidelight.ui.specimen import specimen_events

if TYPE_CHECKING:
    from sidelight.domain.events import OfWrapUp
    from sidelight.domain.story import Story


def noted_story() -> Story:
    """As home would have it after half of the work."""
    story = look_back(tell(specimen_events()))
    at = story.position
    (focus,) = drafted_lines(story, Section.FOCUS)
    said = focus.quote, focus.speaker, focus.span, focus.utterance_ids
    done: tuple[OfWrapUp, ...] = (
        NoteWritten(at, "Stay with the kindness. Silence before the sentence."),
        LineAccepted(at, 1, Section.FOCUS, *said),
        LineWritten(at, 2, Section.OUTCOME, "Two sentences, said aloud, both steady."),
        NoteShaped(at, (*STANDARD_PARTS, NotePart(Section.OWN, "To read"))),
        LineWritten(at, 3, Section.OWN, "The letters of a choir master", "To read"),
    )
    for number, event in enumerate(done, start=story.last_seq + 1):
        story = story.after(StoredEvent(number, Millis(at), 0, event))
    return story
