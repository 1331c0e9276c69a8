"""One session's events: appended once, never changed, read in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.domain.events import StoredEvent, UtteranceHeard
from sidelight.domain.timeline import Millis, to_samples
from sidelight.domain.wire import Wire, WireError
from sidelight.record.spool import KEY_SAMPLES, SpoolReader, SpoolWriter

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.domain.events import Event
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Utterance
    from sidelight.record.database import Database
    from sidelight.record.keys import StoredKeys


class SessionStore:
    """What the record holds of one session: its events and its sound.

    Thread: ``append`` from one; everything else from any.
    """

    def __init__(
        self, database: Database, session: Session, spool: Path, keys: StoredKeys
    ) -> None:
        """Take what ``Sessions`` found.

        Args:
            database: Open for writing, unless only reading follows.
            session: Its row exists.
            spool: Where its sound is, or will be.
            keys: Its data keys.
        """
        self._database = database
        self._spool = spool
        self._keys = keys
        self._wire = Wire()
        self.session = session
        self._seq = self._newest()

    def append(self, event: Event, committed_at: Millis, delay_ms: int) -> StoredEvent:
        """Store an event; when this returns it outlives a power cut.

        Args:
            event: What happened.
            committed_at: Session position of the newest captured sound.
            delay_ms: See ``StoredEvent``.

        Returns:
            The event with its number: 1, 2, 3 … without holes.

        Raises:
            UserError: The record cannot be written; nothing was stored.
        """
        stored = StoredEvent(self._seq + 1, committed_at, delay_ms, event)
        body = self._wire.event_to_dict(event)
        with self._database.transaction():
            self._database.execute(
                "INSERT INTO event"
                " (session, seq, type, at_ms, committed_at_ms, delay_ms, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self.session.id,
                    stored.seq,
                    body["type"],
                    event.at,
                    committed_at,
                    delay_ms,
                    self._wire.dump_event(event),
                ),
            )
            if isinstance(event, UtteranceHeard):
                self._index(event.utterance)
        self._seq = stored.seq
        # Here, so that the capture thread finds its keys made.
        self._keys.reserve(to_samples(committed_at) // KEY_SAMPLES)
        return stored

    def events(self, after: int = 0) -> list[StoredEvent]:
        """The stored events behind number ``after``, in order.

        Raises:
            UserError: The record cannot be read, or holds an event of a newer version.
        """
        found = self._database.rows(
            "SELECT seq, committed_at_ms, delay_ms, body FROM event"
            " WHERE session = ? AND seq > ? ORDER BY seq",
            (self.session.id, after),
        )
        try:
            return [
                StoredEvent(seq, Millis(at), delay, self._wire.load_event(body))
                for seq, at, delay, body in found
            ]
        except WireError:
            raise UserError(
                "The session holds an event that this version does not know.",
                "Install the version it was recorded with, or a later one.",
            ) from None

    def open_spool(self) -> SpoolWriter:
        """Start this session's sound, or go on with it after a kill.

        Raises:
            UserError: It cannot be written, or is complete already.
        """
        self._keys.reserve(0)
        writer = SpoolWriter(
            self._spool, self.session.id, self.session.layout, self._keys
        )
        self._keys.reserve(writer.position // KEY_SAMPLES)
        return writer

    def read_spool(self) -> SpoolReader:
        """Open this session's sound for reading; one reader for each thread.

        Raises:
            UserError: There is none, or it is damaged at its head.
        """
        return SpoolReader(self._spool, self.session.id, self._keys)

    def _newest(self) -> int:
        found = self._database.rows(
            "SELECT coalesce(max(seq), 0) FROM event WHERE session = ?",
            (self.session.id,),
        )
        return int(found[0][0])

    def _index(self, utterance: Utterance) -> None:
        self._database.execute(
            "INSERT INTO utterance"
            " (session, transcript, number, speaker, start_ms, end_ms, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self.session.id,
                utterance.id.transcript,
                utterance.id.number,
                utterance.speaker,
                utterance.span.start,
                utterance.span.end,
                utterance.text,
            ),
        )
