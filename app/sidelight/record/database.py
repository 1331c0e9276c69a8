"""The encrypted database file: SQLCipher, one connection, errors in plain sentences.

The only module that imports the driver. Queries live in one file per aggregate
(``sessions``, ``events``, ``search``, ``spool_keys``); the schema in ``migrations``.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

import sqlcipher3

from sidelight.domain.errors import UserError
from sidelight.record.migrations import MIGRATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

APPLICATION_ID: Final = 0x51DE1167
"""Marks the file as ours; ``file`` and other tools show it once the key is known."""

BUSY_TIMEOUT_MS: Final = 2_000

Row = tuple[Any, ...]

# Primary result codes, https://www.sqlite.org/rescode.html
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = (
    5, 6, 8, 10, 11, 13, 14, 26,
)  # fmt: skip
_PRIMARY_CODE: Final = 0xFF

_SENTENCES: Final[Mapping[int, tuple[str, str]]] = {
    _BUSY: (
        "The record is locked by another program.",
        "Close the other Sidelight (or the backup that reads it) and try again.",
    ),
    _READONLY: (
        "The record is read-only.",
        "Make its folder and files writable for you and try again.",
    ),
    _IOERR: (
        "The disk did not let the record be read or written.",
        "Check the disk and its free space; what was stored before is kept.",
    ),
    _CORRUPT: (
        "The record's file is damaged.",
        "Restore it from a backup; keep the damaged file until that has worked.",
    ),
    _FULL: (
        "The disk is full: the record cannot grow.",
        "Free some space; what was stored before is kept.",
    ),
    _CANTOPEN: (
        "The record cannot be opened.",
        "Check that its folder exists and that you may read and write it.",
    ),
    _NOTADB: (
        "The record cannot be read: it belongs to another key, or is damaged.",
        "Use the key it was made with, or restore it from a backup.",
    ),
}


class Database:
    """One connection to the encrypted file.

    Thread: any. Calls take turns behind one lock; the program writes from one thread,
    and whoever reads for long opens a connection of their own (``read_only``).
    """

    def __init__(self, path: Path, key: bytes, *, read_only: bool = False) -> None:
        """Open the file, make it where missing, and bring its schema up to date.

        Args:
            path: The file; its folder must exist.
            key: Raw key, 32 bytes.
            read_only: Refuse every change; the file must exist and be up to date.

        Raises:
            UserError: Wrong key, damaged, newer, locked, read-only, or disk full.
        """
        self._path = path
        self._turn = threading.RLock()
        if read_only and not path.exists():
            raise UserError(f"There is no record at {path}.", "Record a session first.")
        if not read_only:
            _create_private(path)
        with self._world():
            self._connection = sqlcipher3.connect(
                path,
                timeout=BUSY_TIMEOUT_MS / 1000,
                isolation_level=None,  # transactions are ours, see ``transaction``
                check_same_thread=False,
            )
        try:
            self._configure(key)
            self._migrate(read_only=read_only)
            if not read_only:
                # A program that was killed between erasing and its checkpoint left the
                # erased words in the write-ahead log.
                self.checkpoint()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; on return what was written is on the disk.

        Raises:
            UserError: The world did not let it happen; nothing was written.
        """
        with self._turn, self._world():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run one statement.

        Raises:
            UserError: The world did not let it happen.
        """
        with self._turn, self._world():
            self._connection.execute(sql, values)

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for each row of values.

        Raises:
            UserError: The world did not let it happen.
        """
        with self._turn, self._world():
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Every row of a query.

        Raises:
            UserError: The file cannot be read.
        """
        with self._turn, self._world():
            return list(self._connection.execute(sql, values).fetchall())

    def checkpoint(self) -> None:
        """Move everything from the write-ahead log into the file and empty the log.

        Raises:
            UserError: The world did not let it happen.
        """
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def copy_to(self, path: Path, key: bytes) -> None:
        """Write a consistent copy under the same key, whoever writes meanwhile.

        Raises:
            UserError: The world did not let it happen.
        """
        _create_private(path)
        with self._turn, self._world():
            copy = sqlcipher3.connect(path, isolation_level=None)
            try:
                copy.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
                self._connection.backup(copy)
            finally:
                copy.close()

    def check(self) -> None:
        """Read every page and every index.

        Raises:
            UserError: Something in it is damaged.
        """
        torn = self.rows("PRAGMA cipher_integrity_check")
        if torn or self.rows("PRAGMA integrity_check") != [("ok",)]:
            raise UserError(*_SENTENCES[_CORRUPT])

    def vacuum(self) -> None:
        """Write the file anew without what was deleted, and empty the log.

        Raises:
            UserError: The world did not let it happen; nothing is lost.
        """
        self.execute("VACUUM")
        self.checkpoint()

    def close(self) -> None:
        """Close the file. Harmless when closed already."""
        with self._turn, self._world():
            self._connection.close()

    def _configure(self, key: bytes) -> None:
        for statement in (
            "PRAGMA cipher_log_level = NONE",  # it would write to stderr
            f"PRAGMA key = \"x'{key.hex()}'\"",
            f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
            "PRAGMA temp_store = MEMORY",  # never plain text in a temporary file
            "PRAGMA foreign_keys = ON",
            "PRAGMA trusted_schema = OFF",
            "PRAGMA secure_delete = ON",
        ):
            self.execute(statement)
        # The first statement that reads the file: a wrong key shows here.
        self.rows("SELECT count(*) FROM sqlite_schema")

    def _migrate(self, *, read_only: bool) -> None:
        version = self._pragma("user_version")
        if version and self._pragma("application_id") != APPLICATION_ID:
            raise UserError(
                f"{self._path} is not a record of Sidelight.",
                "Move it away; Sidelight makes a new one.",
            )
        if version > len(MIGRATIONS):
            raise UserError(
                "The record was written by a newer version of Sidelight.",
                "Install that version or a later one; nothing was changed.",
            )
        if read_only:
            if version < len(MIGRATIONS):
                raise UserError(
                    "The record was written by an older version of Sidelight.",
                    "Start Sidelight once; it brings the record up to date.",
                )
            self.execute("PRAGMA query_only = ON")
            return
        self.execute("PRAGMA journal_mode = WAL")
        self.execute("PRAGMA synchronous = FULL")  # an acknowledged row outlives power
        for number, migrate in enumerate(MIGRATIONS[version:], start=version + 1):
            with self.transaction():
                migrate(self)
                self.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self.execute(f"PRAGMA user_version = {number}")

    def _pragma(self, name: str) -> int:
        return int(self.rows(f"PRAGMA {name}")[0][0])

    @contextmanager
    def _world(self) -> Iterator[None]:
        """Turn what the world did into a sentence; let our own bugs fly."""
        try:
            yield
        except sqlcipher3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
            sentence = _SENTENCES.get(_BUSY if code == _LOCKED else code)
            if sentence is None:
                raise
            # The driver's own words may quote values: they are cut off here.
            raise UserError(*sentence) from None


def _create_private(path: Path) -> None:
    """Make the file readable by this user only; the log files take over its mode."""
    # Where it cannot be made, the driver says so a moment later.
    with suppress(OSError):
        path.touch(mode=0o600)
