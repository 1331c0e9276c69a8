"""No ghost quotes: words that the recogniser doubted are not quoted before being heard.

A doubted passage stays in the transcript, marked. What is made *from* it (a moment, the
request) keeps its time and its kind, and loses its words on the way out of the program.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sidelight.domain.dialogue import Doorway, Fork, Interruption, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidelight.domain.dialogue import Dialogue
    from sidelight.domain.moments import Moment
    from sidelight.domain.story import Story
    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import UtteranceId

_Quoting = TypeVar("_Quoting", Interruption, Question, Fork, Doorway)


def doubted(story: Story) -> frozenset[UtteranceId]:
    """The utterances that must be heard before they may be quoted."""
    return frozenset(u.id for u in story.utterances if u.doubt is not None)


def quotable_dialogue(dialogue: Dialogue, story: Story) -> Dialogue:
    """The same measures, without the words of what overlaps a doubted passage."""
    doubtful = [u.span for u in story.utterances if u.doubt is not None]
    doors = () if dialogue.doorway is None else (dialogue.doorway,)
    return replace(
        dialogue,
        interruptions=_told(dialogue.interruptions, doubtful),
        questions=_told(dialogue.questions, doubtful),
        forks=_told(dialogue.forks, doubtful),
        doorway=next(iter(_told(doors, doubtful)), None),
    )


def quotable(story: Story) -> Story:
    """The same, without the words of what rests on a doubted passage."""
    ghosts = doubted(story)

    def told(moment: Moment) -> Moment:
        rests = not ghosts.isdisjoint(moment.utterance_ids)
        return replace(moment, quote="") if rests else moment

    request = story.request
    if request is not None and not ghosts.isdisjoint(request.utterance_ids):
        request = None
    return replace(
        story,
        moments=tuple(map(told, story.moments)),
        hollow=tuple(map(told, story.hollow)),
        withdrawn=tuple((told(moment), cause) for moment, cause in story.withdrawn),
        request=request,
    )


def _told(found: Iterable[_Quoting], doubtful: Sequence[Span]) -> tuple[_Quoting, ...]:
    return tuple(
        replace(one, quote="")
        if any(one.span.overlaps(span) for span in doubtful)
        else one
        for one in found
    )
