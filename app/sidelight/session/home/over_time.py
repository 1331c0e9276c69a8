"""What a client asked for and promised, session by session: a fold of few events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.events import AboutWords
from sidelight.domain.notes import Section
from sidelight.domain.story import tell
from sidelight.record.events import WORD_DECISIONS
from sidelight.session.home.messages import ClientLine

if TYPE_CHECKING:
    from sidelight.domain.session import Session
    from sidelight.record.record import Record

TOLD_BY: Final = ("request_heard", "line_accepted", "line_written", "line_withdrawn")
"""Events that it is told by: a client of years is shown without reading every word."""


def client_line(record: Record, session: Session) -> ClientLine:
    """What was asked for and promised in one session.

    Args:
        record: Open.
        session: Has ended.

    Raises:
        UserError: The record cannot be read.
    """
    files = record.sessions.get(session.id)
    events = files.events_of((*TOLD_BY, *WORD_DECISIONS))
    if any(isinstance(one.event, AboutWords) for one in events):
        events = files.events()  # a request quotes the words as the coach put them
    story = tell(events)
    request, done = story.request, story.wrap_up
    accepted = [
        (one.quote, one.span.start)
        for one in done.accepted
        if one.section is Section.COMMITMENTS
    ]
    written = [(x.text, None) for x in done.written if x.section is Section.COMMITMENTS]
    asked = request is not None and bool(request.quote)
    return ClientLine(
        session=session.id,
        on=session.started_at,
        request=request.quote if request is not None else "",
        asked_at=request.span.start if request is not None and asked else None,
        commitments=(*accepted, *written),
    )
