"""The vault: one random master key, and the ways to it.

The file (``record.vault_file``) holds the master key once per lock, each time sealed
with AES-256-GCM: under a key that the system's *keyring* keeps, under a *passphrase*
(argon2id), and always under the printed *recovery* key. A *local* lock is the bare key
in a file only this user reads: the demo, whose content is public. Every other key is
derived from the master key and never written down.

Source: derivation by HKDF-SHA256, RFC 5869.
"""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sidelight.domain.errors import UserError
from sidelight.record import locks, vault_file
from sidelight.record.keystore import KeyStoreUnavailable
from sidelight.record.locks import Argon2Cost, DamagedLock, WrongKey
from sidelight.record.recovery_key import RecoveryKey
from sidelight.record.vault_file import VaultFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sidelight.record.keystore import KeyStore
    from sidelight.record.locks import Lock

FILE_NAME: Final = vault_file.FILE_NAME
PASSPHRASE_VARIABLE: Final = "SIDELIGHT_PASSPHRASE_FILE"  # noqa: S105 - its name

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_LOCAL: Final = "local"
_KEYRING: Final = "keyring"
_PASSPHRASE: Final = locks.PASSPHRASE
_RECOVERY: Final = locks.RECOVERY


@dataclass(frozen=True, slots=True)
class Ways:
    """How a vault may be opened here, tried in this order.

    Attributes:
        keystore: The system's keyring, or ``None`` where it is not to be asked.
        passphrase_file: Its first line is the passphrase.
        ask: Asks a person for the passphrase; ``None`` where nobody can answer, so that
            nothing ever waits for a prompt that nobody sees.
    """

    keystore: KeyStore | None = None
    passphrase_file: Path | None = None
    ask: Callable[[], str] | None = None

    @classmethod
    def find(
        cls,
        keystore: KeyStore | None,
        passphrase_file: Path | None = None,
        ask: Callable[[], str] | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> Ways:
        """The given ways; the file from ``SIDELIGHT_PASSPHRASE_FILE`` where not."""
        named = environ.get(PASSPHRASE_VARIABLE, "")
        if passphrase_file is None and named:
            passphrase_file = Path(named).expanduser()
        return cls(keystore, passphrase_file, ask)


@dataclass(frozen=True, slots=True)
class NewVault:
    """A vault that was just made.

    Attributes:
        vault: Open.
        recovery_key: To be shown and printed now; it can be shown again later.
        notice: Why the keyring is not one of its ways, or ``""``.
    """

    vault: Vault
    recovery_key: RecoveryKey
    notice: str = ""


class Vault:
    """Hands out the keys of one record. Its keys never appear in ``repr`` or logs."""

    __slots__ = ("_folder", "_master")

    def __init__(self, master: bytes, folder: Path | None = None) -> None:
        """Take a master key of 32 bytes; use ``create`` and ``open``.

        Args:
            master: The key.
            folder: Where its file is, for whoever changes the locks.
        """
        if len(master) != _KEY_BYTES:
            msg = "a master key has 32 bytes"
            raise ValueError(msg)
        self._master = master
        self._folder = folder

    def __repr__(self) -> str:
        """Nothing of the key."""
        return "Vault(…)"

    def __reduce__(self) -> NoReturn:
        """Refuse to travel: keys stay in the engine's process."""
        msg = "a vault is never pickled"
        raise TypeError(msg)

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        keystore: KeyStore | None = None,
        passphrase: str | None = None,
        cost: Argon2Cost | None = None,
    ) -> NewVault:
        """Make a vault, with every way that is given, and its recovery key.

        Args:
            folder: An existing folder, private to this user, without a vault.
            keystore: The system's keyring; where it cannot be used, the passphrase has
                to do.
            passphrase: As typed; not empty.
            cost: Of guessing the passphrase.

        Raises:
            UserError: There is a vault or a record already, neither way can be used,
                or the file cannot be written.
        """
        _refuse_second(folder)
        vault = cls(secrets.token_bytes(_KEY_BYTES), folder)
        recovery = RecoveryKey.make()
        content = VaultFile.new(vault._recovery_lock(recovery))
        notice = ""
        if passphrase is not None:
            content = content.with_lock(
                _passphrase_lock(vault._master, passphrase, cost)
            )
        if keystore is not None:
            try:
                content = vault._with_keyring(content, keystore)
            except KeyStoreUnavailable as news:
                notice = news.reason
        if content.lock(_KEYRING) is None and content.lock(_PASSPHRASE) is None:
            raise UserError(
                f"There is no way to keep the key of the record. {notice}".rstrip(),
                _PASSPHRASE_REMEDY,
            )
        vault_file.write(folder, content, new=True)
        return NewVault(vault, recovery, notice)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a vault in this folder."""
        return vault_file.exists(folder)

    @classmethod
    def open(cls, folder: Path, ways: Ways) -> Vault:
        """Open a vault by the first way that leads in. Never waits for a prompt.

        Args:
            folder: Where its file is.
            ways: What there is here.

        Raises:
            UserError: There is none, the passphrase is wrong, no way leads in, or the
                file cannot be used.
        """
        if not vault_file.exists(folder):
            raise _no_vault(folder)
        content = vault_file.read(folder)
        if content.lock(_LOCAL) is not None:
            return cls.open_local(folder)
        reason = "It needs its passphrase."
        if content.lock(_KEYRING) is not None and ways.keystore is not None:
            try:
                return cls._open_keyring(folder, content, ways.keystore)
            except KeyStoreUnavailable as news:
                reason = news.reason
        if content.lock(_PASSPHRASE) is not None:
            if ways.passphrase_file is not None:
                return cls.open_passphrase(
                    folder, read_passphrase(ways.passphrase_file)
                )
            if ways.ask is not None:
                return cls.open_passphrase(folder, ways.ask())
            raise UserError(f"The record is locked. {reason}", _PASSPHRASE_REMEDY)
        raise UserError(
            f"The record is locked. {reason}",
            "Unlock the keyring of your desktop and try again, or set a passphrase"
            " with the recovery key: `sidelight vault passphrase --recovery-key-file`.",
        )

    @classmethod
    def open_local(cls, folder: Path) -> Vault:
        """Open, or make, a vault whose key lies beside it in a file with mode 0600.

        Args:
            folder: An existing folder, private to this user.

        Raises:
            UserError: The file cannot be read or made, is damaged, newer, or needs a
                passphrase.
        """
        if not vault_file.exists(folder):
            _refuse_second(folder)
            master = secrets.token_bytes(_KEY_BYTES)
            content = VaultFile.new({"kind": _LOCAL, "key": locks.text(master)})
            vault_file.write(folder, content, new=True, copy=False)
        lock = _lock_of(folder, _LOCAL, "It is opened with a passphrase or a keyring.")
        with _damage_of(folder):
            return cls._of(folder, locks.data(lock, "key"))

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
        if not vault_file.exists(folder):
            return cls.create(folder, passphrase=passphrase, cost=cost).vault
        _not_empty(passphrase)
        lock = _lock_of(folder, _PASSPHRASE, "It has no passphrase.")
        try:
            with _damage_of(folder):
                master = locks.open_with_passphrase(lock, passphrase)
        except WrongKey:
            raise UserError(
                "The passphrase is wrong.", "Type it again; capital letters count."
            ) from None
        return cls._of(folder, master)

    @classmethod
    def open_recovery(cls, folder: Path, key: RecoveryKey) -> Vault:
        """Open a vault with the printed key.

        Raises:
            UserError: The key belongs to another vault, or was replaced, or the file
                cannot be used.
        """
        if not vault_file.exists(folder):
            raise _no_vault(folder)
        lock = _lock_of(folder, _RECOVERY, "It is the demo's; it has no recovery key.")
        try:
            with _damage_of(folder):
                master = locks.open_with_recovery(lock, key.secret)
        except WrongKey:
            raise UserError(
                "This recovery key does not fit: it belongs to another vault, or was"
                " replaced.",
                "Use the one that was printed last.",
            ) from None
        return cls._of(folder, master)

    def database_key(self) -> bytes:
        """The raw key of the database, 32 bytes."""
        return self._derive(b"sidelight database 1")

    def spool_key(self) -> bytes:
        """The key that wraps the data keys of sound and words, 32 bytes."""
        return self._derive(b"sidelight spool 1")

    def voice_key(self) -> bytes:
        """The key that seals the coach's enrolled voice, 32 bytes."""
        return self._derive(b"sidelight voice 1")

    def recordings_key(self) -> bytes:
        """The key that recordings made elsewhere are told apart with, 32 bytes."""
        return self._derive(b"sidelight recordings 1")

    def ways(self) -> tuple[str, ...]:
        """The kinds of its locks, in the order of the file.

        Raises:
            UserError: The file cannot be read.
        """
        return tuple(lock["kind"] for lock in vault_file.read(self._home).locks)

    def set_passphrase(self, passphrase: str, cost: Argon2Cost | None = None) -> None:
        """Give it this passphrase; an older one no longer opens it.

        Raises:
            UserError: It is empty, or the file cannot be written.
        """
        content = vault_file.read(self._home)
        vault_file.write(
            self._home,
            content.with_lock(_passphrase_lock(self._master, passphrase, cost)),
        )

    def use_keyring(self, keystore: KeyStore) -> None:
        """Let the system's keyring open it from now on.

        Raises:
            KeyStoreUnavailable: The keyring does not take it; nothing was changed.
            UserError: The file cannot be written.
        """
        content = vault_file.read(self._home)
        vault_file.write(self._home, self._with_keyring(content, keystore))

    def leave_keyring(self, keystore: KeyStore) -> None:
        """Let only passphrase and recovery key open it from now on.

        Raises:
            UserError: It has no passphrase, or the file cannot be written.
        """
        content = vault_file.read(self._home)
        if content.lock(_PASSPHRASE) is None:
            raise UserError(
                "Without the keyring nothing would open the record in daily use.",
                "Set a passphrase first: `sidelight vault passphrase`.",
            )
        vault_file.write(self._home, content.without(_KEYRING))
        # Its entry opens nothing any more; that it stays would only be untidy.
        with suppress(KeyStoreUnavailable):
            keystore.delete(content.id)

    def recovery_key(self) -> RecoveryKey:
        """The recovery key that fits now, to be shown or printed again.

        Raises:
            UserError: The file cannot be used.
        """
        lock = _lock_of(self._home, _RECOVERY, "It is the demo's.")
        try:
            secret = AESGCM(self._derive(b"sidelight shown recovery key 1")).decrypt(
                locks.data(lock, "shown_nonce"), locks.data(lock, "shown"), None
            )
        except (InvalidTag, ValueError, DamagedLock):
            raise vault_file.damaged(self._home) from None
        return RecoveryKey(secret)

    def replace_recovery_key(self) -> RecoveryKey:
        """Make a new recovery key; the one before no longer fits.

        Raises:
            UserError: The file cannot be written; the one before still fits.
        """
        new = RecoveryKey.make()
        content = vault_file.read(self._home)
        vault_file.write(self._home, content.with_lock(self._recovery_lock(new)))
        return new

    def fits(self, key: RecoveryKey) -> bool:
        """Whether this recovery key would open it; nothing is changed or noted.

        Raises:
            UserError: The file cannot be used.
        """
        lock = _lock_of(self._home, _RECOVERY, "It is the demo's.")
        try:
            with _damage_of(self._home):
                opened = locks.open_with_recovery(lock, key.secret)
        except WrongKey:
            return False
        return secrets.compare_digest(opened, self._master)

    def for_backup(self) -> bytes:
        """The master key itself, for the inside of an encrypted backup."""
        return self._master

    @property
    def folder(self) -> Path:
        """Where its file is."""
        return self._home

    @property
    def _home(self) -> Path:
        if self._folder is None:
            msg = "this vault has no file"
            raise ValueError(msg)
        return self._folder

    @classmethod
    def _of(cls, folder: Path, master: bytes) -> Vault:
        if len(master) != _KEY_BYTES:
            raise vault_file.damaged(folder)
        return cls(master, folder)

    @classmethod
    def _open_keyring(
        cls, folder: Path, content: VaultFile, keystore: KeyStore
    ) -> Vault:
        secret = keystore.get(content.id)
        lock = content.lock(_KEYRING)
        if secret is None or lock is None or len(secret) != _KEY_BYTES:
            raise KeyStoreUnavailable("The keyring no longer holds its key.")
        try:
            with _damage_of(folder):
                return cls._of(folder, locks.open_with_key(lock, secret))
        except WrongKey:
            raise KeyStoreUnavailable(
                "The keyring holds the key of another vault."
            ) from None

    def _with_keyring(self, content: VaultFile, keystore: KeyStore) -> VaultFile:
        secret = secrets.token_bytes(_KEY_BYTES)
        keystore.set(content.id, secret)
        return content.with_lock(locks.key_lock(_KEYRING, self._master, secret))

    def _recovery_lock(self, key: RecoveryKey) -> Lock:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        shown = AESGCM(self._derive(b"sidelight shown recovery key 1")).encrypt(
            nonce, key.secret, None
        )
        return locks.recovery_lock(self._master, key.secret) | {
            "shown_nonce": locks.text(nonce),
            "shown": locks.text(shown),
        }

    def _derive(self, purpose: bytes) -> bytes:
        derivation = HKDF(SHA256(), length=_KEY_BYTES, salt=None, info=purpose)
        return derivation.derive(self._master)


_PASSPHRASE_REMEDY: Final = (
    "Write the passphrase into a file of your own and name it with --passphrase-file"
    f" or {PASSPHRASE_VARIABLE}."
)


def read_passphrase(path: Path) -> str:
    """The first line of a passphrase file; ``-`` reads it from standard input.

    Raises:
        UserError: It cannot be read, or is empty.
    """
    try:
        typed = str(path) == "-"
        text = sys.stdin.read() if typed else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text file"
        raise UserError(
            f"The passphrase file {path} cannot be read ({reason}).",
            "Name another with --passphrase-file, or make it readable for you.",
        ) from None
    lines = text.splitlines()
    _not_empty(lines[0] if lines else "")
    return lines[0]


def _refuse_second(folder: Path) -> None:
    if vault_file.exists(folder):
        raise UserError(
            "There is a key file already.", "Open the record that is there."
        )
    if (folder / "record.db").exists():
        raise UserError(
            f"The key file {folder / FILE_NAME} is missing, and the record cannot be"
            " read without it.",
            "Put it back or restore a backup; nothing was changed.",
        )


def _no_vault(folder: Path) -> UserError:
    return UserError(
        f"There is no record in {folder} yet.",
        "Record a session first, or restore a backup.",
    )


def _lock_of(folder: Path, kind: str, otherwise: str) -> Lock:
    lock = vault_file.read(folder).lock(kind)
    if lock is None:
        raise UserError(
            f"The key file {folder / FILE_NAME} cannot be opened this way.", otherwise
        )
    return lock


def _not_empty(passphrase: str) -> None:
    if not passphrase:
        raise UserError(
            "The passphrase is empty.", "Give one of several words and try again."
        )


def _passphrase_lock(master: bytes, passphrase: str, cost: Argon2Cost | None) -> Lock:
    _not_empty(passphrase)
    return locks.passphrase_lock(master, passphrase, cost)


@contextmanager
def _damage_of(folder: Path) -> Iterator[None]:
    try:
        yield
    except DamagedLock:
        raise vault_file.damaged(folder) from None
