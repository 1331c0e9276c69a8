"""From a recording's file into the spool: encrypted, some minutes at a time.

The record is open only while a piece is written, so a session that begins, or a coach
who decides something, is not kept waiting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Millis, Samples, to_millis
from sidelight.record.packets import PACKET_SAMPLES
from sidelight.record.room import Room

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sidelight.audio.file import SoundFile
    from sidelight.record.spool import SpoolWriter
    from sidelight.session.refining.desk import RecordDesk

PIECE: Final = Samples(5 * 60 * SAMPLE_RATE // PACKET_SAMPLES * PACKET_SAMPLES)
"""Whole packets, so that what is closed and opened again loses nothing. Two channels of
it are 38 MB."""

SPARE: Final = 64 << 20
"""Bytes of the disk that are left to everything else."""


def require_room(sound: SoundFile, folder: Path) -> None:
    """Refuse what the disk cannot hold.

    Args:
        sound: Was looked into; where its length is not known, it is tried.
        folder: Of the record.

    Raises:
        UserError: There is too little room.
    """
    channels = len(sound.layout.speakers)
    room = Room.of(folder, channels)
    need = (sound.announced or 0) / 1000 * room.bytes_a_second + SPARE
    if room.free < need:
        raise UserError(
            f"The disk has no room for {sound.path.name}: it needs"
            f" {need / 1e9:.1f} GB, and {room.free / 1e9:.1f} GB are free.",
            "Free some space, and run the same again.",
        )


def take(
    sound: SoundFile,
    desk: RecordDesk,
    look: Callable[[], None],
    far: Callable[[Millis], None],
) -> UserError | None:
    """Put all of its sound into the session's spool, and finish that.

    Args:
        sound: Was looked into.
        desk: Of its session, which has no sound yet.
        look: Called between pieces, and may raise; the session is to be discarded then.
        far: Told how much was taken.

    Returns:
        What is wrong with the file, where only its beginning could be read; that is
        taken, and the spool is finished.

    Raises:
        UserError: Nothing could be read, or the record cannot be written.
    """
    blocks = sound.blocks(PIECE)
    fault: UserError | None = None
    end = Samples(0)
    while True:
        look()
        try:
            block = next(blocks, None)
        except UserError as damage:
            fault, block = damage, None
        if block is None:
            break
        with desk.write() as files:
            writer = files.open_spool()
            try:
                writer.append(block.samples)
                _close(writer, last=len(block.samples) < PIECE)
            finally:
                writer.close()
        end = block.end
        far(to_millis(end))
    if end == 0:
        raise fault or UserError(
            f"{sound.path.name} holds no sound.", "Choose another file."
        )
    if end % PIECE == 0:
        with desk.write() as files:
            files.open_spool().finish()
    return fault


def _close(writer: SpoolWriter, *, last: bool) -> None:
    if last:
        writer.finish()
    else:
        writer.sync()
