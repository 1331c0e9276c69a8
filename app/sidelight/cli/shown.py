"""A session's events with its words as they are shown, as the coach decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.events import MomentNoticed, RequestHeard, UtteranceHeard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.story import Story
    from sidelight.domain.transcript import Utterance, UtteranceId


def as_shown(events: Sequence[StoredEvent], story: Story) -> Iterator[StoredEvent]:
    """The same, where utterances are passages and moments quote them.

    Args:
        events: In order.
        story: Told by them.
    """
    if not story.passages:
        yield from events
        return
    passages = _anchored(story)
    found = (*story.found.counting, *story.found.hollow)
    now = {moment.id: moment for moment in found}
    for stored in events:
        match stored.event:
            case UtteranceHeard(utterance=heard) as event:
                for one in passages.get(heard.id, ()):
                    yield replace(stored, event=replace(event, utterance=one))
            case MomentNoticed(moment=moment) as event:
                moment = now.get(moment.id, moment)
                yield replace(stored, event=replace(event, moment=moment))
            case RequestHeard(at=at, span=span) if story.request is not None and (
                (at, span) == (story.request.at, story.request.span)
            ):
                yield replace(stored, event=story.request)
            case _:
                yield stored


def _anchored(story: Story) -> dict[UtteranceId, list[Utterance]]:
    """What is shown where each utterance was heard; a part of one behind the other."""
    found: dict[UtteranceId, list[Utterance]] = {}
    anchor: UtteranceId | None = None
    for one in story.passages:
        said = one.utterance
        if anchor is None or said.id.number > 0:
            anchor = said.id
        if not one.emptied:
            found.setdefault(anchor, []).append(said)
    return found
