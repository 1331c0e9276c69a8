"""One recording made elsewhere: what it is, and which session it becomes.

The session's id ends in a digest of the file under a key of the vault. So the same
recording is the same session whenever it is brought in, and nobody who sees the names
of the files can tell whether a recording that they have is here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sidelight.audio.file import CoachSide, SoundFile
from sidelight.audio.recorded import recorded_at, same_on_both_sides
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.shown import shown
from sidelight.domain.transcript import Layout
from sidelight.session.identity import RANDOM_BITS, session_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Recording:
    """What somebody wants to bring in.

    Attributes:
        path: The file.
        layout: ``None``: from the file; two channels with the same sound are a room.
        coach: The coach's side of a two-channel file.
        client: First name, or ``""``.
        started_at: When it was; ``None``: as the file says.
        language: ISO 639; ``None``: decided from what is heard.
    """

    path: Path
    layout: Layout | None = None
    coach: CoachSide = "left"
    client: str = ""
    started_at: datetime | None = None
    language: str | None = None

    @property
    def name(self) -> str:
        """The file's name, fit to be shown whatever bytes it is made of."""
        return shown(self.path.name)

    def open(self, look: Callable[[], None]) -> SoundFile:
        """Look into it; a room on two channels is a room.

        Args:
            look: Called now and then, and may raise.

        Raises:
            UserError: It cannot be read, holds no sound, or does not fit the layout.
        """
        sound = SoundFile.open(self.path, self.layout, self.coach)
        if self.layout is None and sound.layout is Layout.STEREO:
            try:
                alike = same_on_both_sides(sound, look)
            except UserError:
                alike = False  # it ends early: said when all of it was taken
            if alike:
                return replace(sound, layout=Layout.MONO)
        return sound

    def session(self, sound: SoundFile, digest: int, model: str) -> Session:
        """The session that it becomes.

        Args:
            sound: As ``open`` found it.
            digest: See ``digest``.
            model: Name of the speech model.
        """
        began = self.started_at or recorded_at(sound)
        return Session(
            id=session_id(began, digest),
            started_at=began,
            layout=sound.layout,
            mode=Mode.KEEP,
            client=self.client,
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
