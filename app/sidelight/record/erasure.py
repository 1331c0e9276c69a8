"""Erasure: what is asked for is hidden at once and destroyed soon after.

Asking is a row, so that it outlives a crash: what was hidden is destroyed at the next
start. Destroying is one transaction — the rows that touch the span, the search index,
the keys of the sound under it — and then the sound file is written anew in place, from
a redo log that was part of the transaction. Every 10 s of sound that the span touches
get a new key; the packets that stay are sealed again under it, the others become
silence of the same length. The old key is gone with the transaction.
"""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from cryptography.exceptions import InvalidTag

from sidelight.domain.events import OffRecordCause
from sidelight.domain.timeline import Millis, Span, to_samples
from sidelight.record.packets import (
    FINAL,
    LEAST_ROOM,
    PACKET_SAMPLES,
    PACKETS_PER_KEY,
    Packet,
    PacketIndex,
    disk_faults,
    private,
    read_header,
    sync_folder,
    to_disk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidelight.domain.events import StoredEvent
    from sidelight.domain.transcript import Layout
    from sidelight.record.database import Database
    from sidelight.record.keys import SessionKeys

_OPENING_BITS: Final = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """An erasure that was asked for and not yet carried out.

    Attributes:
        number: Within the session.
        span: As asked for.
        cause: Why.
    """

    number: int
    span: Span
    cause: OffRecordCause


class Erasures:
    """The erasures of one session that are still to come.

    Thread: the one that writes the record.
    """

    def __init__(self, database: Database, session: str) -> None:
        """Take the record's database and the session's id."""
        self._database = database
        self._session = session

    def ask(self, span: Span, cause: OffRecordCause) -> Asked:
        """Note that this span is to go.

        Raises:
            UserError: It could not be noted.
        """
        with self._database.transaction():
            ((newest,),) = self._database.rows(
                "SELECT coalesce(max(number), 0) FROM erasure WHERE session = ?",
                (self._session,),
            )
            asked = Asked(newest + 1, span, cause)
            self._database.execute(
                "INSERT INTO erasure (session, number, start_ms, end_ms, cause)"
                " VALUES (?, ?, ?, ?, ?)",
                (self._session, asked.number, span.start, span.end, cause),
            )
        return asked

    def drop(self, asked: Asked) -> None:
        """It was undone, or carried out.

        Raises:
            UserError: It could not be noted.
        """
        self._database.execute(
            "DELETE FROM erasure WHERE session = ? AND number = ?",
            (self._session, asked.number),
        )

    def asked(self) -> tuple[Asked, ...]:
        """All that are to come, in the order of asking.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT number, start_ms, end_ms, cause FROM erasure"
            " WHERE session = ? ORDER BY number",
            (self._session,),
        )
        return tuple(
            Asked(number, Span(Millis(start), Millis(end)), OffRecordCause(cause))
            for number, start, end, cause in found
        )


class SoundEraser:
    """Turns stretches of one session's sound into silence that nothing lies under.

    Thread: the one that writes the record; readers may read meanwhile, and the writer
    may append, as long as it is past the last 10 s that the stretch touches.
    """

    def __init__(
        self, database: Database, session: str, path: Path, keys: SessionKeys
    ) -> None:
        """Take where the sound and its keys are."""
        self._database = database
        self._session = session
        self._path = path
        self._keys = keys
        self._prepared: list[tuple[int, Packet]] = []

    @staticmethod
    def last_key_end(span: Span) -> int:
        """Where the last 10 s end that the span touches, in samples."""
        samples = PACKETS_PER_KEY * PACKET_SAMPLES
        return -(-to_samples(span.end) // samples) * samples

    def prepare(self, span: Span) -> None:
        """Make new keys and new packets, in memory only.

        Raises:
            UserError: The sound cannot be read.
        """
        self._prepared = []
        if self._path.exists() and span.length:
            with disk_faults(self._path), io.FileIO(self._path) as file:
                self._prepared = list(self._renewed(file, span))

    def note(self) -> None:
        """Store what was prepared, inside the caller's transaction.

        Raises:
            UserError: It cannot be stored.
        """
        self._keys.store_renewed()
        self._database.execute_many(
            "INSERT OR REPLACE INTO spool_patch (session, number, place, packet)"
            " VALUES (?, ?, ?, ?)",
            [
                (self._session, packet.number, place, packet.to_bytes())
                for place, packet in self._prepared
            ],
        )

    def carry_out(self) -> None:
        """Write what is noted into the file; once more after a crash.

        Raises:
            UserError: The file cannot be written; the notes stay.
        """
        noted = self._database.rows(
            "SELECT place, packet FROM spool_patch WHERE session = ? ORDER BY number",
            (self._session,),
        )
        if noted and self._path.exists():
            with disk_faults(self._path), io.FileIO(self._path, "r+") as file:
                for place, packet in noted:
                    file.seek(place)
                    file.write(packet)
                to_disk(file.fileno())
        if noted:
            self._database.execute(
                "DELETE FROM spool_patch WHERE session = ?", (self._session,)
            )
        self._prepared = []
        self._keys.settle(renewed=True)

    def give_up(self) -> None:
        """The transaction failed: nothing was renewed."""
        self._prepared = []
        self._keys.settle(renewed=False)

    def compact(self) -> None:
        """Write the file anew with erased packets at their least: once it is complete.

        Until then their lengths tell how loud it was.

        Raises:
            UserError: The file cannot be written; it is as it was.
        """
        if not self._path.exists():
            return
        draft = self._path.with_suffix(".part")
        with disk_faults(self._path):
            try:
                if self._copy_compact(draft):
                    draft.replace(self._path)
                    sync_folder(self._path)
            finally:
                draft.unlink(missing_ok=True)

    def _copy_compact(self, draft: Path) -> bool:
        """Whether there was something to shrink."""
        shrunk = False
        with (
            io.FileIO(self._path) as file,
            io.FileIO(draft, "w", opener=private) as copy,
        ):
            header, layout = read_header(file, self._session)
            index = PacketIndex(file, len(header))
            index.extend()
            copy.write(header)
            opening = secrets.randbits(_OPENING_BITS)
            for number in range(len(index)):
                packet = index.read(number)
                if packet is None:
                    continue  # damaged before; reading finds its way past it
                if packet.erased and packet.room > LEAST_ROOM:
                    (key, *_) = self._keys.find(packet.key_number)
                    count = self._samples_in(packet, header, layout)
                    packet = packet.wiped(header, key, opening, count, LEAST_ROOM)
                    shrunk = True
                copy.write(packet.to_bytes())
            to_disk(copy.fileno())
        return shrunk

    def _renewed(self, file: io.FileIO, span: Span) -> Iterator[tuple[int, Packet]]:
        """Every packet under a key that the span touches, as it will be, and where."""
        header, layout = read_header(file, self._session)
        index = PacketIndex(file, len(header))
        index.extend()
        first = to_samples(span.start) // PACKET_SAMPLES
        last = min(-(-to_samples(span.end) // PACKET_SAMPLES), len(index))
        if first >= last:
            return
        keys = range(first // PACKETS_PER_KEY, (last - 1) // PACKETS_PER_KEY + 1)
        new = self._keys.renew(keys)
        opening = secrets.randbits(_OPENING_BITS)
        end = min(keys.stop * PACKETS_PER_KEY, len(index))
        for number in range(keys.start * PACKETS_PER_KEY, end):
            packet, place = index.read(number), index.place(number)
            if packet is None or place is None:
                continue  # damaged before; nobody reads it any more
            key = new[packet.key_number]
            if first <= number < last and packet.room >= LEAST_ROOM:
                count = self._samples_in(packet, header, layout)
                yield place, packet.wiped(header, key, opening, count, packet.room)
            else:
                yield place, self._rekeyed(packet, header, key, opening)

    def _rekeyed(
        self, packet: Packet, header: bytes, new: bytes, opening: int
    ) -> Packet:
        for old in self._keys.find(packet.key_number):
            try:
                return packet.rekeyed(header, old, new, opening)
            except InvalidTag:
                continue
        # Damaged before. Its old key goes all the same; it stays unreadable.
        return packet

    def _samples_in(self, packet: Packet, header: bytes, layout: Layout) -> int:
        if not packet.flags & FINAL:
            return PACKET_SAMPLES
        for key in self._keys.find(packet.key_number):
            try:
                return len(packet.samples(header, key, len(layout.speakers)))
            except InvalidTag:
                continue
        return 0


UNDO_S: Final = 10.0
"""How long an erasure can be undone."""


class Hiding(Protocol):
    """What of a session's store hides and destroys: ``record.events.SessionStore``."""

    def hide(self, span: Span, cause: OffRecordCause) -> Asked:
        """Hide at once."""

    def show_again(self, asked: Asked) -> None:
        """Undo it."""

    def hidden(self) -> tuple[Asked, ...]:
        """What is hidden."""

    def may_erase(self, asked: Asked) -> bool:
        """Whether nothing stands in the way."""

    def erase(self, asked: Asked, committed_at: Millis) -> StoredEvent:
        """Destroy it."""


class DelayedErasures:
    """Hidden at once, destroyed after ten seconds, undone only until then.

    Thread: the one that writes the record; ``spans`` may be read from any.
    """

    def __init__(self, store: Hiding, now: Callable[[], float]) -> None:
        """Take up what a crash left: it is due at once.

        Args:
            store: The session's.
            now: Steady clock, seconds.
        """
        self._store = store
        self._now = now
        self._due = [(now(), asked) for asked in store.hidden()]

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is hidden and not destroyed yet: show nothing of it."""
        return tuple(asked.span for _, asked in self._due)

    @property
    def undoable(self) -> bool:
        """Whether there is something that ``undo`` would show again."""
        return bool(self._due) and self._due[-1][0] > self._now()

    def hide(self, span: Span, cause: OffRecordCause = OffRecordCause.ASKED) -> Span:
        """Hide a span, widened to the utterances that it touches.

        Raises:
            UserError: The record cannot be written; nothing is hidden.
        """
        asked = self._store.hide(span, cause)
        self._due.append((self._now() + UNDO_S, asked))
        return asked.span

    def undo(self) -> Span | None:
        """Show the newest again; ``None``: there is none, or it is too late.

        Raises:
            UserError: The record cannot be written; it stays hidden.
        """
        if not self._due or self._due[-1][0] <= self._now():
            return None
        _, asked = self._due[-1]
        self._store.show_again(asked)
        self._due.pop()
        return asked.span

    def carry_out(self, committed_at: Millis) -> Iterator[StoredEvent]:
        """Destroy what is due, one after the other; go through it a few times a second.

        Args:
            committed_at: Session position of the newest captured sound.

        Yields:
            What was stored, to be published.

        Raises:
            UserError: The record cannot be written; what is due stays hidden and is
                tried again.
        """
        for entry in list(self._due):
            due, asked = entry
            if due <= self._now() and self._store.may_erase(asked):
                stored = self._store.erase(asked, committed_at)
                self._due.remove(entry)
                yield stored
