"""What is being said at a moment of the sound: utterances and words. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import Utterance, Word

_BACK: Final = 8
"""So many utterances before a place are looked at: more never lie over each other."""


class Heard:
    """Finds what sounds at a position.

    Attributes:
        order: The utterances in order of time.

    Args:
        story: The session.
    """

    def __init__(self, story: Story) -> None:
        self.order = sorted(story.utterances, key=lambda one: (one.span, one.id))
        self._starts = [one.span.start for one in self.order]

    def now(self, at: Millis) -> list[tuple[Utterance, Word | None]]:
        """Who speaks at this position, with the word: two where both speak at once."""
        behind = bisect_right(self._starts, at)
        near = self.order[max(0, behind - _BACK) : behind]
        return [(one, _word(one, at)) for one in near if at < one.span.end]

    def newest(self, at: Millis) -> tuple[Utterance, Word | None] | None:
        """What was begun last at or before this position and still goes on."""
        found = self.now(at)
        return found[-1] if found else None


def _word(said: Utterance, at: Millis) -> Word | None:
    begun = [word for word in said.words if word.span.start <= at]
    return begun[-1] if begun else None
