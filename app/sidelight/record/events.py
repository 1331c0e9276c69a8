"""One session's events: appended once, read in order, erased whole or not at all.

An event that holds words is stored twice over: its facts (who, when, which kind) as
they are, and the whole of it sealed under the session's words key. Where that key was
only in memory, the facts are what is left.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sidelight.domain.decisions import Decisions
from sidelight.domain.errors import UserError, WireError
from sidelight.domain.events import (
    AboutMoment,
    DecisionTakenBack,
    LineAccepted,
    LineWithdrawn,
    LineWritten,
    NoteShaped,
    NoteWritten,
    OffRecord,
    SessionStarted,
    StoredEvent,
    TranscriptChosen,
    UtteranceHeard,
)
from sidelight.domain.off_record import erased, goes, widened, without_words
from sidelight.domain.session import Mode
from sidelight.domain.story import tell
from sidelight.domain.timeline import Millis, Span, to_samples
from sidelight.domain.versions import as_chosen, chosen, follow_ups
from sidelight.domain.wire import Wire
from sidelight.record.erasure import Erasures, SoundEraser
from sidelight.record.index import SessionIndex
from sidelight.record.lessons import AllLessons, SessionLessons
from sidelight.record.spool import KEY_SAMPLES, SpoolReader, SpoolWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sidelight.domain.events import (
        Decision,
        DecisionRestored,
        Event,
        OffRecordCause,
        OfWrapUp,
    )
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import UtteranceId
    from sidelight.partnering.learned.lessons import Lesson, Taught
    from sidelight.record.database import Database, Row
    from sidelight.record.erasure import Asked
    from sidelight.record.keys import SessionKeys

_NONCE_BYTES: Final = 12
MOMENT_DECISIONS: Final = (
    "moment_confirmed",
    "moment_corrected",
    "moment_removed",
    "moment_added",
)
WORD_DECISIONS: Final = (
    "words_edited",
    "passages_merged",
    "passage_split",
    "speaker_changed",
)
"""Decisions about moments and about words, as ``domain.wire`` writes their types."""

_WRITTEN: Final = "'note_written', 'line_accepted', 'line_written', 'note_shaped'"


class OffTheRecord(Exception):  # noqa: N818 - it is news, not a mistake
    """The event lies in a stretch that was erased: it must not be stored."""


class SessionStore:
    """What the record holds of one session: its events and its sound.

    Thread: everything that writes from one; ``events`` and ``read_spool`` from any.
    """

    def __init__(
        self, database: Database, session: Session, spool: Path, keys: SessionKeys
    ) -> None:
        """Take what ``Sessions`` found.

        Args:
            database: Open for writing, unless only reading follows.
            session: Its row exists.
            spool: Where its sound is, or will be.
            keys: Its data keys.
        """
        self._database = database
        self._spool = spool
        self._keys = keys
        self._wire = Wire()
        self._writer: SpoolWriter | None = None
        self._erasures = Erasures(database, session.id)
        self._eraser = SoundEraser(database, session.id, spool, keys)
        self._lessons = SessionLessons(database, session.id)
        self._index = SessionIndex(database, session.id)
        self.session = session
        self._seq = self._newest()
        self._lost: set[UtteranceId] = set()
        self._off_record: tuple[Span, ...] = tuple(
            stored.event.span
            for stored in self._read("AND type = 'off_record'")
            if isinstance(stored.event, OffRecord)
        )

    def append(self, event: Event, committed_at: Millis, delay_ms: int) -> StoredEvent:
        """Store an event; when this returns it outlives a power cut.

        Args:
            event: What happened.
            committed_at: Session position of the newest captured sound.
            delay_ms: See ``StoredEvent``.

        Returns:
            The event with its number, greater than every number before it.

        Raises:
            OffTheRecord: It lies in a stretch that was erased; nothing was stored.
            UserError: The record cannot be written; nothing was stored.
        """
        if self._is_off_record(event):
            raise OffTheRecord
        stored = StoredEvent(self._seq + 1, committed_at, delay_ms, event)
        sealed = self._seal(stored)
        with self._database.transaction():
            self._insert(stored, sealed)
        self._seq = stored.seq
        # Here, so that the capture thread finds its keys made.
        self._keys.reserve(to_samples(committed_at) // KEY_SAMPLES)
        return stored

    def append_all(
        self, events: Sequence[Event], committed_at: Millis
    ) -> list[StoredEvent]:
        """Store all of these, or none; what lies in an erased stretch is left out.

        Args:
            events: What happened, in order.
            committed_at: Session position of the newest captured sound.

        Raises:
            UserError: The record cannot be written; nothing was stored.
        """
        kept = [event for event in events if not self._is_off_record(event)]
        numbered = [
            StoredEvent(seq, committed_at, 0, event)
            for seq, event in enumerate(kept, start=self._seq + 1)
        ]
        sealed = [self._seal(stored) for stored in numbered]
        with self._database.transaction():
            for stored, secret in zip(numbered, sealed, strict=True):
                self._insert(stored, secret)
            if any(isinstance(event, TranscriptChosen) for event in kept):
                self._index_anew()
        self._seq += len(numbered)
        return numbered

    def decide(
        self,
        event: Decision | DecisionTakenBack | DecisionRestored,
        lessons: Sequence[Taught] | None,
    ) -> StoredEvent:
        """Store what the coach decided, and what it teaches, both or neither.

        Args:
            event: The decision, or its being taken back or restored.
            lessons: All lessons of the session from now on; ``None``: they stay as they
                are. A session that is not kept teaches nothing, whatever is given.

        Raises:
            OffTheRecord: It is about a stretch that was erased; nothing was stored.
            UserError: The record cannot be written; nothing was stored.
        """
        if self._is_off_record(event):
            raise OffTheRecord
        stored = StoredEvent(self._seq + 1, event.at, 0, event)
        sealed = self._seal(stored)
        with self._database.transaction():
            self._insert(stored, sealed)
            if lessons is not None:
                self._replace_lessons(lessons)
            if not isinstance(event, AboutMoment):
                self._index_anew()
        self._seq = stored.seq
        if isinstance(event, DecisionTakenBack):
            # What was taken back is gone from the log of the database, too.
            self._database.checkpoint()
        return stored

    def put_down(self, event: OfWrapUp) -> StoredEvent:
        """Store what the coach wrote or accepted after the session.

        What a note said before, and what a withdrawn line said, is gone with this.

        Raises:
            OffTheRecord: It is about a stretch that was erased; nothing was stored.
            UserError: The record cannot be written; nothing was stored.
        """
        if self._is_off_record(event):
            raise OffTheRecord
        stored = StoredEvent(self._seq + 1, event.at, 0, event)
        sealed = self._seal(stored)
        outdated = [
            (self.session.id, one.seq)
            for one in self._read(f"AND type IN ({_WRITTEN})")
            if _outdates(event, one)
        ]
        with self._database.transaction():
            self._insert(stored, sealed)
            self._database.execute_many(
                "DELETE FROM event WHERE session = ? AND seq = ?", outdated
            )
        self._seq = stored.seq
        if outdated:
            self._database.checkpoint()  # it is gone from the log of the database, too
        return stored

    def known_lessons(self, model: str) -> tuple[Lesson, ...]:
        """What the coach taught in all sessions, for this version of the model.

        Raises:
            UserError: The record cannot be read.
        """
        return AllLessons(self._database).lessons(model)

    def teach(self, lessons: Sequence[Taught]) -> None:
        """Keep these lessons of the session and no others.

        Raises:
            UserError: The record cannot be written; the ones before stay.
        """
        with self._database.transaction():
            self._replace_lessons(lessons)

    def next_decision(self) -> int:
        """A number that no decision has, hidden or not.

        Raises:
            UserError: The record cannot be read.
        """
        kept = self._read(*_of([*MOMENT_DECISIONS, *WORD_DECISIONS]))
        made = Decisions.of(one.event for one in kept).made
        return max((one.decision for one in made), default=0) + 1

    def choose(self, transcript: int, at: Millis) -> list[StoredEvent]:
        """Show the session in this version of its transcript from now on.

        What the coach undid in another is undone in this one too. Choosing the one
        before again undoes it.

        Args:
            transcript: A version that is whole.
            at: Where the session ended.

        Raises:
            UserError: The record cannot be written; nothing has changed.
        """
        followed = follow_ups(self.every_version(), transcript, at)
        return self.append_all([TranscriptChosen(at, transcript), *followed], at)

    def events(self, after: int = 0) -> list[StoredEvent]:
        """What the session tells behind number ``after``, in order.

        Hidden events are left out, and those of other versions of the transcript than
        the chosen one. Words whose key is gone are gone: texts and quotes are empty.

        Raises:
            UserError: The record cannot be read, or holds an event of a newer version.
        """
        if not self._versions and not self._erasures.asked():
            return self._read("AND seq > ?", after)
        return [one for one in as_chosen(self.every_version()) if one.seq > after]

    def every_version(self) -> list[StoredEvent]:
        """The stored events of all versions of the transcript, hidden ones left out.

        Raises:
            UserError: As ``events``.
        """
        everything = self._read()
        hidden: set[int] = set()
        for one in self._erasures.asked():
            _, gone = _gone(everything, one.span)
            hidden |= gone
        return [one for one in everything if one.seq not in hidden]

    def events_of(self, types: Sequence[str]) -> list[StoredEvent]:
        """As ``events``, of these types alone and without reading the others.

        Args:
            types: As ``domain.wire`` writes them, of events that belong to one version
                of the transcript, or to the session itself.

        Raises:
            UserError: As ``events``.
        """
        if self._erasures.asked():  # what is hidden is known by the words around it
            wanted = {one.seq for one in self._read(*_of(types))}
            return [one for one in self.events() if one.seq in wanted]
        return as_chosen(self._read(*_of([*types, "transcript_chosen"])))

    def hide(self, span: Span, cause: OffRecordCause) -> Asked:
        """Let nobody see this span from now on; it is not destroyed yet.

        Returns:
            What is hidden: the span, widened to the utterances that it touches.

        Raises:
            UserError: The record cannot be written; nothing is hidden.
        """
        wide, _ = _gone(self._read(), span)
        return self._erasures.ask(wide, cause)

    def show_again(self, asked: Asked) -> None:
        """Undo ``hide``.

        Raises:
            UserError: The record cannot be written; it stays hidden.
        """
        self._erasures.drop(asked)

    def hidden(self) -> tuple[Asked, ...]:
        """What is hidden and not destroyed yet, in the order of asking.

        Raises:
            UserError: The record cannot be read.
        """
        return self._erasures.asked()

    def may_erase(self, asked: Asked) -> bool:
        """Whether the sound's writer is past everything that this would destroy."""
        if self._writer is None or self._writer.closed:
            return True
        span, _ = _gone(self._read(), asked.span)
        return self._writer.written >= self._eraser.last_key_end(span)

    def erase(self, asked: Asked, committed_at: Millis) -> StoredEvent:
        """Destroy what was hidden: words, sound and what rested on them.

        Args:
            asked: What ``hide`` gave, once ``may_erase``.
            committed_at: Session position of the newest captured sound.

        Returns:
            The content-free event that says so.

        Raises:
            UserError: The record cannot be written. It stays hidden, and is destroyed
                at the next try or start.
        """
        # What an earlier one could not write: two must not lie over each other.
        self._eraser.carry_out()
        stored = self._erase(asked, committed_at, sound=True)
        # The keys are destroyed and the event is stored: it has happened. Where the
        # disk refuses now, the next erasure, the end or the next start writes the file.
        with suppress(UserError):
            self._eraser.carry_out()
        with suppress(UserError):
            self._database.checkpoint()
        return stored

    def _erase(self, asked: Asked, committed_at: Millis, *, sound: bool) -> StoredEvent:
        everything = self._read()
        span, gone = _gone(everything, asked.span)
        at = Millis(max(committed_at, span.end))
        off = OffRecord(at, span, asked.cause)
        stored = StoredEvent(self._seq + 1, at, 0, off)
        session = self.session.id
        try:
            if sound:
                self._eraser.prepare(span)
            with self._database.transaction():
                self._database.execute_many(
                    "DELETE FROM event WHERE session = ? AND seq = ?",
                    [(session, seq) for seq in gone],
                )
                self._database.execute(
                    "DELETE FROM utterance"
                    " WHERE session = ? AND start_ms < ? AND end_ms > ?",
                    (session, span.end, span.start),
                )
                self._lessons.erase(span)
                self._insert(stored, None)
                self._index_anew()
                self._eraser.note()
                self._erasures.drop(asked)
        except BaseException:
            self._eraser.give_up()
            raise
        self._seq = stored.seq
        self._off_record = (*self._off_record, span)
        self._lost |= {
            one.event.utterance.id
            for one in everything
            if one.seq in gone and isinstance(one.event, UtteranceHeard)
        }
        return stored

    def recover(self) -> None:
        """Carry out what a crash left: hidden spans, and sound half rewritten.

        Raises:
            UserError: The record cannot be written; the next start tries again.
        """
        if self.session.mode is not Mode.KEEP:
            self._forget()
            return
        self._eraser.carry_out()
        for asked in self.hidden():
            self.erase(asked, Millis(0))

    def finish(self) -> None:
        """The session is over: what should be gone is gone when this returns.

        Call it after the last event, with the sound's writer closed. A kept session
        loses what is still hidden; any other loses its sound and its words.

        Raises:
            UserError: The record cannot be written. Keys in memory are gone all the
                same; the rest is tried again at the next start.
        """
        if self.session.mode is not Mode.KEEP:
            self._forget()
            return
        self._eraser.carry_out()
        for asked in self.hidden():
            self.erase(asked, Millis(0))
        if self._off_record:
            self._eraser.compact()
            self._database.vacuum()

    def open_spool(self) -> SpoolWriter:
        """Start this session's sound, or go on with it after a kill.

        Raises:
            UserError: It cannot be written, or is complete already.
        """
        if self.session.mode is Mode.NO_LISTENING:
            msg = "a session without listening has no sound"
            raise ValueError(msg)
        self._keys.reserve(0)
        writer = SpoolWriter(
            self._spool, self.session.id, self.session.layout, self._keys
        )
        self._keys.reserve(writer.position // KEY_SAMPLES)
        self._writer = writer
        return writer

    def read_spool(self) -> SpoolReader:
        """Open this session's sound for reading; one reader for each thread.

        Raises:
            UserError: There is none, or it is damaged at its head.
        """
        return SpoolReader(self._spool, self.session.id, self._keys)

    @property
    def has_sound(self) -> bool:
        """Whether there is a file of its sound."""
        return self._spool.exists()

    @property
    def lost_sound(self) -> bool:
        """Whether the file of its sound is gone, and nobody deleted it here.

        What is not kept has no keys; what was deleted may have new ones, made with
        what the coach decided since.
        """
        return not self.has_sound and bool(
            self._database.rows(
                "SELECT 1 FROM spool_key WHERE session = ? AND NOT EXISTS ("
                "   SELECT 1 FROM keeping WHERE keeping.session = spool_key.session"
                "   AND gone_on IS NOT NULL) LIMIT 1",
                (self.session.id,),
            )
        )

    @property
    def sound_path(self) -> Path:
        """Where its sound is, or would be."""
        return self._spool

    @property
    def _reworded(self) -> bool:
        """Whether the coach ever decided about words, held or taken back."""
        where, *types = _of(WORD_DECISIONS)
        return bool(
            self._database.rows(
                f"SELECT 1 FROM event WHERE session = ? {where} LIMIT 1",  # noqa: S608 - constant
                (self.session.id, *types),
            )
        )

    @property
    def _versions(self) -> bool:
        """Whether there may be other versions of the transcript."""
        return bool(
            self._database.rows(
                "SELECT 1 FROM event WHERE session = ? AND type = 'transcript_refined'"
                " LIMIT 1",
                (self.session.id,),
            )
        )

    def _is_off_record(self, event: Event) -> bool:
        return any(goes(event, span, self._lost) for span in self._off_record)

    def _replace_lessons(self, lessons: Sequence[Taught]) -> None:
        self._lessons.replace(lessons if self.session.mode is Mode.KEEP else ())

    def _insert(self, stored: StoredEvent, sealed: bytes | None) -> None:
        """The event's rows, inside the caller's transaction."""
        event = stored.event
        facts = event if sealed is None else without_words(event)
        self._database.execute(
            "INSERT INTO event"
            " (session, seq, type, at_ms, committed_at_ms, delay_ms, body, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.session.id,
                stored.seq,
                self._wire.event_to_dict(event)["type"],
                event.at,
                stored.committed_at,
                stored.delay_ms,
                self._wire.dump_event(facts),
                sealed,
            ),
        )
        if isinstance(event, UtteranceHeard) and self.session.mode is Mode.KEEP:
            self._index.add(event.utterance)
        if isinstance(event, TranscriptChosen):
            self._database.execute(
                "UPDATE session SET transcript = ? WHERE id = ?",
                (event.transcript, self.session.id),
            )

    def _seal(self, stored: StoredEvent) -> bytes | None:
        """The whole event under the words key; ``None`` where it holds no words."""
        if without_words(stored.event) == stored.event:
            return None
        if self.session.mode is Mode.NO_LISTENING:
            msg = "a session without listening has no words"
            raise ValueError(msg)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        text = self._wire.dump_event(stored.event).encode()
        key = self._keys.make_words()
        return nonce + AESGCM(key).encrypt(nonce, text, self._place(stored.seq))

    def _place(self, seq: int) -> bytes:
        """Authenticated with the words: they cannot be moved to another event."""
        return f"{self.session.id}:{seq}".encode("ascii")

    def _read(self, where: str = "", *values: object) -> list[StoredEvent]:
        found = self._database.rows(
            "SELECT seq, committed_at_ms, delay_ms, body, sealed FROM event"  # noqa: S608 - constant
            f" WHERE session = ? {where} ORDER BY seq",
            (self.session.id, *values),
        )
        key = self._keys.words() if any(row[-1] for row in found) else None
        words = AESGCM(key) if key else None
        try:
            return [self._event(row, words) for row in found]
        except WireError:
            raise UserError(
                "The session holds an event that this version does not know.",
                "Install the version it was recorded with, or a later one.",
            ) from None
        except InvalidTag:
            raise UserError(
                "The session's words are damaged.", "Restore it from a backup."
            ) from None

    def _event(self, row: Row, words: AESGCM | None) -> StoredEvent:
        seq, committed_at, delay_ms, body, sealed = row
        if sealed is not None and words is not None:
            nonce, secret = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            body = words.decrypt(nonce, secret, self._place(seq)).decode()
        event = self._wire.load_event(body)
        if isinstance(event, SessionStarted):  # the client may have another name now
            session = replace(event.session, client=self.session.client)
            event = replace(event, session=session)
        return StoredEvent(seq, Millis(committed_at), delay_ms, event)

    def _index_anew(self) -> None:
        """Let the search find the words as the coach decided about them.

        Inside the caller's transaction; nothing to do where there is no such decision.
        """
        if self.session.mode is not Mode.KEEP or not self._reworded:
            return
        events = self._read()
        version = chosen(events)
        self._index.show(version, tell(as_chosen(events)).utterances)

    def _forget(self) -> None:
        """Live only: the keys go first; the rest is only ciphertext for nobody."""
        self._keys.forget()
        # Where the system keeps an open file from going, the next start removes it.
        with suppress(OSError):
            self._spool.unlink(missing_ok=True)
        with self._database.transaction():
            for statement in (
                "UPDATE event SET sealed = NULL WHERE session = ?",
                "DELETE FROM spool_patch WHERE session = ?",
            ):
                self._database.execute(statement, (self.session.id,))
        for asked in self.hidden():
            self._erase(asked, Millis(0), sound=False)
        self._database.checkpoint()

    def _newest(self) -> int:
        found = self._database.rows(
            "SELECT coalesce(max(seq), 0) FROM event WHERE session = ?",
            (self.session.id,),
        )
        return int(found[0][0])


def _of(types: Sequence[str]) -> tuple[str, ...]:
    places = ", ".join("?" * len(types))
    return f"AND type IN ({places})", *types


def _outdates(event: OfWrapUp, stored: StoredEvent) -> bool:
    """Whether nothing that was stored with it is to be kept once this happened."""
    match event, stored.event:
        case (NoteWritten(), NoteWritten()) | (NoteShaped(), NoteShaped()):
            return True
        case (
            LineWithdrawn(line=gone) | LineWritten(line=gone),
            LineAccepted(line=line) | LineWritten(line=line),
        ):
            return gone == line
        case _:
            return False


def _gone(events: Sequence[StoredEvent], span: Span) -> tuple[Span, set[int]]:
    """What erasing this span really erases: the widened span, the events' numbers."""
    span = widened(
        span,
        (
            one.event.utterance.span
            for one in events
            if isinstance(one.event, UtteranceHeard)
        ),
    )
    places = erased([one.event for one in events], span)
    return span, {events[place].seq for place in places}
