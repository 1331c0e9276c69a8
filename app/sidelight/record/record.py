"""The record: one folder with vault, database and sound, opened by one writer."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.record.clients import Clients
from sidelight.record.consents import Consents
from sidelight.record.database import Database
from sidelight.record.deletion import Deletions
from sidelight.record.keeping import Keeping
from sidelight.record.lessons import AllLessons, Phrases
from sidelight.record.search import Search
from sidelight.record.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from sidelight.record.vault import Vault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

DATABASE_NAME: Final = "record.db"
SOUND_FOLDER: Final = "sound"
_LOCK_NAME: Final = "writer.lock"

PATIENCE_S: Final = 2.0
"""How long the writer's place is waited for: who refines a transcript in the background
takes it for a moment, and nobody may be turned away because of that."""

_TRY_EVERY_S: Final = 0.02


class RecordTaken(UserError):  # noqa: N818 - it is news, not a mistake
    """Another program writes this record."""


class Record:
    """Everything stored of one coach's sessions.

    Thread: any; see ``SessionStore.append`` for the one writer. Another thread that
    reads for long opens a record of its own with ``read_only``.

    Attributes:
        sessions: Made, listed, opened, deleted.
        clients: Whose sessions they are.
        consents: What clients agreed to.
        keeping: How long sound is kept.
        deletions: What leaves for good.
        search: Over what was said.
        lessons: What the coach taught.
        phrases: The coach's own ways, written down by hand.
    """

    def __init__(
        self, database: Database, sound: Path, wrapping_key: bytes, lock: _Lock | None
    ) -> None:
        """Take the opened parts; use ``open``."""
        self._database = database
        self._lock = lock
        self.sessions = Sessions(database, sound, wrapping_key)
        self.clients = Clients(database)
        self.consents = Consents(database)
        self.keeping = Keeping(database)
        self.deletions = Deletions(
            database, sound.parent, self.sessions, self.clients, self.consents
        )
        self.search = Search(database)
        self.lessons = AllLessons(database)
        self.phrases = Phrases(database)

    @classmethod
    def open(
        cls,
        folder: Path,
        vault: Vault,
        *,
        read_only: bool = False,
        patience_s: float | None = None,
    ) -> Record:
        """Open a record, and make it where there is none.

        Args:
            folder: Private to this user; it exists.
            vault: Whose keys it is, or will be, encrypted with.
            read_only: Refuse every change; any number of readers may come beside the
                one writer.
            patience_s: How long to wait for the writer's place; ``None``:
                ``PATIENCE_S``.

        Raises:
            RecordTaken: Another program writes it.
            UserError: Wrong key, damaged, newer, read-only, or disk full.
        """
        sound = folder / SOUND_FOLDER
        if read_only:
            database = Database(
                folder / DATABASE_NAME, vault.database_key(), read_only=True
            )
            return cls(database, sound, vault.spool_key(), None)
        patience_s = PATIENCE_S if patience_s is None else patience_s
        lock = _Lock(folder / _LOCK_NAME, patience_s)
        try:
            sound.mkdir(mode=0o700, exist_ok=True)
            database = Database(folder / DATABASE_NAME, vault.database_key())
        except OSError as error:
            lock.release()
            raise _unwritable(folder, error) from error
        except BaseException:
            lock.release()
            raise
        record = cls(database, sound, vault.spool_key(), lock)
        try:
            record.sessions.recover()
            record.deletions.go_on()
        except BaseException:
            record.close()
            raise
        return record

    def close(self) -> None:
        """Close the files and let the next writer in. Harmless when closed already."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        """The record itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


@contextmanager
def keep_writers_out(folder: Path) -> Iterator[None]:
    """Hold the writer's place in a record, without opening it.

    Raises:
        UserError: Somebody is writing it.
    """
    lock = _Lock(folder / _LOCK_NAME, PATIENCE_S)
    try:
        yield
    finally:
        lock.release()


class _Lock:
    """Keeps a second writer out; the system lets go of it when the process dies."""

    def __init__(self, path: Path, patience_s: float) -> None:
        try:
            path.touch(mode=0o600)
            self._file: IO[bytes] = path.open("ab", buffering=0)
        except OSError as error:
            raise _unwritable(path.parent, error) from error
        give_up_at = time.monotonic() + patience_s
        while not self._taken():
            if time.monotonic() >= give_up_at:
                self._file.close()
                raise RecordTaken(
                    "Another Sidelight is writing this record.",
                    "Use the one that is open, or end it first.",
                )
            time.sleep(_TRY_EVERY_S)

    def _taken(self) -> bool:
        try:
            if sys.platform == "win32":
                msvcrt.locking(self._file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def release(self) -> None:
        self._file.close()


def _unwritable(folder: Path, error: OSError) -> UserError:
    return UserError(
        f"The record in {folder} cannot be written"
        f" ({error.strerror or os.strerror(error.errno or 0)}).",
        "Make the folder writable for you, or free some space, and try again.",
    )
