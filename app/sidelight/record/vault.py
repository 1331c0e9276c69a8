"""The vault: one random master key, and the locks it can be opened with.

The file ``vault.json`` holds the master key once per lock. A *local* lock is the bare
key in a file only this user reads (the demo: its content is public); a *passphrase*
lock wraps it with argon2id and AES-256-GCM. Further kinds of lock are further entries.
Every other key is derived from the master key and never written down.

Source: argon2id parameters after RFC 9106, section 4 (second recommended option);
derivation: HKDF-SHA256, RFC 5869.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "vault.json"
_VERSION: Final = 1
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_SALT_BYTES: Final = 16
_LOCAL: Final = "local"
_PASSPHRASE: Final = "passphrase"  # noqa: S105 - the kind of a lock
_WRAP_CONTEXT: Final = b"sidelight vault 1 passphrase"


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess at the passphrase costs.

    Attributes:
        passes: Passes over the memory.
        memory_kib: Memory in KiB.
        lanes: Parallel lanes.
    """

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4


class Vault:
    """Hands out the keys of one record. Its keys never appear in ``repr`` or logs."""

    __slots__ = ("_master",)

    def __init__(self, master: bytes) -> None:
        """Take a master key of 32 bytes; use ``open_local`` or ``open_passphrase``."""
        if len(master) != _KEY_BYTES:
            msg = "a master key has 32 bytes"
            raise ValueError(msg)
        self._master = master

    def __repr__(self) -> str:
        """Nothing of the key."""
        return "Vault(…)"

    def __reduce__(self) -> NoReturn:
        """Refuse to travel: keys stay in the engine's process."""
        msg = "a vault is never pickled"
        raise TypeError(msg)

    @classmethod
    def open_local(cls, folder: Path) -> Vault:
        """Open, or make, a vault whose key lies beside it in a file with mode 0600.

        Args:
            folder: An existing folder, private to this user.

        Raises:
            UserError: The file cannot be read or made, is damaged, newer, or needs a
                passphrase.
        """
        path = folder / FILE_NAME
        if not path.exists():
            master = secrets.token_bytes(_KEY_BYTES)
            _create(path, [{"kind": _LOCAL, "key": _text(master)}])
        lock = _lock_of(path, _LOCAL, "It is opened with a passphrase.")
        master = _field(path, lock, "key")
        if len(master) != _KEY_BYTES:
            raise _damaged(path)
        return cls(master)

    @classmethod
    def open_passphrase(
        cls, folder: Path, passphrase: str, cost: Argon2Cost | None = None
    ) -> Vault:
        """Open, or make, a vault that is locked with a passphrase.

        Args:
            folder: An existing folder, private to this user.
            passphrase: As typed; not empty.
            cost: Used when the vault is made; later the file says what it was.

        Raises:
            UserError: The passphrase is empty or wrong, or the file cannot be used.
        """
        if not passphrase:
            raise UserError(
                "The passphrase is empty.", "Give one of several words and try again."
            )
        path = folder / FILE_NAME
        if not path.exists():
            master = secrets.token_bytes(_KEY_BYTES)
            _create(path, [_wrap(master, passphrase, cost or Argon2Cost())])
        lock = _lock_of(path, _PASSPHRASE, "It has no passphrase.")
        return cls(_unwrap(path, lock, passphrase))

    def database_key(self) -> bytes:
        """The raw key of the database, 32 bytes."""
        return self._derive(b"sidelight database 1")

    def spool_key(self) -> bytes:
        """The key that wraps the data keys of the sound, 32 bytes."""
        return self._derive(b"sidelight spool 1")

    def _derive(self, purpose: bytes) -> bytes:
        derivation = HKDF(SHA256(), length=_KEY_BYTES, salt=None, info=purpose)
        return derivation.derive(self._master)


def _wrap(master: bytes, passphrase: str, cost: Argon2Cost) -> dict[str, Any]:
    salt = secrets.token_bytes(_SALT_BYTES)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    key = _stretch(passphrase, salt, cost)
    return {
        "kind": _PASSPHRASE,
        "kdf": "argon2id",
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": _text(salt),
        "nonce": _text(nonce),
        "key": _text(AESGCM(key).encrypt(nonce, master, _WRAP_CONTEXT)),
    }


def _unwrap(path: Path, lock: dict[str, Any], passphrase: str) -> bytes:
    try:
        cost = Argon2Cost(
            int(lock["passes"]), int(lock["memory_kib"]), int(lock["lanes"])
        )
    except (KeyError, TypeError, ValueError):
        raise _damaged(path) from None
    key = _stretch(passphrase, _field(path, lock, "salt"), cost)
    try:
        return AESGCM(key).decrypt(
            _field(path, lock, "nonce"), _field(path, lock, "key"), _WRAP_CONTEXT
        )
    except InvalidTag:
        raise UserError(
            "The passphrase is wrong.", "Type it again; capital letters count."
        ) from None


def _stretch(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )


def _create(path: Path, locks: list[dict[str, Any]]) -> None:
    """Write a new vault whole or not at all; leave one that came first alone."""
    text = json.dumps({"version": _VERSION, "locks": locks}, indent=1)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        # O_EXCL and the mode at creation: at no moment could another user read it.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            _publish(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(
            f"The key file {path} cannot be written ({error.strerror}).",
            "Make its folder writable or free some space, and try again.",
        ) from error


def _publish(draft: Path, path: Path) -> None:
    """Give the draft its name unless a vault is there already (two first starts)."""
    try:
        if hasattr(os, "link"):
            os.link(draft, path)
        else:
            draft.rename(path)
    except FileExistsError:
        return
    except OSError:
        # A file system without hard links (some USB sticks).
        draft.rename(path)


def _lock_of(path: Path, kind: str, otherwise: str) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version, locks = int(content["version"]), list(content["locks"])
        found = [lock for lock in locks if lock["kind"] == kind]
    except OSError as error:
        raise UserError(
            f"The key file {path} cannot be read ({error.strerror}).",
            "Give yourself the right to read it, or restore it from a backup.",
        ) from error
    except (KeyError, TypeError, ValueError):
        raise _damaged(path) from None
    if version > _VERSION:
        raise UserError(
            f"The key file {path} was made by a newer version of Sidelight.",
            "Install that version or a later one; nothing was changed.",
        )
    if not found:
        raise UserError(f"The key file {path} cannot be opened this way.", otherwise)
    return dict(found[0])


def _field(path: Path, lock: dict[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(lock[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise _damaged(path) from None


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _damaged(path: Path) -> UserError:
    return UserError(
        f"The key file {path} is damaged.",
        "Restore it from a backup; without it the record cannot be opened.",
    )
