"""The system's own store of secrets, and why it cannot be used when it cannot.

Whatever a backend throws or however long it hangs (a locked collection asks for its
password in a dialog that nobody may see), the caller gets one sentence and goes on to
the next way in.
"""

from __future__ import annotations

import base64
import threading
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE: Final = "Sidelight"
PATIENCE_S: Final = 20.0
"""How long a keyring may take: time to type its password into its own dialog."""

_RECOMMENDED: Final = 1
"""Backends below this priority keep secrets in plain files or nowhere (documentation of
``keyring.backend.KeyringBackend.priority``)."""

T = TypeVar("T")


class KeyStoreUnavailable(Exception):  # noqa: N818 - it is news, not a mistake
    """The store cannot be used now.

    Attributes:
        reason: One sentence for a person.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class KeyStore(Protocol):
    """Keeps small secrets for this user, by name."""

    def get(self, name: str) -> bytes | None:
        """The secret, or ``None`` where there is none of this name.

        Raises:
            KeyStoreUnavailable: The store cannot be asked.
        """

    def set(self, name: str, secret: bytes) -> None:
        """Keep a secret, in place of an older one.

        Raises:
            KeyStoreUnavailable: It was not kept.
        """

    def delete(self, name: str) -> None:
        """Forget a secret; harmless where there is none.

        Raises:
            KeyStoreUnavailable: The store cannot be asked.
        """


class Backend(Protocol):
    """What we use of ``keyring.backend.KeyringBackend``."""

    @property
    def priority(self) -> float:
        """Below 1: not recommended; 0 and below: none at all."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or ``None``."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget it."""


class SystemKeyring:
    """The keyring of this desktop, through the ``keyring`` library."""

    def __init__(
        self,
        backend: Callable[[], Backend] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Ask for nothing yet.

        Args:
            backend: Finds the backend; the system's own by default.
            patience_s: How long an answer may take.
        """
        self._find = backend or _backend_of_the_system
        self._patience_s = patience_s

    def usable(self) -> bool:
        """Whether there is one that answers."""
        try:
            self._ask(lambda backend: backend.priority)
        except KeyStoreUnavailable:
            return False
        return True

    def get(self, name: str) -> bytes | None:
        """See ``KeyStore``."""
        found = self._ask(lambda backend: backend.get_password(SERVICE, name))
        if found is None:
            return None
        try:
            return base64.b64decode(found, validate=True)
        except ValueError:
            # Somebody else's entry under our name opens nothing.
            return None

    def set(self, name: str, secret: bytes) -> None:
        """See ``KeyStore``."""
        text = base64.b64encode(secret).decode("ascii")
        self._ask(lambda backend: backend.set_password(SERVICE, name, text))
        # Some backends accept and keep nothing (``keyring.backends.null``).
        if self.get(name) != secret:
            raise KeyStoreUnavailable("The keyring does not keep what it is given.")

    def delete(self, name: str) -> None:
        """See ``KeyStore``."""
        if self.get(name) is not None:
            self._ask(lambda backend: backend.delete_password(SERVICE, name))

    def _ask(self, question: Callable[[Backend], T]) -> T:
        answers: list[T] = []
        faults: list[Exception] = []

        def ask() -> None:
            try:
                backend = self._find()
                if backend.priority < _RECOMMENDED:
                    faults.append(
                        KeyStoreUnavailable("This system has no keyring to keep keys.")
                    )
                    return
                answers.append(question(backend))
            except Exception as error:  # noqa: BLE001 - other people's plug-ins
                faults.append(error)

        # A thread, because a dialog of the keyring may never be answered.
        asking = threading.Thread(target=ask, name="keyring", daemon=True)
        asking.start()
        asking.join(self._patience_s)
        if faults:
            raise _unavailable(faults[0]) from None
        if not answers:
            raise KeyStoreUnavailable("The keyring does not answer.")
        return answers[0]


def _backend_of_the_system() -> Backend:
    import keyring  # noqa: PLC0415 - it asks the desktop

    return keyring.get_keyring()


def _unavailable(fault: Exception) -> KeyStoreUnavailable:
    from keyring import errors  # noqa: PLC0415 - with its backends, slow

    # The cause is left out: a backend's words may hold names of this computer.
    match fault:
        case KeyStoreUnavailable():
            return fault
        case errors.NoKeyringError():
            return KeyStoreUnavailable("This system has no keyring to keep keys.")
        case errors.KeyringLocked() | errors.InitError():
            return KeyStoreUnavailable("The keyring is locked.")
        case _:
            return KeyStoreUnavailable("The keyring refuses.")
