"""One recording made elsewhere: what it is, and which session it becomes.

The session's id ends in a digest of the file under a key of the vault. So the same
recording is the same session whenever it is brought in, and nobody who sees the names
of the files can tell whether a recording that they have is here.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sidelight.audio.file import SoundFile
from sidelight.audio.recorded import recorded_at, same_on_both_sides
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.shown import shown
from sidelight.domain.transcript import Layout
from sidelight.session.identity import RANDOM_BITS, session_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.session.importing.wanted import Recording

_AT_ONCE: Final = 1 << 20


def open_sound(recording: Recording, look: Callable[[], None]) -> SoundFile:
    """Look into the file; a room on two channels is a room.

    Args:
        recording: What is wanted.
        look: Called now and then, and may raise.

    Raises:
        UserError: It cannot be read, holds no sound, or does not fit the layout.
    """
    sound = SoundFile.open(recording.path, recording.layout, recording.coach)
    if recording.layout is None and sound.layout is Layout.STEREO:
        try:
            alike = same_on_both_sides(sound, look)
        except UserError:
            alike = False  # it ends early: said when all of it was taken
        if alike:
            return replace(sound, layout=Layout.MONO)
    return sound


def session_of(recording: Recording, sound: SoundFile, own: int, model: str) -> Session:
    """The session that a recording becomes.

    Args:
        recording: What is wanted.
        sound: As ``open_sound`` found it.
        own: See ``digest``.
        model: Name of the speech model.
    """
    began = recording.started_at or recorded_at(sound)
    return Session(
        id=session_id(began, own),
        started_at=began,
        layout=sound.layout,
        mode=Mode.KEEP,
        client=recording.client,
        model=model,
    )


def digest(path: Path, key: bytes, look: Callable[[], None]) -> int:
    """What tells this recording from every other: ``RANDOM_BITS`` bits of a keyed hash.

    Args:
        path: The file, read to its end.
        key: ``Vault.recordings_key``.
        look: Called now and then, and may raise.

    Raises:
        UserError: It cannot be read.
    """
    found = hashlib.blake2b(key=key, digest_size=RANDOM_BITS // 8)
    try:
        with path.open("rb") as file:
            while piece := file.read(_AT_ONCE):
                look()
                found.update(piece)
    except OSError as error:
        raise UserError(
            f"{shown(path.name)} cannot be read: {error.strerror}.",
            "Check its permissions, or copy it to this computer.",
        ) from None
    return int.from_bytes(found.digest())


def state(path: Path) -> tuple[int, int]:
    """What changes when somebody writes to the file: its size and when that was.

    Raises:
        UserError: It is gone.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise UserError(
            f"{shown(path.name)} cannot be read: {error.strerror}.",
            "Check its permissions, or copy it to this computer.",
        ) from None
    return found.st_size, found.st_mtime_ns
