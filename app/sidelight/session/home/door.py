"""The way into the record, for a coach at a window: keyring, or a passphrase typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.errors import UserError
from sidelight.record.vault import Vault, Ways, read_passphrase
from sidelight.session.home.messages import KeyMade, Lock

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.record.keystore import SystemKeyring


class _PassphraseNeededError(Exception):
    """No other way leads in."""


class Door:
    """Opens the record once, and keeps what opens it for the engine.

    Attributes:
        passphrase: What opened it; ``None``: the keyring did.
    """

    def __init__(self, folder: Path, keyring: SystemKeyring, ways: Ways) -> None:
        """Try nothing yet.

        Args:
            folder: Of the record; it exists.
            keyring: The system's.
            ways: Whether a file holds the passphrase.
        """
        self._folder = folder
        self._keyring = keyring
        self._file = ways.passphrase_file
        self._vault: Vault | None = None
        self.passphrase: str | None = None

    @property
    def vault(self) -> Vault:
        """The open vault.

        Raises:
            UserError: It is not open.
        """
        if self._vault is None:
            raise UserError("Your sessions are locked.", "Unlock them first.")
        return self._vault

    def check(self) -> None:
        """See that it is open.

        Raises:
            UserError: It is not.
        """
        self.vault  # noqa: B018 - raises

    def look(self) -> Lock:
        """Open it if that needs nobody. The keyring may ask in a dialog of its own.

        Raises:
            UserError: It cannot be opened by typing a passphrase either.
        """
        if self._vault is not None:
            return Lock.OPEN
        if not Vault.exists(self._folder):
            kept = self._file is not None or self._keyring.usable()
            return Lock.NEW if kept else Lock.NEW_WITHOUT_KEYRING
        try:
            self._vault = Vault.open(self._folder, Ways(self._keyring, None, _refuse))
        except _PassphraseNeededError:
            if self._file is None:
                return Lock.LOCKED
            self.unlock(read_passphrase(self._file))
        return Lock.OPEN

    def unlock(self, passphrase: str) -> None:
        """Open it with a passphrase.

        Raises:
            UserError: It is empty or wrong, or the record cannot be read.
        """
        self._vault = Vault.open_passphrase(self._folder, passphrase)
        self.passphrase = passphrase

    def move_in(self, vault: Vault) -> None:
        """Another record is in place; the keyring shall open it from now on.

        Raises:
            KeyStoreUnavailable: It cannot; the record is asked for by its passphrase.
        """
        self._vault, self.passphrase = None, None
        vault.use_keyring(self._keyring)
        self._vault = vault

    def make(self, passphrase: str | None) -> KeyMade:
        """Make the record's vault.

        Args:
            passphrase: ``None``: the keyring keeps its key.

        Raises:
            UserError: There is one already, or no way to keep its key.
        """
        if passphrase is None and self._file is not None:
            passphrase = read_passphrase(self._file)
        made = Vault.create(self._folder, keystore=self._keyring, passphrase=passphrase)
        self._vault = made.vault
        self.passphrase = passphrase
        return KeyMade(str(made.recovery_key), made.notice)


def _refuse() -> str:
    raise _PassphraseNeededError
