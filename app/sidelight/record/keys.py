"""Keys of the sound: one for each 10 s, kept in the database, or only in memory.

Who destroys a key destroys the sound under it; that is what erasure rests on.
"""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING, Final, Protocol

from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from sidelight.record.database import Database

KEY_BYTES: Final = 32
RESERVE: Final = 360
"""Keys made at once: an hour of sound in one transaction, so that the capture thread,
which never waits for SQL, finds its keys ready."""


class SoundKeys(Protocol):
    """The data keys of one session's sound, by number: 0 for the first 10 s."""

    def make(self, number: int) -> bytes:
        """The key to write under; made where it does not exist.

        Raises:
            UserError: It could not be stored.
        """

    def find(self, number: int) -> bytes:
        """The key to read with.

        Raises:
            UserError: There is none (erased), or it cannot be unwrapped.
        """


class StoredKeys:
    """Keys wrapped in the database; made ahead of need.

    Thread: any.
    """

    def __init__(self, database: Database, wrapping_key: bytes, session: str) -> None:
        """Take the database, the vault's spool key and the session's id."""
        self._database = database
        self._wrapping_key = wrapping_key
        self._session = session
        self._turn = threading.Lock()
        self._keys: dict[int, bytes] = {}

    def reserve(self, number: int) -> None:
        """Make sure that the keys ``number`` … ``number + RESERVE // 2`` exist.

        Called from the thread that writes the database, so that ``make`` need not.

        Raises:
            UserError: They could not be stored.
        """
        with self._turn:
            if number + RESERVE // 2 not in self._keys:
                self._extend(number)

    def make(self, number: int) -> bytes:
        """The key to write under; made, with an hour's worth after it, where missing.

        Raises:
            UserError: It could not be stored.
        """
        with self._turn:
            if number not in self._keys:
                self._extend(number)
            return self._keys[number]

    def find(self, number: int) -> bytes:
        """The key to read with.

        Raises:
            UserError: There is none (erased), or it cannot be unwrapped.
        """
        with self._turn:
            if number not in self._keys:
                self._load(number, number)
            if number not in self._keys:
                raise UserError(
                    "This stretch of the sound can no longer be read: its key is gone.",
                    "It was erased, or the record is incomplete; the rest can be read.",
                )
            return self._keys[number]

    def _extend(self, first: int) -> None:
        last = first + RESERVE - 1
        self._load(first, last)
        new = {
            number: secrets.token_bytes(KEY_BYTES)
            for number in range(first, last + 1)
            if number not in self._keys
        }
        with self._database.transaction():
            self._database.execute_many(
                "INSERT INTO spool_key (session, number, wrapped) VALUES (?, ?, ?)",
                [
                    (self._session, number, aes_key_wrap(self._wrapping_key, key))
                    for number, key in new.items()
                ],
            )
        # Only now: a key that is used must be on the disk.
        self._keys |= new

    def _load(self, first: int, last: int) -> None:
        found = self._database.rows(
            "SELECT number, wrapped FROM spool_key"
            " WHERE session = ? AND number BETWEEN ? AND ?",
            (self._session, first, last),
        )
        try:
            self._keys |= {
                number: aes_key_unwrap(self._wrapping_key, wrapped)
                for number, wrapped in found
            }
        except InvalidUnwrap:
            raise UserError(
                "The keys of the sound belong to another vault.",
                "Open the record with the vault it was made with.",
            ) from None


class MemoryKeys:
    """Keys that nothing outlives: when the process ends, the sound is gone.

    Thread: any; a dictionary's single operations are atomic.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._keys: dict[int, bytes] = {}

    def make(self, number: int) -> bytes:
        """The key to write under; made where it does not exist."""
        return self._keys.setdefault(number, secrets.token_bytes(KEY_BYTES))

    def find(self, number: int) -> bytes:
        """The key to read with.

        Raises:
            UserError: There is none.
        """
        if number not in self._keys:
            raise UserError(
                "This sound was never kept: its keys were held in memory only.",
                "Choose Keep before a session whose sound you want afterwards.",
            )
        return self._keys[number]
