"""The schema's history: ordered functions, each run in one transaction.

A released one is never edited; a change is a new function at the end of
``MIGRATIONS``. A database of every released schema lies in ``tests/data/databases``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Executor(Protocol):
    """What a migration may use of the database."""

    def execute(self, sql: str) -> None:
        """Run one statement inside the migration's transaction."""


def _first(database: Executor) -> None:
    """Sessions, their events, searchable utterances, wrapped keys of the sound."""
    for statement in (
        """
        CREATE TABLE session (
            id TEXT PRIMARY KEY,
            started_at TEXT NOT NULL,        -- ISO 8601 with time zone
            layout TEXT NOT NULL,
            mode TEXT NOT NULL,
            client TEXT NOT NULL,
            planned_minutes INTEGER,
            model TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE event (
            session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL CHECK (seq > 0),
            type TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            committed_at_ms INTEGER NOT NULL,
            delay_ms INTEGER NOT NULL,
            body TEXT NOT NULL,              -- JSON of domain.wire
            PRIMARY KEY (session, seq)
        ) STRICT, WITHOUT ROWID
        """,
        # A projection of the events, for search; it can be made again from them.
        """
        CREATE TABLE utterance (
            row INTEGER PRIMARY KEY,
            session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            transcript INTEGER NOT NULL,
            number INTEGER NOT NULL,
            speaker TEXT NOT NULL,
            start_ms INTEGER NOT NULL,
            end_ms INTEGER NOT NULL,
            text TEXT NOT NULL,
            UNIQUE (session, transcript, number)
        ) STRICT
        """,
        """
        CREATE VIRTUAL TABLE utterance_text USING fts5 (
            text,
            content = 'utterance',
            content_rowid = 'row',
            tokenize = 'unicode61 remove_diacritics 2'
        )
        """,
        # Deleted words leave the index at once, not at some later merge.
        "INSERT INTO utterance_text (utterance_text, rank) VALUES ('secure-delete', 1)",
        """
        CREATE TRIGGER utterance_added AFTER INSERT ON utterance BEGIN
            INSERT INTO utterance_text (rowid, text) VALUES (new.row, new.text);
        END
        """,
        """
        CREATE TRIGGER utterance_gone AFTER DELETE ON utterance BEGIN
            INSERT INTO utterance_text (utterance_text, rowid, text)
            VALUES ('delete', old.row, old.text);
        END
        """,
        """
        CREATE TABLE spool_key (
            session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,         -- the key of 10 s of sound, from 0
            wrapped BLOB NOT NULL,           -- RFC 3394, by the vault's spool key
            PRIMARY KEY (session, number)
        ) STRICT, WITHOUT ROWID
        """,
    ):
        database.execute(statement)


def _second(database: Executor) -> None:
    """Words sealed apart from facts; erasures asked for, and their redo log."""
    for statement in (
        # The whole event under the session's words key, where it holds words; ``body``
        # then has it without them. Events of schema 1 hold their words in ``body``.
        "ALTER TABLE event ADD COLUMN sealed BLOB",
        """
        CREATE TABLE words_key (
            session TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            wrapped BLOB NOT NULL            -- RFC 3394, by the vault's spool key
        ) STRICT, WITHOUT ROWID
        """,
        # Hidden already, destroyed soon; what a crash leaves is destroyed at the start.
        """
        CREATE TABLE erasure (
            session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number > 0),
            start_ms INTEGER NOT NULL,
            end_ms INTEGER NOT NULL,
            cause TEXT NOT NULL,
            PRIMARY KEY (session, number)
        ) STRICT, WITHOUT ROWID
        """,
        # Packets of sound whose key was renewed, until the file holds them.
        """
        CREATE TABLE spool_patch (
            session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,         -- of the packet, from 0
            place INTEGER NOT NULL,          -- where in the file it begins
            packet BLOB NOT NULL,            -- as it has to lie in the file
            PRIMARY KEY (session, number)
        ) STRICT, WITHOUT ROWID
        """,
    ):
        database.execute(statement)


def _third(database: Executor) -> None:
    """The version of its transcript that a session is shown in."""
    # A projection of ``TranscriptChosen``, for search; it can be made again from them.
    database.execute(
        "ALTER TABLE session ADD COLUMN transcript INTEGER NOT NULL DEFAULT 1"
    )


def _fourth(database: Executor) -> None:
    """What the coach taught, and the ways of partnering written down by hand."""
    for statement in (
        # Of kept sessions alone. A projection of the coach's decisions, with what the
        # model made of the turns; it can be made again from the events.
        """
        CREATE TABLE lesson (
            session TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number > 0),
            kind TEXT NOT NULL,
            positive INTEGER NOT NULL CHECK (positive IN (0, 1)),
            start_ms INTEGER NOT NULL,       -- of everything that the place rests on:
            end_ms INTEGER NOT NULL,         -- the turn and the turns before it
            words TEXT NOT NULL,             -- the turn's own
            model TEXT NOT NULL,             -- whose place it is
            place BLOB NOT NULL,             -- float16, little endian
            PRIMARY KEY (session, number)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE phrase (
            number INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            words TEXT NOT NULL,
            model TEXT NOT NULL,             -- as in lesson; empty with no place yet
            place BLOB NOT NULL
        ) STRICT
        """,
    ):
        database.execute(statement)


def _fifth(database: Executor) -> None:
    """The library is listed without reading what was said."""
    # Events are large; whether and where each session ended is in here.
    database.execute("CREATE INDEX event_facts ON event (session, type, at_ms)")


def _sixth(database: Executor) -> None:
    """Clients, what they agreed to, and what the coach says to ask for it."""
    for statement in (
        """
        CREATE TABLE client (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            contact TEXT NOT NULL,
            language TEXT NOT NULL,          -- ISO 639, or empty
            engagement TEXT NOT NULL,
            since TEXT,                      -- ISO 8601, a day
            planned_sessions INTEGER,
            asked_for TEXT NOT NULL,
            notes TEXT NOT NULL
        ) STRICT
        """,
        # What was said once is never changed: what is said later follows it.
        """
        CREATE TABLE consent (
            number INTEGER PRIMARY KEY,      -- in the order it was noted
            client INTEGER NOT NULL REFERENCES client (number) ON DELETE CASCADE,
            purpose TEXT NOT NULL,
            given INTEGER NOT NULL CHECK (given IN (0, 1)),
            form TEXT NOT NULL,
            said_on TEXT NOT NULL,           -- ISO 8601, a day
            promise INTEGER NOT NULL,
            program TEXT NOT NULL,
            wording TEXT NOT NULL,
            answer TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX consent_of ON consent (client)",
        """
        CREATE TABLE script (
            mode TEXT PRIMARY KEY,
            words TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        # ``session.client`` stays, as a projection: lists and searches read the name.
        """
        ALTER TABLE session ADD COLUMN
            client_number INTEGER REFERENCES client (number) ON DELETE SET NULL
        """,
        # So far a session carried a name alone. It is spelt as in the newest of them.
        """
        INSERT INTO client (name, contact, language, engagement, asked_for, notes)
        SELECT trim(client), '', '', 'individual', '', '' FROM (
            SELECT client, max(started_at) AS newest FROM session
            WHERE trim(client) != '' GROUP BY lower(trim(client)) ORDER BY newest
        )
        """,
        """
        UPDATE session SET client_number = (
            SELECT number FROM client WHERE lower(name) = lower(trim(session.client))
        )
        """,
    ):
        database.execute(statement)


def _seventh(database: Executor) -> None:
    """How long sound is kept; clients who are being deleted, and what says so."""
    for statement in (
        # Of kept sessions whose note is finished.
        """
        CREATE TABLE keeping (
            session TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            act INTEGER NOT NULL,            -- the newest event that counted
            finished_on TEXT NOT NULL,       -- ISO 8601, a day, as all of these
            longer TEXT,                     -- the coach's word: not before
            said_on TEXT,                    -- when it was said that the sound goes
            gone_on TEXT
        ) STRICT, WITHOUT ROWID
        """,
        "ALTER TABLE client ADD COLUMN sound_rule TEXT",  # NULL: as everybody's
        # What was begun is finished, whatever stops it in the middle.
        """
        CREATE TABLE goodbye (
            client INTEGER PRIMARY KEY REFERENCES client (number),
            asked_on TEXT NOT NULL,
            sessions INTEGER NOT NULL DEFAULT 0,
            minutes INTEGER NOT NULL DEFAULT 0,
            stuff TEXT NOT NULL DEFAULT ''
        ) STRICT
        """,
        # No name and no session: nothing here leads back to anybody.
        """
        CREATE TABLE receipt (
            number INTEGER PRIMARY KEY,
            deleted_on TEXT NOT NULL,
            what TEXT NOT NULL,
            sessions INTEGER NOT NULL,
            minutes INTEGER NOT NULL,
            stuff TEXT NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE hour (
            number INTEGER PRIMARY KEY,
            day TEXT NOT NULL,
            minutes INTEGER NOT NULL,
            engagement TEXT NOT NULL
        ) STRICT
        """,
    ):
        database.execute(statement)


MIGRATIONS: Final[tuple[Callable[[Executor], None], ...]] = (
    _first,
    _second,
    _third,
    _fourth,
    _fifth,
    _sixth,
    _seventh,
)
"""Schema ``n`` is what the first ``n`` of these make."""
