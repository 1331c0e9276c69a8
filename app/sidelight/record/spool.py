r"""The spool: a session's sound on disk, append-only, encrypted, readable at once.

Layout of the file, all numbers big-endian::

    header   magic "SLSPOOL\0" | version u8 | channels u8 | sample rate u32
             | length of the session id u8 | session id (ASCII)
    packet   length of the sealed part u32 | opening u32 | number u32 | flags u8
             | CRC-32 of these u32 | sealed part
    packet   …

Packet ``k`` holds the 200 ms of sound from sample ``3200 k`` on, as FLAC (int16,
lossless) inside AES-256-GCM; only the one with the *final* flag may be shorter. Every
10 s of sound have a data key of their own (``record.keys``). The nonce is the
opening's random number and the packet's number, so a packet that was torn by a kill
and is written again never uses a nonce twice. Associated data are the header, the
packet's number, the key's number and the flags: a packet that was changed, moved, or
taken from another session does not open.

("Frame" is what the design calls a packet; the word alone is banned from names.)

Source: nonce construction after NIST SP 800-38D, 8.2.1 (deterministic construction:
fixed field = opening, invocation field = packet number).
"""

from __future__ import annotations

import errno
import io
import os
import secrets
import struct
import sys
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import soundfile
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Layout

if sys.platform == "darwin":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from sidelight.record.keys import SoundKeys

PACKET_SAMPLES: Final = SAMPLE_RATE // 5
"""Samples in one packet: 200 ms."""

KEY_SAMPLES: Final = SAMPLE_RATE * 10
"""Samples under one data key: 10 s."""

PACKETS_PER_KEY: Final = KEY_SAMPLES // PACKET_SAMPLES
SYNC_INTERVAL_S: Final = 0.8
"""A packet comes each 0.2 s: with this, sound is on the disk within one second."""

_MAGIC: Final = b"SLSPOOL\0"
_VERSION: Final = 1
_HEADER: Final = struct.Struct(">8sBBIB")
_PACKET: Final = struct.Struct(">IIIBI")
_PLACE_IN_FILE: Final = struct.Struct(">IIIB")
_CHECKSUM_BYTES: Final = 4
_NONCE: Final = struct.Struct(">IQ")
_PLACE: Final = struct.Struct(">QIB")
_FINAL: Final = 1

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
        self._header = _header(session, layout)
        self._opening = secrets.randbits(32)
        self._monotonic = monotonic
        self._synced_at = monotonic()
        self._closed = False
        with _world(path):
            mode = "r+" if path.exists() else "x+"
            self._file = io.FileIO(path, mode, opener=_private)
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
            with _world(self._path):
                _to_disk(self._file.fileno())
            self._durable = self._packets * PACKET_SAMPLES
        self._synced_at = self._monotonic()

    def finish(self) -> None:
        """Write the rest and the final mark, and close: the sound is complete.

        Raises:
            UserError: The disk is full or refuses.
        """
        self._write(flags=_FINAL)
        with _world(self._path):
            _to_disk(self._file.fileno())
        self.close()

    def close(self) -> None:
        """Close without a final mark: the sound goes on later, from a whole packet."""
        if not self._closed:
            self._closed = True
            self._file.close()

    def _resume(self) -> int:
        """Write the header, or cut a torn tail off; the number of whole packets."""
        with _world(self._path):
            size = os.fstat(self._file.fileno()).st_size
            if size < len(self._header) and self._header.startswith(self._file.read()):
                # New, or killed in the very first write.
                self._file.seek(0)
                self._write_whole(0, self._header)
                _to_disk(self._file.fileno())
                _sync_folder(self._path)
                return 0
            self._file.seek(0)
            if self._file.read(len(self._header)) != self._header:
                raise _damaged()
            index = _Index(self._file, len(self._header))
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
        key_number = number // PACKETS_PER_KEY
        sealed = AESGCM(self._keys.make(key_number)).encrypt(
            _NONCE.pack(self._opening, number),
            _compress(self._pending[: self._pending_count]),
            self._header + _PLACE.pack(number, key_number, flags),
        )
        place = _PLACE_IN_FILE.pack(len(sealed), self._opening, number, flags)
        packet = place + zlib.crc32(place).to_bytes(_CHECKSUM_BYTES) + sealed
        with _world(self._path):
            self._write_whole(self._file.tell(), packet)
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
        with _world(path):
            self._file = io.FileIO(path)
        try:
            self._header, self.layout = self._read_header(session)
        except BaseException:
            self._file.close()
            raise
        self._index = _Index(self._file, len(self._header))
        self._cached: tuple[int, npt.NDArray[np.int16]] | None = None
        self._last_length: tuple[int, int] | None = None

    @property
    def length(self) -> Samples:
        """Samples that can be read now; grows while the session goes on.

        Raises:
            UserError: The final packet is damaged.
        """
        with _world(self._path):
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
        with _world(self._path):
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
        with _world(self._path):
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
        with _world(self._path):
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

    def _read_header(self, session: str) -> tuple[bytes, Layout]:
        with _world(self._path):
            head = self._file.read(_HEADER.size)
            if len(head) < _HEADER.size or not head.startswith(_MAGIC):
                raise _damaged()
            _, version, channels, _rate, length = _HEADER.unpack(head)
            if version > _VERSION:
                raise UserError(
                    "The sound was recorded by a newer version of Sidelight.",
                    "Install that version or a later one; nothing was changed.",
                )
            head += self._file.read(length)
        for layout in Layout:
            if len(layout.speakers) == channels and head == _header(session, layout):
                return head, layout
        raise _damaged()

    def _packet(self, number: int) -> npt.NDArray[np.int16]:
        """The samples of one packet: int16, shape (n, channels)."""
        if self._cached is not None and self._cached[0] == number:
            return self._cached[1]
        with _world(self._path):
            packet = self._index.read(number)
        if packet is None:
            raise _damaged(number)
        _, opening, _, flags, _ = _PACKET.unpack_from(packet)
        key_number = number // PACKETS_PER_KEY
        try:
            sound = AESGCM(self._keys.find(key_number)).decrypt(
                _NONCE.pack(opening, number),
                packet[_PACKET.size :],
                self._header + _PLACE.pack(number, key_number, flags),
            )
        except InvalidTag:
            raise _damaged(number) from None
        samples = _expand(sound, len(self.layout.speakers))
        self._cached = (number, samples)
        return samples


class _Index:
    """Where each packet lies; grows with the file, and finds its way past damage.

    A packet's head carries its number and a checksum. Where one does not hold, the
    next that does is searched for, so that a lost disk sector costs the packets it
    touched and none behind it. Whether a packet is genuine shows when it is opened.
    """

    def __init__(self, file: io.FileIO, start: int) -> None:
        self._file = file
        self._places: list[tuple[int, int] | None] = []
        self.end = start
        """Where the last good packet ends."""
        self._searched = start
        self.finished = False

    def __len__(self) -> int:
        """Packets, lost ones included."""
        return len(self._places)

    def extend(self) -> None:
        """Find the packets that came since."""
        size = os.fstat(self._file.fileno()).st_size
        while not self.finished and self._searched + _PACKET.size <= size:
            self._file.seek(self._searched)
            head = self._file.read(_PACKET.size)
            length, _, number, flags, _ = _PACKET.unpack(head)
            # The file's size bounds what a chance checksum could make us believe.
            if not self._is_next(head, number, size // _PACKET.size):
                self._searched += 1
                continue
            end = self._searched + _PACKET.size + length
            if end > size:
                return  # being written just now, or torn by a kill
            lost = number - len(self._places)
            self._places += [None] * lost
            self._places.append((self._searched, end - self._searched))
            self.end = self._searched = end
            self.finished = bool(flags & _FINAL)

    def _is_next(self, head: bytes, number: int, most: int) -> bool:
        if not len(self._places) <= number < len(self._places) + most:
            return False
        checksum: int = _PACKET.unpack(head)[-1]
        return zlib.crc32(head[:-_CHECKSUM_BYTES]) == checksum

    def read(self, number: int) -> bytes | None:
        """One packet, whole; ``None`` where its place in the file is damaged."""
        place = self._places[number]
        if place is None:
            return None
        self._file.seek(place[0])
        return self._file.read(place[1])


def _header(session: str, layout: Layout) -> bytes:
    name = session.encode("ascii")
    return (
        _HEADER.pack(_MAGIC, _VERSION, len(layout.speakers), SAMPLE_RATE, len(name))
        + name
    )


def _compress(samples: npt.NDArray[np.int16]) -> bytes:
    if not len(samples):
        return b""
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return buffer.getvalue()


def _expand(sound: bytes, channels: int) -> npt.NDArray[np.int16]:
    if not sound:
        return np.zeros((0, channels), np.int16)
    samples, _ = soundfile.read(io.BytesIO(sound), dtype="int16", always_2d=True)
    return np.asarray(samples, np.int16)


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as (first, last): [1, 2, 5] → [(1, 2), (5, 5)]."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _to_disk(handle: int) -> None:
    """Until this returns, a power cut may take what was written."""
    if sys.platform == "darwin":
        # There fsync leaves the data in the drive's own memory.
        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    elif sys.platform == "win32":
        os.fsync(handle)
    else:
        os.fdatasync(handle)


def _sync_folder(path: Path) -> None:
    """Make the new file's name as lasting as its content."""
    if sys.platform != "win32":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _world(path: Path) -> Iterator[None]:
    """Turn what the disk says into a sentence."""
    try:
        yield
    except FileNotFoundError as error:
        raise UserError(
            f"The sound {path.name} is missing.",
            "Restore the record from a backup; the transcript is kept apart from it.",
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise UserError(
                "The disk is full: the sound cannot be recorded.",
                "Free some space; what was recorded before is kept.",
            ) from error
        raise UserError(
            f"The sound cannot be written or read ({error.strerror}).",
            "Check the disk and the rights of the record's folder.",
        ) from error


def _damaged(number: int | None = None) -> UserError:
    if number is None:
        return UserError(
            "The sound file is damaged at its head, or belongs to another session.",
            "Restore the record from a backup.",
        )
    second = number * PACKET_SAMPLES // SAMPLE_RATE
    return UserError(
        f"The sound is damaged at {second // 60}:{second % 60:02}.",
        "The rest can be read; restore the record from a backup to have it all.",
    )
