"""A record as somebody reads it who has the whole folder and every key.

Every page of the database and of its write-ahead log is decrypted, those included that
no row uses any more: what is found nowhere here cannot be found with a forensic tool.

Source: SQLCipher 4's page layout with a raw key,
https://www.zetetic.net/sqlcipher/design/ (page = AES-256-CBC, then 16 bytes of IV and
64 of HMAC; the first page begins with 16 bytes of salt); log frames after
https://www.sqlite.org/fileformat2.html#the_write_ahead_log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PAGE = 4096
RESERVED = 80
IV = 16
SALT = 16
LOG_HEAD = 32
FRAME_HEAD = 24


def plain_database(path: Path, key: bytes) -> bytes:
    """Every page of the file and of its log, decrypted, one after the other."""
    return b"".join(_pages(path, key))


def _pages(path: Path, key: bytes) -> Iterator[bytes]:
    data = path.read_bytes()
    for at in range(0, len(data), PAGE):
        yield _plain(data[at : at + PAGE], key, first=at == 0)
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[LOG_HEAD:] if log.exists() else b""
    for at in range(0, len(frames), FRAME_HEAD + PAGE):
        number = int.from_bytes(frames[at : at + 4])
        page = frames[at + FRAME_HEAD : at + FRAME_HEAD + PAGE]
        yield _plain(page, key, first=number == 1)


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    if len(page) < PAGE:
        return b""
    body = page[SALT if first else 0 : PAGE - RESERVED]
    iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def everything(folder: Path, key: bytes) -> bytes:
    """All bytes of a record's folder, the database both as it lies and in the clear."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = [path.read_bytes() for path in files]
    found += [plain_database(path, key) for path in files if path.suffix == ".db"]
    return b"\n".join(found)


def holds(content: bytes, word: str) -> bool:
    """Whether the word is there, in either of the encodings that are in use."""
    return bool(held(content, [word]))


def held(content: bytes, words: Iterable[str]) -> list[str]:
    """Which of these words are there; see ``holds``."""
    folded = content.lower()
    return [
        word
        for word in words
        if any(word.lower().encode(code) in folded for code in ("utf-8", "utf-16-le"))
    ]
