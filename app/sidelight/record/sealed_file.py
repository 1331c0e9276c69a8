r"""A file as a stream of sealed chunks: written and read from front to back.

Layout, numbers big-endian::

    magic "SLBACK\0\1" | length of the head u32 | head (JSON: version, locks)
    chunk: length u32, its highest bit set on the last | sealed part
    chunk …

The head's locks each hold the file's own random key. Chunk ``n`` is sealed under it
with the nonce ``n``; head and last mark are authenticated with every chunk, so a file
that was cut off, reordered or changed does not open.
"""

from __future__ import annotations

import io
import json
import secrets
import struct
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sidelight.domain.errors import UserError
from sidelight.record.locks import KEY_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import IO

    from sidelight.record.locks import Lock

CHUNK_BYTES: Final = 1 << 20

_MAGIC: Final = b"SLBACK\0\1"
_VERSION: Final = 1
_LENGTH: Final = struct.Struct(">I")
_LAST: Final = 1 << 31
_NONCE_BYTES: Final = 12
_MOST_HEAD: Final = 1 << 16


class SealedWriter(io.RawIOBase):
    """Seals what is written to it. ``finish`` makes the file complete.

    A writer that is closed without it leaves a file that does not open.
    """

    def __init__(
        self, file: IO[bytes], locks: Callable[[bytes], Sequence[Lock]]
    ) -> None:
        """Write the head.

        Args:
            file: Empty, open for writing; stays the caller's.
            locks: Makes the locks that open the file's key.
        """
        super().__init__()
        key = secrets.token_bytes(KEY_BYTES)
        self._cipher = AESGCM(key)
        self._file = file
        self._chunks = 0
        self._pending = bytearray()
        head = json.dumps({"version": _VERSION, "locks": list(locks(key))}).encode()
        self._head = _MAGIC + _LENGTH.pack(len(head)) + head
        file.write(self._head)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: object, /) -> int:
        """Take bytes."""
        view = memoryview(data)  # type: ignore[arg-type]
        self._pending += view
        while len(self._pending) > CHUNK_BYTES:
            self._seal(bytes(self._pending[:CHUNK_BYTES]), last=False)
            del self._pending[:CHUNK_BYTES]
        return len(view)

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        nonce = self._chunks.to_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, plain, _about(self._head, last=last))
        self._file.write(_LENGTH.pack(len(sealed) | (_LAST if last else 0)) + sealed)
        self._chunks += 1


class SealedReader(io.RawIOBase):
    """Opens what ``SealedWriter`` wrote, from front to back."""

    def __init__(
        self, file: IO[bytes], unlock: Callable[[Sequence[Lock]], bytes]
    ) -> None:
        """Read the head.

        Args:
            file: At its beginning; stays the caller's.
            unlock: Gives the file's key, given its locks.

        Raises:
            UserError: It is no such file, or a newer one.
        """
        super().__init__()
        self._file = file
        self._chunks = 0
        self._plain = b""
        self._complete = False
        self._head, locks = _read_head(file)
        self._cipher = AESGCM(unlock(locks))

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes; fewer only at the end.

        Raises:
            UserError: The file is damaged or cut off.
        """
        parts, left = [], size
        while left and (self._plain or self._next()):
            part = self._plain if size < 0 else self._plain[:left]
            self._plain = self._plain[len(part) :]
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def _next(self) -> bool:
        while not self._plain and not self._complete:
            length = self._file.read(_LENGTH.size)
            if len(length) < _LENGTH.size:
                raise _damaged()
            (marked,) = _LENGTH.unpack(length)
            last = bool(marked & _LAST)
            sealed = self._file.read(min(marked & ~_LAST, CHUNK_BYTES + 16))
            try:
                self._plain = self._cipher.decrypt(
                    self._chunks.to_bytes(_NONCE_BYTES),
                    sealed,
                    _about(self._head, last=last),
                )
            except (InvalidTag, ValueError):
                raise _damaged() from None
            self._chunks += 1
            self._complete = last
        return bool(self._plain)


def _about(head: bytes, *, last: bool) -> bytes:
    return head + bytes([last])


def _read_head(file: IO[bytes]) -> tuple[bytes, Sequence[Lock]]:
    start = file.read(len(_MAGIC) + _LENGTH.size)
    if not start.startswith(_MAGIC) or len(start) < len(_MAGIC) + _LENGTH.size:
        raise UserError(
            "This file is no backup of Sidelight.", "Choose one made by `backup`."
        )
    (length,) = _LENGTH.unpack(start[len(_MAGIC) :])
    head = file.read(min(length, _MOST_HEAD))
    try:
        content = json.loads(head)
        version, locks = int(content["version"]), list(content["locks"])
        for lock in locks:
            _ = lock["kind"]
    except (KeyError, TypeError, ValueError):
        raise _damaged() from None
    if version > _VERSION:
        raise UserError(
            "The backup was made by a newer version of Sidelight.",
            "Install that version or a later one; nothing was changed.",
        )
    return start + head, locks


def _damaged() -> UserError:
    return UserError(
        "The backup is damaged or incomplete.",
        "Use another one; nothing was changed here.",
    )
