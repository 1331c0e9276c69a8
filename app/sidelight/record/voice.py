"""The coach's enrolled voice: one small sealed file in the folder of the record.

It is the coach's alone; nothing of a client's voice is ever kept. AES-256-GCM under a
key of the vault; the file's first bytes, which say what it is, are sealed with it.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.record.vault import Vault

FILE_NAME: Final = "voice.sealed"

_HEADER: Final = b"sidelight voice 1\n"
_NONCE_BYTES: Final = 12
_AGAIN: Final = "Enrol it again: `sidelight voice enrol`."


def store(folder: Path, vault: Vault, voice: bytes) -> None:
    """Keep a voice, in place of the one before; when this returns it is on the disk.

    Args:
        folder: Of the record; it exists and is private to this user.
        vault: Open.
        voice: As the recogniser of voices writes it.

    Raises:
        UserError: The file cannot be written; the voice before is still there.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(vault.voice_key()).encrypt(nonce, voice, _HEADER)
    path = folder / FILE_NAME
    fresh = folder / f"{FILE_NAME}.new"
    try:
        fresh.unlink(missing_ok=True)  # left by a crash
        with open(fresh, "xb", opener=_private) as file:
            file.write(_HEADER + nonce + sealed)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise UserError(
            f"Your voice cannot be kept in {path} ({error.strerror}).",
            "Make its folder writable or free some space, and try again.",
        ) from error


def load(folder: Path, vault: Vault) -> bytes | None:
    """The voice that was kept, or ``None`` where none was.

    Raises:
        UserError: It cannot be read, is damaged, newer, or another vault's.
    """
    path = folder / FILE_NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(
            f"Your enrolled voice in {path} cannot be read ({error.strerror}).", _AGAIN
        ) from error
    if not content.startswith(_HEADER):
        raise UserError(
            f"Your enrolled voice in {path} is damaged, or of a newer version.", _AGAIN
        )
    nonce = content[len(_HEADER) :][:_NONCE_BYTES]
    sealed = content[len(_HEADER) + _NONCE_BYTES :]
    try:
        return AESGCM(vault.voice_key()).decrypt(nonce, sealed, _HEADER)
    except (InvalidTag, ValueError):
        raise UserError(
            f"Your enrolled voice in {path} does not open with this record's key: it is"
            " damaged, or belongs to another record.",
            _AGAIN,
        ) from None


def forget(folder: Path) -> bool:
    """Remove the voice.

    Returns:
        Whether there was one.

    Raises:
        UserError: It cannot be removed.
    """
    path = folder / FILE_NAME
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UserError(
            f"Your enrolled voice in {path} cannot be removed ({error.strerror}).",
            "Close what uses it, or delete the file yourself.",
        ) from error
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
