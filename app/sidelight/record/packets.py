r"""The layout of a spool: a header, then packets, each sealed by itself.

All numbers big-endian::

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

An *erased* packet keeps its place and length; under its new key lies only how many
samples it stands for (u32), and zeros.

("Frame" is what the design calls a packet; the word alone is banned from names.)

Source: nonce construction after NIST SP 800-38D, 8.2.1 (deterministic construction:
fixed field = opening, invocation field = packet number).
"""

from __future__ import annotations

import errno
import io
import os
import struct
import sys
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import soundfile
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sidelight.domain.errors import UserError
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.domain.transcript import Layout

if sys.platform == "darwin":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

PACKET_SAMPLES: Final = SAMPLE_RATE // 5
"""Samples in one packet: 200 ms."""

KEY_SAMPLES: Final = SAMPLE_RATE * 10
"""Samples under one data key: 10 s."""

PACKETS_PER_KEY: Final = KEY_SAMPLES // PACKET_SAMPLES

FINAL: Final = 1
"""Flag of the last packet of a complete sound."""

ERASED: Final = 2
"""Flag of a packet whose sound was destroyed on purpose; it reads as silence."""

_MAGIC: Final = b"SLSPOOL\0"
_VERSION: Final = 1
_HEADER: Final = struct.Struct(">8sBBIB")
_PACKET: Final = struct.Struct(">IIIBI")
_PLACE_IN_FILE: Final = struct.Struct(">IIIB")
_CHECKSUM_BYTES: Final = 4
_NONCE: Final = struct.Struct(">IQ")
_PLACE: Final = struct.Struct(">QIB")
_COUNT: Final = struct.Struct(">I")
_TAG_BYTES: Final = 16

LEAST_ROOM: Final = _COUNT.size
"""Bytes of sound in the smallest packet that can be erased in place."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet as it lies in the file.

    Attributes:
        opening: Random number of the writer's opening; half of the nonce.
        number: Its place in the sound.
        flags: ``FINAL`` and ``ERASED``.
        sealed: Ciphertext and tag; empty until ``filled``.
    """

    opening: int
    number: int
    flags: int
    sealed: bytes = b""

    @classmethod
    def parse(cls, data: bytes) -> Packet:
        """The packet of these bytes, whose checksum holds."""
        _, opening, number, flags, _ = _PACKET.unpack_from(data)
        return cls(opening, number, flags, data[_PACKET.size :])

    def filled(
        self, header: bytes, key: bytes, samples: npt.NDArray[np.int16]
    ) -> Packet:
        """This packet with sound in it.

        Args:
            header: The file's.
            key: The data key of ``key_number``; never used before with this opening
                and number.
            samples: int16, shape (n, channels), n at most ``PACKET_SAMPLES``.
        """
        return _sealed(self, header, key, _compress(samples))

    @property
    def key_number(self) -> int:
        """Which data key it lies under."""
        return self.number // PACKETS_PER_KEY

    @property
    def erased(self) -> bool:
        """Whether it stands for sound that was destroyed."""
        return bool(self.flags & ERASED)

    def to_bytes(self) -> bytes:
        """As it is written."""
        place = _PLACE_IN_FILE.pack(
            len(self.sealed), self.opening, self.number, self.flags
        )
        return place + zlib.crc32(place).to_bytes(_CHECKSUM_BYTES) + self.sealed

    def samples(
        self, header: bytes, key: bytes, channels: int
    ) -> npt.NDArray[np.int16]:
        """Its sound: int16, shape (n, channels); silence where it was erased.

        Raises:
            InvalidTag: It is damaged, or the key is another.
        """
        plain = self._open(header, key)
        if not self.erased:
            return _expand(plain, channels)
        (count,) = _COUNT.unpack_from(plain)
        return np.zeros((min(count, PACKET_SAMPLES), channels), np.int16)

    def rekeyed(self, header: bytes, old: bytes, new: bytes, opening: int) -> Packet:
        """The same sound under another key, of the same length.

        Raises:
            InvalidTag: It is damaged, or the old key is another.
        """
        plain = self._open(header, old)
        return _sealed(replace(self, opening=opening), header, new, plain)

    @property
    def room(self) -> int:
        """Bytes that it has for sound; an erased one needs ``LEAST_ROOM``."""
        return len(self.sealed) - _TAG_BYTES

    def wiped(
        self, header: bytes, new: bytes, opening: int, count: int, room: int
    ) -> Packet:
        """Silence in its place: ``count`` samples, in ``room`` bytes."""
        wiped = replace(self, opening=opening, flags=self.flags | ERASED)
        return _sealed(wiped, header, new, _COUNT.pack(count).ljust(room, b"\0"))

    def _open(self, header: bytes, key: bytes) -> bytes:
        return AESGCM(key).decrypt(_nonce(self), self.sealed, _about(self, header))


def _sealed(packet: Packet, header: bytes, key: bytes, plain: bytes) -> Packet:
    sealed = AESGCM(key).encrypt(_nonce(packet), plain, _about(packet, header))
    return replace(packet, sealed=sealed)


def _nonce(packet: Packet) -> bytes:
    return _NONCE.pack(packet.opening, packet.number)


def _about(packet: Packet, header: bytes) -> bytes:
    """What is authenticated beside the sound."""
    return header + _PLACE.pack(packet.number, packet.key_number, packet.flags)


class PacketIndex:
    """Where each packet lies; grows with the file, and finds its way past damage.

    A packet's head carries its number and a checksum. Where one does not hold, the
    next that does is searched for, so that a lost disk sector costs the packets it
    touched and none behind it. Whether a packet is genuine shows when it is opened.
    """

    def __init__(self, file: io.FileIO, start: int) -> None:
        """Nothing found yet.

        Args:
            file: Open for reading.
            start: Where the header ends.
        """
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
            self.finished = bool(flags & FINAL)

    def _is_next(self, head: bytes, number: int, most: int) -> bool:
        if not len(self._places) <= number < len(self._places) + most:
            return False
        checksum: int = _PACKET.unpack(head)[-1]
        return zlib.crc32(head[:-_CHECKSUM_BYTES]) == checksum

    def read(self, number: int) -> Packet | None:
        """One packet; ``None`` where its place in the file is damaged."""
        place = self._places[number]
        if place is None:
            return None
        self._file.seek(place[0])
        return Packet.parse(self._file.read(place[1]))

    def place(self, number: int) -> int | None:
        """Where a packet begins; ``None`` where its place in the file is damaged."""
        place = self._places[number]
        return None if place is None else place[0]


def make_header(session: str, layout: Layout) -> bytes:
    """The header of a session's spool."""
    name = session.encode("ascii")
    return (
        _HEADER.pack(_MAGIC, _VERSION, len(layout.speakers), SAMPLE_RATE, len(name))
        + name
    )


def read_header(file: io.FileIO, session: str) -> tuple[bytes, Layout]:
    """The header at the file's beginning.

    Raises:
        UserError: It is damaged, newer, or of another session.
    """
    file.seek(0)
    head = file.read(_HEADER.size)
    if len(head) < _HEADER.size or not head.startswith(_MAGIC):
        raise sound_damaged()
    _, version, channels, _rate, length = _HEADER.unpack(head)
    if version > _VERSION:
        raise UserError(
            "The sound was recorded by a newer version of Sidelight.",
            "Install that version or a later one; nothing was changed.",
        )
    head += file.read(length)
    for layout in Layout:
        if len(layout.speakers) == channels and head == make_header(session, layout):
            return head, layout
    raise sound_damaged()


def _compress(samples: npt.NDArray[np.int16]) -> bytes:
    if not len(samples):
        return b""
    # A pause, a night's sleep, the time an engine was away: hours of nothing.
    return _flac(samples) if samples.any() else _silence(*samples.shape)


@lru_cache(maxsize=8)
def _silence(count: int, channels: int) -> bytes:
    """Always the same, so it need not be made again."""
    return _flac(np.zeros((count, channels), np.int16))


def _flac(samples: npt.NDArray[np.int16]) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    return buffer.getvalue()


def _expand(sound: bytes, channels: int) -> npt.NDArray[np.int16]:
    if not sound:
        return np.zeros((0, channels), np.int16)
    samples, _ = soundfile.read(io.BytesIO(sound), dtype="int16", always_2d=True)
    return np.asarray(samples, np.int16)


def to_disk(handle: int) -> None:
    """Until this returns, a power cut may take what was written."""
    if sys.platform == "darwin":
        # There fsync leaves the data in the drive's own memory.
        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    elif sys.platform == "win32":
        os.fsync(handle)
    else:
        os.fdatasync(handle)


def sync_folder(path: Path) -> None:
    """Make the new file's name as lasting as its content."""
    if sys.platform != "win32":
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def private(path: str, flags: int) -> int:
    """An opener: the file is for this user only."""
    return os.open(path, flags, 0o600)


@contextmanager
def disk_faults(path: Path) -> Iterator[None]:
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


def sound_damaged(number: int | None = None) -> UserError:
    """What is said of a damaged packet, or of a damaged head."""
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
