"""Keyrings that behave like the real back ends: working, locked, missing, failing."""

# The arguments are those of the library.
# ruff: noqa: ARG002

from __future__ import annotations

import threading

from keyring.errors import (
    InitError,
    KeyringLocked,
    NoKeyringError,
    PasswordDeleteError,
    PasswordSetError,
)


class WorkingKeyring:
    """As GNOME's, KDE's, macOS' and Windows': keeps text by service and name."""

    priority: float = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            message = "No such password!"
            raise PasswordDeleteError(message)
        del self.kept[service, username]


class RefusingKeyring(WorkingKeyring):
    """Throws what it is told to, whatever it is asked."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def get_password(self, service: str, username: str) -> str | None:
        raise self.fault

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.fault


class MissingKeyring(RefusingKeyring):
    """``keyring.backends.fail``: what a machine without any gets."""

    priority: float = 0

    def __init__(self) -> None:
        super().__init__(NoKeyringError("No recommended backend was available."))


class ForgetfulKeyring(WorkingKeyring):
    """``keyring.backends.null`` with a better opinion of itself."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class SilentKeyring(WorkingKeyring):
    """Waits for a dialog that nobody sees, until ``release``."""

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.release.wait(10)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.release.wait(10)


def unusable() -> list[tuple[WorkingKeyring, str]]:
    """Every keyring that cannot be used, with the word its sentence must hold."""
    return [
        (MissingKeyring(), "no keyring"),
        (RefusingKeyring(NoKeyringError("none")), "no keyring"),
        (RefusingKeyring(InitError("Failed to create the collection")), "locked"),
        (RefusingKeyring(KeyringLocked("Failed to unlock the collection!")), "locked"),
        (RefusingKeyring(PasswordSetError("canary on /home/zoe")), "refuses"),
        (RefusingKeyring(OSError("D-Bus: canary")), "refuses"),
        (ForgetfulKeyring(), "does not keep"),
    ]
