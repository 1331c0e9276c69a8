"""Locks: one secret sealed so that a passphrase, or a random key, opens it.

A lock is plain data, fit for JSON. Vault and backup files hold lists of them.

Source: argon2id parameters after RFC 9106, section 4 (second recommended option).
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Any, Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PASSPHRASE: Final = "passphrase"  # noqa: S105 - the kind of a lock
RECOVERY: Final = "recovery"
KEY_BYTES: Final = 32

_NONCE_BYTES: Final = 12
_SALT_BYTES: Final = 16
_MOST_MEMORY_KIB: Final = 1 << 21
"""A damaged file must not ask for more than 2 GiB."""

Lock = dict[str, Any]
"""``kind`` and what that kind needs, bytes as base64."""


class WrongKey(Exception):  # noqa: N818 - it is news, not a mistake
    """The lock is another's, or was changed."""


class DamagedLock(Exception):  # noqa: N818 - it is news, not a mistake
    """The lock lacks what its kind needs."""


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


def passphrase_lock(secret: bytes, passphrase: str, cost: Argon2Cost | None) -> Lock:
    """A lock that this passphrase opens."""
    cost = cost or Argon2Cost()
    salt = secrets.token_bytes(_SALT_BYTES)
    lock = key_lock(PASSPHRASE, secret, _stretch(passphrase, salt, cost))
    return lock | {
        "kdf": "argon2id",
        "passes": cost.passes,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "salt": text(salt),
    }


def open_with_passphrase(lock: Lock, passphrase: str) -> bytes:
    """The secret.

    Raises:
        WrongKey: The passphrase is another.
        DamagedLock: The lock is not one of ours.
    """
    try:
        cost = Argon2Cost(
            int(lock["passes"]), int(lock["memory_kib"]), int(lock["lanes"])
        )
        if cost.memory_kib > _MOST_MEMORY_KIB:
            raise DamagedLock
        key = _stretch(passphrase, data(lock, "salt"), cost)
    except (KeyError, TypeError, ValueError, HashingError):
        raise DamagedLock from None
    return open_with_key(lock, key)


def key_lock(kind: str, secret: bytes, key: bytes) -> Lock:
    """A lock that this key of 32 bytes opens; used for nothing else."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, secret, _context(kind))
    return {"kind": kind, "nonce": text(nonce), "key": text(sealed)}


def open_with_key(lock: Lock, key: bytes) -> bytes:
    """The secret.

    Raises:
        WrongKey: The key is another.
        DamagedLock: The lock is not one of ours.
    """
    try:
        return AESGCM(key).decrypt(
            data(lock, "nonce"), data(lock, "key"), _context(lock["kind"])
        )
    except InvalidTag:
        raise WrongKey from None
    except ValueError:
        raise DamagedLock from None


def recovery_lock(secret: bytes, random: bytes) -> Lock:
    """A lock that a recovery key's 160 random bits open."""
    return key_lock(RECOVERY, secret, _from_random(random))


def open_with_recovery(lock: Lock, random: bytes) -> bytes:
    """The secret.

    Raises:
        WrongKey: The recovery key is another.
        DamagedLock: The lock is not one of ours.
    """
    return open_with_key(lock, _from_random(random))


def data(lock: Lock, name: str) -> bytes:
    """Bytes that a lock holds.

    Raises:
        DamagedLock: They are not there.
    """
    try:
        return base64.b64decode(lock[name], validate=True)
    except (KeyError, TypeError, ValueError):
        raise DamagedLock from None


def text(value: bytes) -> str:
    """Bytes as a lock holds them."""
    return base64.b64encode(value).decode("ascii")


def _context(kind: str) -> bytes:
    return f"sidelight vault 1 {kind}".encode("ascii")


def _stretch(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    return hash_secret_raw(
        passphrase.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _from_random(random: bytes) -> bytes:
    """A key from 160 random bits: nothing to guess, so nothing to slow down."""
    return HKDF(
        SHA256(), length=KEY_BYTES, salt=None, info=b"sidelight recovery key 1"
    ).derive(random)
