"""The vault's file: versioned, summed, written whole, and kept twice.

``vault.json`` holds no key in the clear (but for the demo, whose content is public). A
copy lies beside it, so that one bad sector does not cost every session. The copy never
outlives what it copies: it is written before a change is reported as done, and made
equal again at the next reading where a crash came between.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.record.locks import Lock

FILE_NAME: Final = "vault.json"
COPY_NAME: Final = "vault.copy.json"
_VERSION: Final = 2
_FIRST_WITH_SUM: Final = 2


@dataclass(frozen=True, slots=True)
class VaultFile:
    """What the file holds.

    Attributes:
        id: Random; the name under which a keyring knows this vault.
        locks: The ways to the master key.
    """

    id: str
    locks: tuple[Lock, ...]

    @classmethod
    def new(cls, *locks: Lock, identity: str | None = None) -> VaultFile:
        """With an id of its own, unless one is given (a lock may depend on it)."""
        return cls(identity or new_identity(), locks)

    def lock(self, kind: str) -> Lock | None:
        """The lock of this kind, if there is one."""
        return next((lock for lock in self.locks if lock["kind"] == kind), None)

    def with_lock(self, lock: Lock) -> VaultFile:
        """With this lock in place of the one of its kind."""
        return replace(self, locks=(*self.without(lock["kind"]).locks, lock))

    def without(self, kind: str) -> VaultFile:
        """Without the lock of this kind."""
        kept = tuple(lock for lock in self.locks if lock["kind"] != kind)
        return replace(self, locks=kept)


def new_identity() -> str:
    """A random name for a vault."""
    return secrets.token_hex(8)


def exists(folder: Path) -> bool:
    """Whether a vault lies in this folder, if only as its copy."""
    return (folder / FILE_NAME).exists() or (folder / COPY_NAME).exists()


def read(folder: Path) -> VaultFile:
    """The vault's file, or its copy where the file is missing or damaged.

    Raises:
        UserError: Neither can be read, or it is of a newer version.
    """
    path, copy = folder / FILE_NAME, folder / COPY_NAME
    try:
        found = _read(path)
    except _Unreadable as first:
        try:
            found = _read(copy)
        except _Unreadable:
            raise first.fault from None
        # Healed, so that the next bad sector finds two again.
        with suppress(OSError):
            _write(path, found)
        return found
    if copy.exists():
        with suppress(OSError, _Unreadable):
            # A crash came between file and copy: an old lock must not live on.
            if _read_or_none(copy) != found:
                _write(copy, found)
    return found


def write(
    folder: Path, content: VaultFile, *, new: bool = False, copy: bool = True
) -> None:
    """Write file and copy; when this returns, both are on the disk.

    Args:
        folder: Where.
        content: What.
        new: There is none yet; one that came first is left alone (two first starts).
        copy: Whether the content is worth a second file (the demo's is not).

    Raises:
        UserError: It cannot be written; the file is as it was.
    """
    path = folder / FILE_NAME
    try:
        _write(path, content, publish=_give_name if new else Path.replace)
        if copy:
            _write(folder / COPY_NAME, content)
    except OSError as error:
        raise UserError(
            f"The key file {path} cannot be written ({error.strerror}).",
            "Make its folder writable or free some space, and try again.",
        ) from error


def damaged(folder: Path) -> UserError:
    """What is said of a file that cannot be understood."""
    return UserError(
        f"The key file {folder / FILE_NAME} is damaged.",
        "Restore it from a backup; without it the record cannot be opened.",
    )


class _Unreadable(Exception):  # noqa: N818 - carries the error proper
    def __init__(self, fault: UserError) -> None:
        super().__init__()
        self.fault = fault


def _read(path: Path) -> VaultFile:
    """One of the two files.

    Raises:
        _Unreadable: The other one should be tried.
        UserError: It is newer; the other one would be older than the truth.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version, locks = int(content["version"]), list(content["locks"])
        for lock in locks:
            _ = lock["kind"]
    except OSError as error:
        raise _Unreadable(
            UserError(
                f"The key file {path} cannot be read ({error.strerror}).",
                "Give yourself the right to read it, or restore it from a backup.",
            )
        ) from error
    except (KeyError, TypeError, ValueError):
        raise _Unreadable(damaged(path.parent)) from None
    if version > _VERSION:
        raise UserError(
            f"The key file {path} was made by a newer version of Sidelight.",
            "Install that version or a later one; nothing was changed.",
        )
    found = VaultFile(str(content.get("id", "")), tuple(locks))
    if version >= _FIRST_WITH_SUM and content.get("sum") != _sum(found):
        raise _Unreadable(damaged(path.parent))
    return found


def _read_or_none(path: Path) -> VaultFile | None:
    try:
        return _read(path)
    except _Unreadable:
        return None


def _write(
    path: Path,
    content: VaultFile,
    publish: Callable[[Path, Path], object] = Path.replace,
) -> None:
    data = {
        "version": _VERSION,
        "id": content.id,
        "locks": content.locks,
        "sum": _sum(content),
    }
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    # O_EXCL and the mode at creation: at no moment could another user read it.
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(data, indent=1))
            file.flush()
            os.fsync(file.fileno())
        publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _give_name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        raise UserError(
            "Another Sidelight has just made the key file.", "Start once more."
        ) from None
    except (OSError, AttributeError):
        # A file system without hard links (some USB sticks).
        draft.replace(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sum(content: VaultFile) -> str:
    plain = json.dumps([content.id, content.locks], sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()
