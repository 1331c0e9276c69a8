"""Finds what was said at a place of the session."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sidelight.domain.statements import Evidence
from sidelight.domain.transcript import Doubt

if TYPE_CHECKING:
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Speaker, Utterance


class Places:
    """The utterances of a session in order of time.

    Args:
        story: The session.
    """

    def __init__(self, story: Story) -> None:
        said = (u for u in story.utterances if u.doubt is not Doubt.ECHO)
        self.said = sorted(said, key=lambda u: (u.span.start, u.id))
        self._starts = [u.span.start for u in self.said]

    def by(self, speaker: Speaker) -> list[Utterance]:
        """What this speaker said."""
        return [u for u in self.said if u.speaker is speaker]

    def utterances(self, span: Span) -> list[Utterance]:
        """What was said in it, in order."""
        last = bisect_left(self._starts, span.end)
        return [u for u in self.said[:last] if u.span.overlaps(span)]

    def at(self, span: Span, quote: str = "") -> Evidence:
        """The place of this span, with the utterances in it.

        Args:
            span: Where.
            quote: Its words where the caller knows them better.
        """
        return Evidence(span, tuple(u.id for u in self.utterances(span)), quote)

    def around(self, span: Span) -> Evidence:
        """A place where nobody spoke: what was said last before it, and first after."""
        after = bisect_right(self._starts, span.start)
        both = self.said[max(0, after - 1) : after + 1]
        return Evidence(span, tuple(u.id for u in both))

    @staticmethod
    def of(moment: Moment) -> Evidence:
        """The place of a moment."""
        ids = moment.utterance_ids
        return Evidence(moment.span, ids, moment.quote, moment.id, moment.at)

    @staticmethod
    def said_in(utterance: Utterance) -> Evidence:
        """The place of an utterance; doubtful words are not quoted."""
        quote = "" if utterance.doubt is not None else utterance.text
        return Evidence(utterance.span, (utterance.id,), quote)
