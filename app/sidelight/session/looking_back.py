"""A session that has ended, with what can be said only then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.partnering.dialogue.floor import Floor
from sidelight.partnering.dialogue.moments import COMPUTED, moments_from_sound

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story


def look_back(story: Story) -> Story:
    """The story with the moments that its sound shows; before the end, as it is.

    They are computed, not stored: the same events give the same moments, what goes off
    the record takes its own along, and an old session is seen with today's eyes. Doing
    it again changes nothing.
    """
    if not story.ended:
        return story
    stored = tuple(one for one in story.moments if one.id.transcript != COMPUTED)
    return replace(story, moments=(*stored, *seen_only_now(story)))


def seen_only_now(story: Story) -> tuple[Moment, ...]:
    """What looking back adds, in order of time; nothing before the end."""
    floor = Floor.of(story) if story.ended else None
    return () if floor is None else moments_from_sound(floor)
