"""Data keys of a session: one for each 10 s of its sound, one for its words.

A kept session has them wrapped in the database; any other only in memory, so that
nothing outlives the process. Who destroys a key destroys what lies under it; that is
what erasure rests on.
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
    from collections.abc import Iterable, Mapping

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

    def find(self, number: int) -> tuple[bytes, ...]:
        """The key to read with; two while an erasure goes from one to the other.

        Raises:
            UserError: There is none (erased), or it cannot be unwrapped.
        """


class SessionKeys(SoundKeys, Protocol):
    """All data keys of one session."""

    def reserve(self, number: int) -> None:
        """Make sure that ``make(number)`` and the hour after it need no SQL.

        Called from the thread that writes the database.

        Raises:
            UserError: They could not be stored.
        """

    def words(self) -> bytes | None:
        """The key of the session's words, or ``None`` where it is gone on purpose.

        Raises:
            UserError: It cannot be read or unwrapped.
        """

    def make_words(self) -> bytes:
        """The key to write words under; made where it does not exist.

        Raises:
            UserError: It could not be stored.
        """

    def renew(self, numbers: Iterable[int]) -> Mapping[int, bytes]:
        """New keys for these numbers; both are found until ``settle``.

        Raises:
            UserError: An old one cannot be found.
        """

    def store_renewed(self) -> None:
        """Put them in place of the old ones, inside the caller's transaction.

        Raises:
            UserError: They could not be stored.
        """

    def settle(self, *, renewed: bool) -> None:
        """Go on with the new ones, forgetting the old, or the other way round."""

    def forget(self) -> None:
        """Destroy every key that is only in memory."""


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
        self._renewed: dict[int, bytes] = {}
        self._words: bytes | None = None

    def reserve(self, number: int) -> None:
        """See ``SessionKeys``."""
        with self._turn:
            if number + RESERVE // 2 not in self._keys:
                self._extend(number)

    def make(self, number: int) -> bytes:
        """See ``SoundKeys``; an hour's worth is made at once."""
        with self._turn:
            if number not in self._keys:
                self._extend(number)
            return self._keys[number]

    def find(self, number: int) -> tuple[bytes, ...]:
        """See ``SoundKeys``."""
        with self._turn:
            if number not in self._keys:
                self._load(number, number)
            if number not in self._keys:
                raise UserError(
                    "This stretch of the sound can no longer be read: its key is gone.",
                    "It was erased, or the record is incomplete; the rest can be read.",
                )
            renewed = self._renewed.get(number)
            key = self._keys[number]
            return (key,) if renewed is None else (renewed, key)

    def words(self) -> bytes | None:
        """See ``SessionKeys``."""
        with self._turn:
            if self._words is None:
                found = self._database.rows(
                    "SELECT wrapped FROM words_key WHERE session = ?", (self._session,)
                )
                if found:
                    self._words = self._unwrap(found[0][0])
            return self._words

    def make_words(self) -> bytes:
        """See ``SessionKeys``."""
        existing = self.words()
        if existing is not None:
            return existing
        with self._turn:
            key = secrets.token_bytes(KEY_BYTES)
            with self._database.transaction():
                self._database.execute(
                    "INSERT INTO words_key (session, wrapped) VALUES (?, ?)",
                    (self._session, aes_key_wrap(self._wrapping_key, key)),
                )
            self._words = key
            return key

    def renew(self, numbers: Iterable[int]) -> Mapping[int, bytes]:
        """See ``SessionKeys``."""
        new = {number: secrets.token_bytes(KEY_BYTES) for number in numbers}
        for number in new:
            self.find(number)  # the old ones stay in memory until ``settle``
        with self._turn:
            self._renewed = new
        return new

    def store_renewed(self) -> None:
        """See ``SessionKeys``."""
        # Not in turn: who has the turn may be waiting for the database.
        self._database.execute_many(
            "UPDATE spool_key SET wrapped = ? WHERE session = ? AND number = ?",
            [
                (aes_key_wrap(self._wrapping_key, key), self._session, number)
                for number, key in self._renewed.items()
            ],
        )

    def settle(self, *, renewed: bool) -> None:
        """See ``SessionKeys``."""
        with self._turn:
            if renewed:
                self._keys |= self._renewed
            self._renewed = {}

    def forget(self) -> None:
        """See ``SessionKeys``: these are kept."""

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
        for number, wrapped in found:
            # Not over what is in memory: an erasure may still need that.
            if number not in self._keys:
                self._keys[number] = self._unwrap(wrapped)

    def _unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._wrapping_key, wrapped)
        except InvalidUnwrap:
            raise UserError(
                "The keys of the session belong to another vault.",
                "Open the record with the vault it was made with.",
            ) from None


class MemoryKeys:
    """Keys that nothing outlives: when the process ends, sound and words are gone.

    Thread: any; a dictionary's single operations are atomic.
    """

    def __init__(self, words: bytes | None = None) -> None:
        """Start with none, and with the words' key where the session is being made."""
        self._keys: dict[int, bytes] = {}
        self._renewed: dict[int, bytes] = {}
        self._words = words
        self._forgotten = False

    @classmethod
    def for_new_session(cls) -> MemoryKeys:
        """With a key for words; whoever opens the session again has none."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def reserve(self, number: int) -> None:
        """See ``SessionKeys``: nothing to do."""

    def make(self, number: int) -> bytes:
        """See ``SoundKeys``."""
        if self._forgotten:
            msg = "the session is over and its keys are gone"
            raise ValueError(msg)
        return self._keys.setdefault(number, secrets.token_bytes(KEY_BYTES))

    def find(self, number: int) -> tuple[bytes, ...]:
        """See ``SoundKeys``."""
        key = self._keys.get(number)
        if key is None:
            raise UserError(
                "This sound was never kept: its keys were held in memory only.",
                "Choose Keep before a session whose sound you want afterwards.",
            )
        renewed = self._renewed.get(number)
        return (key,) if renewed is None else (renewed, key)

    def words(self) -> bytes | None:
        """See ``SessionKeys``."""
        return self._words

    def make_words(self) -> bytes:
        """See ``SessionKeys``."""
        if self._words is None:
            msg = "the session's words are gone; none can be added"
            raise ValueError(msg)
        return self._words

    def renew(self, numbers: Iterable[int]) -> Mapping[int, bytes]:
        """See ``SessionKeys``."""
        self._renewed = {number: secrets.token_bytes(KEY_BYTES) for number in numbers}
        return self._renewed

    def store_renewed(self) -> None:
        """See ``SessionKeys``: nothing is stored."""

    def settle(self, *, renewed: bool) -> None:
        """See ``SessionKeys``."""
        if renewed:
            self._keys |= self._renewed
        self._renewed = {}

    def forget(self) -> None:
        """See ``SessionKeys``."""
        self._forgotten = True
        self._keys.clear()
        self._renewed = {}
        self._words = None
