"""What a recording made elsewhere tells of itself: when it was, and who is where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import av
import numpy as np

from sidelight.domain.timeline import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.audio.file import SoundFile

_EARLIEST: Final = 1995
"""Recorders without a clock say 1904, 1970 or 1980."""

_LISTENED_S: Final = 120
_PIECE: Final = Samples(SAMPLE_RATE)

LARGEST_DIFFERENCE: Final = 0.1
"""Energy of left minus right, as a share of that of left plus right, below which both
sides hold the same sound. One recorder in a room is below it or not far above; two
people, each with a microphone of their own, are near 1, and 0.36 where the client comes
out of the coach's loudspeaker at half the loudness."""

_QUIET: Final = 1e-6
"""Mean square of both sides together; below it there is nothing to compare."""


def recorded_at(sound: SoundFile) -> datetime:
    """When a recording began: as it says itself, else from when it was written last.

    Args:
        sound: Was looked into.

    Returns:
        With the time zone of this computer.
    """
    said = _said(sound)
    if said is not None:
        return said.astimezone()
    written = datetime.fromtimestamp(sound.path.stat().st_mtime, UTC)
    return (written - timedelta(milliseconds=sound.announced or 0)).astimezone()


def same_on_both_sides(sound: SoundFile, look: Callable[[], None]) -> bool:
    """Whether two channels are one: most recorders write a room to both of them.

    Decided from the first two minutes in which anything is to be heard.

    Args:
        sound: With the layout ``STEREO``.
        look: Called every second of sound, and may raise.
    """
    together = apart = 0.0
    heard = 0
    for block in sound.blocks(_PIECE):
        look()
        left, right = block.samples[:, 0], block.samples[:, 1]
        both = float(np.mean((left + right) ** 2))
        either = float(np.mean((left - right) ** 2))
        if both + either < _QUIET:
            continue
        together += both
        apart += either
        heard += 1
        if heard >= _LISTENED_S:
            break
    return heard > 0 and apart < LARGEST_DIFFERENCE * together


def _said(sound: SoundFile) -> datetime | None:
    try:
        with av.open(str(sound.path), metadata_errors="ignore") as container:
            text = container.metadata.get("creation_time", "")
    except (av.error.FFmpegError, OSError):
        return None
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    said = said if said.tzinfo else said.replace(tzinfo=UTC)
    return said if said.year >= _EARLIEST and said <= datetime.now(UTC) else None
