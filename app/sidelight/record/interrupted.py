"""Sessions that a crash or a power cut left without an end: looked at, kept, discarded.

None is ever deleted by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.domain.events import SessionEnded, UtteranceHeard
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Millis, to_millis

if TYPE_CHECKING:
    from sidelight.domain.session import Session
    from sidelight.record.events import SessionStore
    from sidelight.record.record import Record


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What is there of a session without an end.

    Attributes:
        session: Its fixed facts.
        events: How many are stored.
        stored_to: Latest position any event has reached.
        heard_to: End of the last utterance; what was said after it can be recognised
            again from the sound.
        sound_to: Where the sound ends; 0 where there is none.
        damaged: Milliseconds of it that cannot be read.
    """

    session: Session
    events: int
    stored_to: Millis
    heard_to: Millis
    sound_to: Millis
    damaged: Millis

    @property
    def unheard(self) -> Millis:
        """How much sound there is behind the newest event: nobody listened to it."""
        return Millis(max(0, self.sound_to - self.stored_to))

    @property
    def end(self) -> Millis:
        """Where it ended, as far as anybody can tell."""
        return Millis(max(self.stored_to, self.sound_to))


def interrupted(record: Record) -> list[Interrupted]:
    """Every session without an end, the newest first.

    Args:
        record: Open for writing: then nobody is recording, and none is still alive.

    Raises:
        UserError: The record cannot be read.
    """
    return [
        _look(record.sessions.get(summary.session.id))
        for summary in record.sessions.list()
        if not summary.ended
    ]


def find(record: Record, session_id: str) -> Interrupted:
    """What is there of one interrupted session.

    Args:
        record: Open for writing.
        session_id: Which.

    Raises:
        UserError: There is none with this id, or it has its end already.
    """
    return _find(record, session_id)[1]


def keep(record: Record, session_id: str) -> Interrupted:
    """Close an interrupted session in order, with an end that says so.

    Args:
        record: Open for writing.
        session_id: Which.

    Raises:
        UserError: There is none with this id, it has its end already, or the record
            cannot be written.
    """
    store, found = _find(record, session_id)
    if found.session.mode is Mode.KEEP and store.has_sound:
        reader = store.read_spool()
        finished = reader.finished
        reader.close()
        if not finished:
            # Cuts a torn tail off; every whole packet stays.
            store.open_spool().finish()
    store.append(SessionEnded(found.end, recovered=True), found.end, 0)
    store.finish()
    return found


def discard(record: Record, session_id: str) -> None:
    """Destroy an interrupted session.

    Args:
        record: Open for writing.
        session_id: Which.

    Raises:
        UserError: There is none with this id, it has its end (`sessions delete` is for
            those), or the record cannot be written.
    """
    _find(record, session_id)
    record.sessions.delete(session_id)


def _find(record: Record, session_id: str) -> tuple[SessionStore, Interrupted]:
    store = record.sessions.get(session_id)
    if any(isinstance(one.event, SessionEnded) for one in store.events()):
        raise UserError(
            f"The session {session_id} was not interrupted.",
            "`sidelight recover list` shows those that were.",
        )
    return store, _look(store)


def _look(store: SessionStore) -> Interrupted:
    events = store.events()
    heard = [one.event for one in events if isinstance(one.event, UtteranceHeard)]
    sound_to = damaged = Millis(0)
    if store.has_sound and store.session.mode is Mode.KEEP:
        reader = store.read_spool()
        check = reader.check()
        reader.close()
        sound_to = to_millis(check.length)
        damaged = to_millis(sum(end - start for start, end in check.damaged))
    return Interrupted(
        session=store.session,
        events=len(events),
        stored_to=Millis(max((one.event.at for one in events), default=0)),
        heard_to=Millis(max((one.utterance.span.end for one in heard), default=0)),
        sound_to=sound_to,
        damaged=damaged,
    )
