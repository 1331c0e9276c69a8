"""Which sessions wait to be refined in the background, and with which models not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import RecognitionStarted, UtteranceHeard
from sidelight.domain.session import Mode
from sidelight.session.refining.work import versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.session import Session
    from sidelight.record.record import Record

REACH: Final = timedelta(days=7)
"""Older sessions are refined by hand only: nobody waits for them, and a new program
must not hear years of them again."""


def waiting(record: Record, now: datetime) -> list[Session]:
    """Sessions that nobody has refined yet, the newest first.

    Kept, ended, with sound, with words, begun within ``REACH``. A session whose words
    were left out on purpose (`recover keep --without-words`) has none to refine.

    Args:
        record: Open for reading.
        now: Wall clock with time zone.

    Raises:
        UserError: The record cannot be read.
    """
    found = []
    for summary in record.sessions.list():
        session = summary.session
        recent = now - session.started_at <= REACH
        if not (recent and summary.ended and session.mode is Mode.KEEP):
            continue
        store = record.sessions.get(session.id)
        events = store.every_version()
        heard = any(isinstance(one.event, UtteranceHeard) for one in events)
        refined = any(version.whole for version in versions(events))
        if store.has_sound and heard and not refined:
            found.append(session)
    return found


def heard_with(session: Session, events: Sequence[StoredEvent]) -> str:
    """Name of the model that the session was heard with last; ``""``: none is known."""
    name = session.model
    for stored in events:
        if isinstance(stored.event, RecognitionStarted):
            name = stored.event.model
    return name
