"""Backup and restore: the whole record in one encrypted file.

The file is a sealed tar (``record.sealed_file``): the vault's file, the database as a
consistent copy, the sound of every kept session. It opens with a passphrase of its own
or with the recovery key. Restoring reads everything first and only then puts it in
place; what was there before is moved aside, never deleted.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import tarfile
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode
from sidelight.record import locks, vault_file
from sidelight.record.database import Database
from sidelight.record.locks import DamagedLock, WrongKey
from sidelight.record.record import (
    DATABASE_NAME,
    SOUND_FOLDER,
    Record,
    keep_writers_out,
)
from sidelight.record.sealed_file import SealedReader, SealedWriter
from sidelight.record.vault import FILE_NAME, Vault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sidelight.record.locks import Lock
    from sidelight.record.recovery_key import RecoveryKey

_MASTER: Final = "master.key"
_SETTINGS: Final = "settings.json"
_PART: Final = re.compile(
    rf"{re.escape(FILE_NAME)}|{re.escape(DATABASE_NAME)}|{_MASTER}"
    rf"|{re.escape(_SETTINGS)}"
    rf"|{SOUND_FOLDER}/[0-9A-Za-z-]+\.spool"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, or what was restored.

    Attributes:
        sessions: How many sessions.
        sounds: How many of them with sound.
        size: Bytes of the backup.
        settings: What it was given beside the record; not read here.
    """

    sessions: int
    sounds: int
    size: int
    settings: bytes = b""


def back_up(
    folder: Path,
    vault: Vault,
    target: Path,
    *,
    passphrase: str | None = None,
    replace: bool = False,
    settings: bytes = b"",
) -> Contents:
    """Write a backup, also while a session is being recorded.

    Args:
        folder: The record's.
        vault: Open.
        target: The new file.
        passphrase: Opens the backup; the recovery key opens it in any case.
        replace: Whether an existing file may be replaced.
        settings: Goes with it, and comes back with ``restore``.

    Raises:
        UserError: There is a file already, something is just being erased, the record
            cannot be read, or the file cannot be written.
    """
    if target.exists() and not replace:
        raise UserError(
            f"There is a file {target} already.",
            "Name another, or say --replace to overwrite it.",
        )

    recovery = vault.recovery_key()

    def make_locks(key: bytes) -> list[Lock]:
        made = [locks.recovery_lock(key, recovery.secret)]
        if passphrase is not None:
            made.append(locks.passphrase_lock(key, passphrase, None))
        return made

    draft = target.with_name(target.name + ".part")
    snapshot = folder / "backup.db"
    try:
        with open(
            draft, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)
        ) as file:
            sealed = SealedWriter(file, make_locks)
            contents = _fill(sealed, folder, vault, snapshot, settings)
            sealed.finish()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise UserError(
            f"The backup {target} cannot be written ({error.strerror}).",
            "Choose another place, or free some space; the record is as it was.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
        snapshot.unlink(missing_ok=True)
    return Contents(contents[0], contents[1], target.stat().st_size)


def restore(
    source: Path,
    folder: Path,
    *,
    passphrase: str | None = None,
    recovery_key: RecoveryKey | None = None,
    replace: bool = False,
) -> tuple[Vault, Contents, Path | None]:
    """Put a backup in place, after reading all of it.

    Args:
        source: The backup.
        folder: The record's, or where it will be.
        passphrase: Opens the backup.
        recovery_key: Opens the backup.
        replace: Whether a record that is there may be moved aside.

    Returns:
        The restored vault, open; what it holds; where the old record was moved, if
        there was one.

    Raises:
        UserError: A record is there, the key is wrong, the backup is damaged or newer,
            a session is running, or the disk refuses. Nothing was changed.
    """
    there = vault_file.exists(folder) or (folder / DATABASE_NAME).exists()
    if there and not replace:
        raise UserError(
            f"There is a record in {folder} already.",
            "Say --replace: it is then moved aside, not deleted.",
        )
    staging = folder.with_name(folder.name + ".restoring")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        (staging / SOUND_FOLDER).mkdir(mode=0o700, parents=True)
        staging.chmod(0o700)
        plain = _unpack(source, staging, _opener(passphrase, recovery_key))
        master = plain[_MASTER]
        vault = Vault(master, staging)
        sessions, sounds = _verify(staging, vault)
        aside = _put_in_place(staging, folder)
    except OSError as error:
        raise UserError(
            f"The backup cannot be restored ({error.strerror}).",
            "Check the file, the free space and the rights; nothing was changed.",
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    size, settings = source.stat().st_size, plain.get(_SETTINGS, b"")
    contents = Contents(sessions, sounds, size, settings)
    return Vault(master, folder), contents, aside


def _fill(
    sealed: SealedWriter, folder: Path, vault: Vault, snapshot: Path, settings: bytes
) -> tuple[int, int]:
    key = vault.database_key()
    snapshot.unlink(missing_ok=True)
    database = Database(folder / DATABASE_NAME, key, read_only=True)
    try:
        before = _erasures(database)
        database.copy_to(snapshot, key)
        sessions, kept = _cleaned(snapshot, key)
        sounds = [folder / SOUND_FOLDER / f"{one}.spool" for one in kept]
        sounds = [path for path in sounds if path.exists()]
        with tarfile.open(fileobj=sealed, mode="w|") as archive:
            _add(archive, _MASTER, vault.for_backup())
            _add(archive, _SETTINGS, settings)
            _add(archive, FILE_NAME, (folder / FILE_NAME).read_bytes())
            archive.add(snapshot, DATABASE_NAME, filter=_nameless)
            for path in sounds:
                # Sound that comes meanwhile is left out: to where it is now.
                archive.add(path, f"{SOUND_FOLDER}/{path.name}", filter=_nameless)
        # What was erased meanwhile must not live on in the backup.
        if _erasures(database) != before:
            raise _erasing()
    finally:
        database.close()
    return sessions, len(sounds)


def _erasures(database: Database) -> int:
    """How many there have been; none may be under way."""
    if database.rows(
        "SELECT 1 FROM erasure UNION SELECT 1 FROM spool_patch"
        " UNION SELECT 1 FROM goodbye"
    ):
        raise _erasing()
    ((done,),) = database.rows(
        "SELECT (SELECT count(*) FROM event WHERE type = 'off_record')"
        " + (SELECT count(*) FROM receipt)"
    )
    return int(done)


def _cleaned(snapshot: Path, key: bytes) -> tuple[int, list[str]]:
    """Nothing of the other modes but facts; how many sessions, and which are kept."""
    copy = Database(snapshot, key)
    try:
        copy.execute(
            "UPDATE event SET sealed = NULL WHERE session IN"
            " (SELECT id FROM session WHERE mode != ?)",
            (Mode.KEEP,),
        )
        copy.checkpoint()
        found = copy.rows("SELECT id, mode FROM session ORDER BY id")
    finally:
        copy.close()
    for log in ("-wal", "-shm"):
        snapshot.with_name(snapshot.name + log).unlink(missing_ok=True)
    return len(found), [session for session, mode in found if mode == Mode.KEEP]


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    about = tarfile.TarInfo(name)
    about.size = len(content)
    archive.addfile(about, io.BytesIO(content))


def _nameless(about: tarfile.TarInfo) -> tarfile.TarInfo:
    """Neither who nor when: the archive tells nothing that the record does not."""
    about.uname = about.gname = ""
    about.uid = about.gid = about.mtime = 0
    about.mode = 0o600
    return about


def _opener(
    passphrase: str | None, recovery_key: RecoveryKey | None
) -> Callable[[Sequence[Lock]], bytes]:
    def unlock(found: Sequence[Lock]) -> bytes:
        try:
            for lock in found:
                if lock["kind"] == locks.RECOVERY and recovery_key is not None:
                    return locks.open_with_recovery(lock, recovery_key.secret)
                if lock["kind"] == locks.PASSPHRASE and passphrase is not None:
                    return locks.open_with_passphrase(lock, passphrase)
        except WrongKey:
            raise UserError(
                "The backup does not open with this key.",
                "Use the passphrase or the recovery key of the time it was made.",
            ) from None
        except DamagedLock:
            raise _damaged() from None
        raise UserError(
            "The backup has no such lock.",
            "Open it with the recovery key of the time it was made:"
            " --recovery-key-file FILE.",
        )

    return unlock


def _unpack(
    source: Path, staging: Path, unlock: Callable[[Sequence[Lock]], bytes]
) -> dict[str, bytes]:
    """Write every part into the staging folder; give the master key and settings."""
    plain: dict[str, bytes] = {}
    with source.open("rb") as file:
        sealed = SealedReader(file, unlock)
        try:
            with tarfile.open(fileobj=sealed, mode="r|") as archive:
                for about in archive:
                    part = archive.extractfile(about)
                    if part is None or not _PART.fullmatch(about.name):
                        raise _damaged()
                    if about.name in {_MASTER, _SETTINGS}:
                        plain[about.name] = part.read()
                        continue
                    with (staging / about.name).open("wb") as out:
                        shutil.copyfileobj(part, out)
                        out.flush()
                        os.fsync(out.fileno())
                    (staging / about.name).chmod(0o600)
            while sealed.read(1 << 16):
                pass  # up to the last mark: nothing was cut off
        except tarfile.TarError:
            raise _damaged() from None
    if len(plain.get(_MASTER, b"")) != locks.KEY_BYTES:
        raise _damaged()
    return plain


def _verify(staging: Path, vault: Vault) -> tuple[int, int]:
    """Read all of it: every page, every sound's head, every key's belonging."""
    database = Database(staging / DATABASE_NAME, vault.database_key())
    try:
        database.check()
    finally:
        database.close()
    vault_file.read(staging)
    sounds = 0
    with Record.open(staging, vault) as record:
        found = record.sessions.list()
        for summary in found:
            store = record.sessions.get(summary.session.id)
            store.events()
            if store.has_sound and summary.session.mode is Mode.KEEP:
                store.read_spool().close()
                sounds += 1
    for name in ("writer.lock", DATABASE_NAME + "-wal", DATABASE_NAME + "-shm"):
        (staging / name).unlink(missing_ok=True)
    return len(found), sounds


def _put_in_place(staging: Path, folder: Path) -> Path | None:
    aside: Path | None = None
    if folder.exists():
        held = any(folder.iterdir())  # before the lock of the next line is in it
        with keep_writers_out(folder):
            pass  # nobody is recording into it
        if held:
            aside = next(
                path
                for number in count(1)
                if not (
                    path := folder.with_name(f"{folder.name}.old-{number}")
                ).exists()
            )
            folder.rename(aside)
        else:
            shutil.rmtree(folder)
    staging.rename(folder)
    return aside


def _erasing() -> UserError:
    return UserError(
        "Something is just being erased; a backup now might keep it.",
        "Try again in half a minute.",
    )


def _damaged() -> UserError:
    return UserError(
        "The backup is damaged or incomplete.",
        "Use another one; nothing was changed here.",
    )
