"""The spool: a session's sound on disk, append-only, encrypted, readable at once.

One writer appends packets (``record.packets`` has the layout); any number of readers
follow while it writes.
"""

from __future__ import annotations

import io
import os
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from cryptography.exceptions import InvalidTag

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Samples
from sidelight.record.packets import (
    FINAL,
    KEY_SAMPLES,
    PACKET_SAMPLES,
    PACKETS_PER_KEY,
    Packet,
    PacketIndex,
    disk_faults,
    make_header,
    private,
    read_header,
    sound_damaged,
    sync_folder,
    to_disk,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from sidelight.domain.transcript import Layout
    from sidelight.record.keys import SoundKeys

__all__ = [
    "KEY_SAMPLES",
    "PACKET_SAMPLES",
    "SpoolCheck",
    "SpoolReader",
    "SpoolWriter",
    "as_kept",
    "to_float32",
    "to_int16",
]

SYNC_INTERVAL_S: Final = 0.8
"""A packet comes each 0.2 s: with this, sound is on the disk within one second."""

_INT16_STEPS: Final = 32_768.0


def to_int16(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.int16]:
    """Sound as the spool keeps it.

    Args:
        samples: float32, any shape, -1..1; beyond is clipped.

    Returns:
        int16, same shape. Sound that came from int16 comes back unchanged.
    """
    scaled = np.rint(samples * np.float32(_INT16_STEPS))
    kept: npt.NDArray[np.float32] = np.clip(scaled, -_INT16_STEPS, _INT16_STEPS - 1)
    return kept.astype(np.int16)


def to_float32(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.float32]:
    """Sound as the pipeline takes it: float32, same shape, -1..1."""
    scaled: npt.NDArray[np.float32] = samples.astype(np.float32)
    return scaled / np.float32(_INT16_STEPS)


def as_kept(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """What the spool will give back for this sound, bit for bit.

    Whoever keeps sound in memory beside the spool keeps this, so that both give the
    pipeline the same.
    """
    return to_float32(to_int16(samples))


class SpoolWriter:
    """Appends one session's sound.

    Thread: one, the capture thread. No SQL happens here as long as the keys were
    reserved.
    """

    def __init__(
        self,
        path: Path,
        session: str,
        layout: Layout,
        keys: SoundKeys,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the file, or go on after its last whole packet (a killed program).

        Args:
            path: The file; its folder must exist.
            session: The session's id, ASCII, at most 255 characters.
            layout: How many channels.
            keys: The session's data keys.
            monotonic: Seconds, for the interval between flushes to the disk.

        Raises:
            UserError: The file cannot be written, is another session's, is damaged,
                or was finished.
        """
        self._path = path
        self._keys = keys
        self._channels = len(layout.speakers)
        self._header = make_header(session, layout)
        self._opening = secrets.randbits(32)
        self._monotonic = monotonic
        self._synced_at = monotonic()
        self._closed = False
        with disk_faults(path):
            mode = "r+" if path.exists() else "x+"
            self._file = io.FileIO(path, mode, opener=private)
        try:
            self._packets = self._resume()
        except BaseException:
            self._file.close()
            raise
        self._durable = self._packets * PACKET_SAMPLES
        self._pending = np.zeros((PACKET_SAMPLES, self._channels), np.int16)
        self._pending_count = 0

    @property
    def position(self) -> Samples:
        """Samples taken so far, those of the packet in the making included."""
        return Samples(self._packets * PACKET_SAMPLES + self._pending_count)

    @property
    def written(self) -> Samples:
        """Samples in packets that are in the file; those are never written again."""
        return Samples(self._packets * PACKET_SAMPLES)

    @property
    def closed(self) -> bool:
        """Whether nothing will be appended any more."""
        return self._closed

    @property
    def durable(self) -> Samples:
        """Samples that outlive a power cut."""
        return Samples(self._durable)

    def append(self, samples: npt.NDArray[np.float32]) -> None:
        """Take the next stretch of sound.

        Args:
            samples: float32, shape (n, channels), 16 kHz, -1..1; any n. Lost sound is
                appended as silence.

        Raises:
            UserError: The disk is full or refuses. Nothing was torn; ``position``
                tells how much was taken: append again from there.
        """
        if samples.ndim != 2 or samples.shape[1] != self._channels:  # noqa: PLR2004
            msg = f"want (n, {self._channels}), got {samples.shape}"
            raise ValueError(msg)
        rest = to_int16(samples)
        while True:
            # First, so that a packet the disk refused is tried again.
            if self._pending_count == PACKET_SAMPLES:
                self._write(flags=0)
            if not len(rest):
                break
            taken = min(PACKET_SAMPLES - self._pending_count, len(rest))
            end = self._pending_count + taken
            self._pending[self._pending_count : end] = rest[:taken]
            self._pending_count = end
            rest = rest[taken:]
        if self._monotonic() - self._synced_at >= SYNC_INTERVAL_S:
            self.sync()

    def sync(self) -> None:
        """Put every whole packet on the disk now (at a pause, before sleep).

        Raises:
            UserError: The disk refuses.
        """
        if self._durable < self._packets * PACKET_SAMPLES:
            with disk_faults(self._path):
                to_disk(self._file.fileno())
            self._durable = self._packets * PACKET_SAMPLES
        self._synced_at = self._monotonic()

    def finish(self) -> None:
        """Write the rest and the final mark, and close: the sound is complete.

        Raises:
            UserError: The disk is full or refuses.
        """
        self._write(flags=FINAL)
        with disk_faults(self._path):
            to_disk(self._file.fileno())
        self.close()

    def close(self) -> None:
        """Close without a final mark: the sound goes on later, from a whole packet."""
        if not self._closed:
            self._closed = True
            self._file.close()

    def _resume(self) -> int:
        """Write the header, or cut a torn tail off; the number of whole packets."""
        with disk_faults(self._path):
            size = os.fstat(self._file.fileno()).st_size
            if size < len(self._header) and self._header.startswith(self._file.read()):
                # New, or killed in the very first write.
                self._file.seek(0)
                self._write_whole(0, self._header)
                to_disk(self._file.fileno())
                sync_folder(self._path)
                return 0
            self._file.seek(0)
            if self._file.read(len(self._header)) != self._header:
                raise sound_damaged()
            index = PacketIndex(self._file, len(self._header))
            index.extend()
            if index.finished:
                raise UserError(
                    "The sound of this session is complete; nothing can be added.",
                    "Start a new session.",
                )
            # Behind the last good packet lies at most what a kill has torn.
            self._file.truncate(index.end)
            self._file.seek(index.end)
            return len(index)

    def _write(self, *, flags: int) -> None:
        number = self._packets
        packet = Packet(self._opening, number, flags).filled(
            self._header,
            self._keys.make(number // PACKETS_PER_KEY),
            self._pending[: self._pending_count],
        )
        with disk_faults(self._path):
            self._write_whole(self._file.tell(), packet.to_bytes())
        self._packets += 1
        self._pending_count = 0

    def _write_whole(self, at: int, data: bytes) -> None:
        """All of it, or nothing: a full disk leaves no torn packet behind."""
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError:
            self._file.truncate(at)
            self._file.seek(at)
            raise


@dataclass(frozen=True, slots=True)
class SpoolCheck:
    """What a whole read of the spool found.

    Attributes:
        length: Samples in the file.
        finished: Whether the final mark is there. Without it the session is going on,
            was interrupted, or the file was cut off.
        damaged: Stretches ``(start, end)`` in samples that cannot be read.
        torn_bytes: Bytes behind the last good packet: one being written, or what a
            kill left of it. More than a packet's worth is damage.
    """

    length: Samples
    finished: bool
    damaged: tuple[tuple[Samples, Samples], ...]
    torn_bytes: int


class SpoolReader:
    """Reads a session's sound at any position, also while it is being written.

    Thread: one; each opens its own.
    """

    def __init__(self, path: Path, session: str, keys: SoundKeys) -> None:
        """Open the file.

        Args:
            path: The spool.
            session: The id of the session it must belong to.
            keys: The session's data keys.

        Raises:
            UserError: It is missing, another session's, newer, or damaged at its head.
        """
        self._keys = keys
        self._path = path
        with disk_faults(path):
            self._file = io.FileIO(path)
        try:
            with disk_faults(path):
                self._header, self.layout = read_header(self._file, session)
        except BaseException:
            self._file.close()
            raise
        self._index = PacketIndex(self._file, len(self._header))
        self._cached: tuple[int, npt.NDArray[np.int16]] | None = None
        self._last_length: tuple[int, int] | None = None

    @property
    def length(self) -> Samples:
        """Samples that can be read now; grows while the session goes on.

        Raises:
            UserError: The final packet is damaged.
        """
        with disk_faults(self._path):
            self._index.extend()
        count = len(self._index)
        if not self._index.finished:
            return Samples(count * PACKET_SAMPLES)
        if self._last_length is None or self._last_length[0] != count:
            self._last_length = (count, len(self._packet(count - 1)))
        return Samples((count - 1) * PACKET_SAMPLES + self._last_length[1])

    @property
    def finished(self) -> bool:
        """Whether the final mark has been read."""
        with disk_faults(self._path):
            self._index.extend()
        return self._index.finished

    def read(self, start: Samples, count: int) -> npt.NDArray[np.float32]:
        """A stretch of sound.

        Args:
            start: First sample, from 0.
            count: How many samples are wanted.

        Returns:
            float32, shape (n, channels), 16 kHz, -1..1, read-only. Fewer than wanted
            where the sound ends (for now); n is 0 from its end on.

        Raises:
            UserError: The stretch is damaged, or its key is gone. What lies before and
                after can still be read.
        """
        if start < 0 or count < 0:
            msg = f"not a stretch of sound: {start} + {count}"
            raise ValueError(msg)
        with disk_faults(self._path):
            self._index.extend()
        first = start // PACKET_SAMPLES
        last = min(-(-(start + count) // PACKET_SAMPLES), len(self._index))
        parts = [self._packet(number) for number in range(first, last)]
        if not parts:
            return np.zeros((0, len(self.layout.speakers)), np.float32)
        offset = start - first * PACKET_SAMPLES
        samples = to_float32(np.concatenate(parts)[offset : offset + count])
        samples.setflags(write=False)
        return samples

    def check(self) -> SpoolCheck:
        """Read everything and say what is whole (recovery, backup, ``doctor``)."""
        with disk_faults(self._path):
            self._index.extend()
        length, bad = 0, []
        for number in range(len(self._index)):
            try:
                length += len(self._packet(number))
            except UserError:
                bad.append(number)
                length += PACKET_SAMPLES
        damaged = tuple(
            (Samples(first * PACKET_SAMPLES), Samples((last + 1) * PACKET_SAMPLES))
            for first, last in _runs(bad)
        )
        torn = os.fstat(self._file.fileno()).st_size - self._index.end
        return SpoolCheck(Samples(length), self._index.finished, damaged, torn)

    def close(self) -> None:
        """Close the file. Harmless when closed already."""
        self._file.close()

    def _packet(self, number: int) -> npt.NDArray[np.int16]:
        """The samples of one packet: int16, shape (n, channels)."""
        if self._cached is not None and self._cached[0] == number:
            return self._cached[1]
        samples = self._opened(number)
        self._cached = (number, samples)
        return samples

    def _opened(self, number: int) -> npt.NDArray[np.int16]:
        key_number = number // PACKETS_PER_KEY
        # Twice: an erasure beside us may be rewriting this packet just now.
        for _ in range(2):
            with disk_faults(self._path):
                packet = self._index.read(number)
            if packet is None:
                raise sound_damaged(number)
            for key in self._keys.find(key_number):
                try:
                    return packet.samples(self._header, key, len(self.layout.speakers))
                except InvalidTag:
                    continue
        raise sound_damaged(number)


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as (first, last): [1, 2, 5] → [(1, 2), (5, 5)]."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
