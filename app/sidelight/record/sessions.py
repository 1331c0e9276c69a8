"""The sessions of a record: made, listed, opened, deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from sidelight.domain.clocks import Clocks
from sidelight.domain.errors import UserError
from sidelight.domain.events import SessionEnded, SessionPaused, SessionResumed
from sidelight.domain.session import Mode, Session
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Layout
from sidelight.domain.worked import worked
from sidelight.record.clients import Clients
from sidelight.record.events import SessionStore
from sidelight.record.keys import MemoryKeys, StoredKeys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sidelight.record.database import Database, Row

_CLOCKED: Final[Mapping[str, type[SessionPaused | SessionResumed | SessionEnded]]] = {
    "session_paused": SessionPaused,
    "session_resumed": SessionResumed,
    "session_ended": SessionEnded,
}
"""What a session's length follows from, as ``domain.wire`` writes the types."""

_COLUMNS: Final = "id, started_at, layout, mode, client, planned_minutes, model"


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One line of the library.

    Attributes:
        session: Its fixed facts.
        length: Where it ended, or the latest position any event has reached.
        worked: How long it was, without its pauses.
        events: How many are stored.
        ended: Whether it came to its end; otherwise it was interrupted, or goes on.
        transcript: The version of its transcript that is shown.
        wrapped_up: Whether the coach is done with its wrap-up.
        sound_gone_on: The day its sound went, if it did.
    """

    session: Session
    length: Millis
    worked: Millis
    events: int
    ended: bool
    transcript: int
    wrapped_up: bool
    sound_gone_on: date | None


class Sessions:
    """Every session of one record."""

    def __init__(self, database: Database, folder: Path, wrapping_key: bytes) -> None:
        """Take what ``Record`` opened.

        Args:
            database: The record's.
            folder: Where the sound lies; it exists.
            wrapping_key: The vault's spool key.
        """
        self._database = database
        self._folder = folder
        self._wrapping_key = wrapping_key
        self._clients = Clients(database)

    def create(self, session: Session) -> SessionStore:
        """Add a new session, and its client where the name is new.

        Args:
            session: Its id is new, and fit for a file name: letters, digits, hyphens.

        Raises:
            UserError: A session with this id exists, or the record cannot be written.
        """
        if not session.id.replace("-", "").isalnum() or not session.id.isascii():
            msg = "a session id has ASCII letters, digits and hyphens"
            raise ValueError(msg)
        with self._database.transaction():
            if self._find(session.id) is not None:
                raise UserError(
                    f"There is a session {session.id} already.",
                    "Delete it first, or start a session of its own.",
                )
            client = self._clients.whose(session.client)
            if client is not None:  # spelt as the client is
                session = replace(session, client=client.name)
            self._database.execute(
                f"INSERT INTO session ({_COLUMNS}, client_number)"  # noqa: S608 - constant
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    session.id,
                    session.started_at.isoformat(),
                    session.layout,
                    session.mode,
                    session.client,
                    session.planned_minutes,
                    session.model,
                    None if client is None else client.number,
                ),
            )
        # A spool without a session is what a crash in ``delete`` left.
        self._spool(session.id).unlink(missing_ok=True)
        if session.mode is Mode.KEEP:
            return self._store(session)
        # Only who makes the session has its keys: nobody finds them afterwards.
        return self._store(session, MemoryKeys.for_new_session())

    def list(self) -> list[SessionSummary]:
        """All sessions, the newest first.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            f"SELECT {_COLUMNS}, transcript,"  # noqa: S608 - constant
            "   EXISTS (SELECT 1 FROM event WHERE event.session = session.id"
            "      AND type = 'wrap_up_finished'),"
            "   (SELECT gone_on FROM keeping WHERE keeping.session = session.id),"
            "   (SELECT count(*) FROM event WHERE event.session = session.id)"
            " FROM session ORDER BY started_at DESC, session.id DESC"
        )
        return [self._summary(_session(tuple(row[:-4])), *row[-4:]) for row in found]

    def worked(self, session_id: str) -> Millis:
        """How long a session was, without its pauses.

        Raises:
            UserError: The record cannot be read.
        """
        clocks = self._clocks(session_id)
        return worked(clocks, self._reached(session_id, clocks))

    def _summary(
        self,
        session: Session,
        transcript: int,
        wrapped_up: int,
        gone_on: str | None,
        events: int,
    ) -> SessionSummary:
        clocks = self._clocks(session.id)
        reached = self._reached(session.id, clocks)
        return SessionSummary(
            session=session,
            length=reached,
            worked=worked(clocks, reached),
            events=events,
            ended=clocks.ended_at is not None,
            transcript=transcript,
            wrapped_up=bool(wrapped_up),
            sound_gone_on=None if gone_on is None else date.fromisoformat(gone_on),
        )

    def _clocks(self, session_id: str) -> Clocks:
        """Pauses and end alone, from the index: no word is read."""
        found = self._database.rows(
            "SELECT type, at_ms FROM event WHERE session = ? AND type IN"
            " ('session_paused', 'session_resumed', 'session_ended') ORDER BY seq",
            (session_id,),
        )
        clocks = Clocks()
        for type_, at in found:
            clocks = clocks.after(_CLOCKED[type_](Millis(at)))
        return clocks

    def _reached(self, session_id: str, clocks: Clocks) -> Millis:
        """Where the session ended, or the latest position any event has reached."""
        if clocks.ended_at is not None:
            return clocks.ended_at
        found = self._database.rows(
            "SELECT coalesce(max(at_ms), 0) FROM event WHERE session = ?", (session_id,)
        )
        return Millis(found[0][0])

    def ending_in(self, text: str) -> tuple[str, ...]:
        """Ids of the sessions whose id ends in this.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT id FROM session WHERE substr(id, ?) = ?", (-len(text), text)
        )
        return tuple(row[0] for row in found)

    def get(self, session_id: str) -> SessionStore:
        """Open a session.

        Raises:
            UserError: There is none with this id, or the record cannot be read.
        """
        session = self._find(session_id)
        if session is None:
            raise _unknown(session_id)
        return self._store(session)

    def go_on(self, session_id: str) -> SessionStore:
        """Open a session to go on with it, after its engine died.

        Where nothing is kept, what came before is gone, and new keys begin.

        Raises:
            UserError: There is none with this id, or the record cannot be read.
        """
        session = self._find(session_id)
        if session is None:
            raise _unknown(session_id)
        if session.mode is Mode.KEEP:
            return self._store(session)
        self._spool(session_id).unlink(missing_ok=True)
        return self._store(session, MemoryKeys.for_new_session())

    def delete(self, session_id: str) -> None:
        """Remove a session: its keys and rows first, then its sound.

        A client of whom nothing else is known goes with their last session.

        Raises:
            UserError: There is none with this id, or the record cannot be written.
        """
        with self._database.transaction():
            self.strike(session_id)
        self._database.checkpoint()
        self.sweep()

    def strike(self, session_id: str, *, with_client: bool = True) -> None:
        """Remove the rows and keys of a session, inside the caller's transaction.

        Args:
            session_id: Which; ``sweep`` removes its sound.
            with_client: Whether a client goes of whom nothing else is known.

        Raises:
            UserError: There is none with this id, or the record cannot be written.
        """
        session = self._find(session_id)
        if session is None:
            raise _unknown(session_id)
        # By name, not by cascade: the search index follows by trigger.
        for table in (
            "spool_key",
            "words_key",
            "spool_patch",
            "erasure",
            "keeping",
            "lesson",
            "utterance",
            "event",
        ):
            self._database.execute(
                f"DELETE FROM {table} WHERE session = ?",  # noqa: S608 - constant
                (session_id,),
            )
        self._database.execute("DELETE FROM session WHERE id = ?", (session_id,))
        if with_client:
            self._clients.forget_name_alone(session.client)

    def strike_sound(self, session_id: str) -> None:
        """Remove the keys of a session's sound, inside the caller's transaction.

        Raises:
            UserError: The record cannot be written.
        """
        for table in ("spool_key", "spool_patch"):
            self._database.execute(
                f"DELETE FROM {table} WHERE session = ?",  # noqa: S608 - constant
                (session_id,),
            )

    def has_sound(self, session_id: str) -> bool:
        """Whether there is a file of this session's sound."""
        return self._spool(session_id).exists()

    def sweep(self) -> None:
        """Remove the files of sound that belongs to no session, or has gone from it.

        Raises:
            UserError: One cannot be removed.
        """
        known = {row[0] for row in self._database.rows("SELECT id FROM session")}
        gone = self._database.rows(
            "SELECT session FROM keeping WHERE gone_on IS NOT NULL"
        )
        known -= {row[0] for row in gone}
        try:
            for path in self._folder.glob("*.spool"):
                if path.stem not in known:
                    path.unlink(missing_ok=True)
            for draft in self._folder.glob("*.part"):  # only one writer makes them
                draft.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"A sound file cannot be removed ({error.strerror}).",
                "Its keys are destroyed, so nobody can hear it; delete it by hand.",
            ) from error

    def _find(self, session_id: str) -> Session | None:
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM session WHERE id = ?",  # noqa: S608 - constant
            (session_id,),
        )
        return _session(found[0]) if found else None

    def _spool(self, session_id: str) -> Path:
        return self._folder / f"{session_id}.spool"

    def recover(self) -> None:
        """Carry out what a crash left undone; nobody else may be writing.

        Raises:
            UserError: The record cannot be written; the next start tries again.
        """
        left = self._database.rows(
            "SELECT session FROM erasure UNION SELECT session FROM spool_patch"
            " UNION SELECT event.session FROM event JOIN session ON id = event.session"
            "   WHERE sealed NOT NULL AND mode != ?",
            (Mode.KEEP,),
        )
        unkept = self._database.rows(
            "SELECT id FROM session WHERE mode != ?", (Mode.KEEP,)
        )
        ids = {row[0] for row in left}
        ids |= {row[0] for row in unkept if self._spool(row[0]).exists()}
        for session_id in sorted(ids):
            self.get(session_id).recover()

    def _store(self, session: Session, keys: MemoryKeys | None = None) -> SessionStore:
        if keys is None and session.mode is not Mode.KEEP:
            keys = MemoryKeys()
        if keys is None:
            stored = StoredKeys(self._database, self._wrapping_key, session.id)
            return SessionStore(
                self._database, session, self._spool(session.id), stored
            )
        return SessionStore(self._database, session, self._spool(session.id), keys)


def _session(row: Row) -> Session:
    identity, started_at, layout, mode, client, planned_minutes, model = row
    return Session(
        id=identity,
        started_at=datetime.fromisoformat(started_at),
        layout=Layout(layout),
        mode=Mode(mode),
        client=client,
        planned_minutes=planned_minutes,
        model=model,
    )


def _unknown(session_id: str) -> UserError:
    return UserError(
        f"There is no session {session_id}.", "See `sidelight sessions list`."
    )
