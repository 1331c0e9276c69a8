"""Deleting for good: one session, one client with everything, or sound alone.

Each session goes in one transaction, and what says so goes with it: a receipt without a
name, and the minutes where the client agreed to the hours log. A client is struck off
last. Asking for that is a row (``goodbye``), so that whatever stops the program in the
middle only delays it: the next writer who opens the record finishes it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sidelight.domain.consent import Purpose, Standing, standing
from sidelight.domain.promises import PROMISED
from sidelight.domain.worked import whole_minutes

if TYPE_CHECKING:
    from pathlib import Path

    from sidelight.record.clients import Clients
    from sidelight.record.consents import Consents
    from sidelight.record.database import Database
    from sidelight.record.sessions import Sessions

_SNAPSHOT: Final = "backup.db"


class What(StrEnum):
    """What was deleted at once."""

    CLIENT = "client"
    SESSION = "session"
    SOUND = "sound"


class Stuff(StrEnum):
    """The kinds of data that there can be of a client."""

    SOUND = "sound"
    WORDS = "words"
    MOMENTS = "moments"
    NOTES = "notes"
    LESSONS = "lessons"
    CARD = "card"
    CONSENTS = "consents"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is, or was: no name, nothing that was said.

    Attributes:
        sessions: How many.
        minutes: Worked in all of them together, as each of them is told.
        stuff: The kinds of data, in the order of ``Stuff``.
    """

    sessions: int
    minutes: int
    stuff: tuple[Stuff, ...]

    def __add__(self, other: Extent) -> Extent:
        """Both together."""
        return Extent(
            self.sessions + other.sessions,
            self.minutes + other.minutes,
            tuple(one for one in Stuff if one in {*self.stuff, *other.stuff}),
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """That something was deleted.

    Attributes:
        on: The day.
        what: Of what kind it was.
        extent: How much.
    """

    on: date
    what: What
    extent: Extent


@dataclass(frozen=True, slots=True)
class Hour:
    """A line of the hours log whose session is gone.

    Attributes:
        on: The session's day.
        minutes: Worked in it.
        engagement: Who came: one person or a group.
    """

    on: date
    minutes: int
    engagement: str


_NOTHING: Final = Extent(0, 0, ())


class Deletions:
    """What leaves one record for good. Thread: the one that writes the record."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        sessions: Sessions,
        clients: Clients,
        consents: Consents,
    ) -> None:
        """Take what ``Record`` opened; ``folder`` is the record's."""
        self._database = database
        self._folder = folder
        self._sessions = sessions
        self._clients = clients
        self._consents = consents

    def session(self, session: str, today: date) -> Receipt:
        """Delete a session: sound, words, index, moments, notes, what it taught.

        A client of whom nothing else is known goes with their last session.

        Raises:
            UserError: There is none with this id, or the record cannot be written.
        """
        with self._database.transaction():
            extent = self._strike(session)
            receipt = Receipt(today, What.SESSION, extent)
            self._put(receipt)
        self._sweep()
        return receipt

    def client(self, name: str, today: date) -> Receipt:
        """Delete a client: every session, what they agreed to, their card.

        Raises:
            UserError: There is no such client, or the record cannot be written; what is
                left is deleted at the next start.
        """
        number = self._clients.find(name).number
        self._database.execute(
            "INSERT OR IGNORE INTO goodbye (client, asked_on) VALUES (?, ?)",
            (number, today.isoformat()),
        )
        return self._finish(number)

    def sound(self, session: str, today: date) -> None:
        """Delete the sound of a session; its words stay.

        Raises:
            UserError: There is none with this id, or the record cannot be written.
        """
        with self._database.transaction():
            store = self._sessions.get(session)
            extent = Extent(1, self._minutes(session), (Stuff.SOUND,))
            self._sessions.strike_sound(session)
            self._database.execute(
                "UPDATE keeping SET gone_on = ? WHERE session = ?",
                (today.isoformat(), session),
            )
            if store.has_sound:
                self._put(Receipt(today, What.SOUND, extent))
        self._sweep()

    def of_session(self, session: str) -> Extent:
        """What there is of a session now.

        Raises:
            UserError: There is none with this id, or the record cannot be read.
        """
        store = self._sessions.get(session)
        types = {
            row[0]
            for row in self._database.rows(
                "SELECT DISTINCT type FROM event WHERE session = ?", (session,)
            )
        }
        lessons = self._database.rows(
            "SELECT 1 FROM lesson WHERE session = ? LIMIT 1", (session,)
        )
        there = {
            Stuff.SOUND: store.has_sound,
            Stuff.WORDS: "utterance_heard" in types,
            Stuff.MOMENTS: "moment_noticed" in types,
            Stuff.NOTES: bool(
                types & {"note_written", "line_accepted", "line_written", "note_shaped"}
            ),
            Stuff.LESSONS: bool(lessons),
        }
        stuff = tuple(one for one in Stuff if there.get(one))
        return Extent(1, self._minutes(session), stuff)

    def of_client(self, name: str) -> Extent:
        """What there is of a client now.

        Raises:
            UserError: There is no such client, or the record cannot be read.
        """
        number = self._clients.find(name).number
        found = _NOTHING
        for session in self._sessions_of(number):
            found += self.of_session(session)
        return found + self._of_card(number)

    def receipts(self) -> tuple[Receipt, ...]:
        """Every one, the newest first.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT deleted_on, what, sessions, minutes, stuff FROM receipt"
            " ORDER BY number DESC"
        )
        return tuple(
            Receipt(
                date.fromisoformat(on),
                What(what),
                Extent(sessions, minutes, _stuff(stuff)),
            )
            for on, what, sessions, minutes, stuff in found
        )

    def hours(self) -> tuple[Hour, ...]:
        """The minutes that stayed of sessions that are gone, the newest day first.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT day, minutes, engagement FROM hour ORDER BY day DESC, number DESC"
        )
        return tuple(Hour(date.fromisoformat(day), *rest) for day, *rest in found)

    def go_on(self) -> None:
        """Finish what was asked for before; nobody else may be writing.

        Raises:
            UserError: The record cannot be written; the next start tries again.
        """
        for (number,) in self._database.rows("SELECT client FROM goodbye"):
            self._finish(number)
        self._sessions.sweep()

    def _finish(self, number: int) -> Receipt:
        for session in self._sessions_of(number):
            with self._database.transaction():
                self._count(number, self._strike(session, stays=number))
        with self._database.transaction():
            self._count(number, self._of_card(number))
            ((asked_on, *rest),) = self._database.rows(
                "SELECT asked_on, sessions, minutes, stuff FROM goodbye"
                " WHERE client = ?",
                (number,),
            )
            sessions, minutes, stuff = rest
            receipt = Receipt(
                date.fromisoformat(asked_on),
                What.CLIENT,
                Extent(sessions, minutes, _stuff(stuff)),
            )
            self._database.execute("DELETE FROM goodbye WHERE client = ?", (number,))
            self._database.execute("DELETE FROM consent WHERE client = ?", (number,))
            self._database.execute("DELETE FROM client WHERE number = ?", (number,))
            self._put(receipt)
        self._sweep()
        return receipt

    def _count(self, number: int, extent: Extent) -> None:
        ((sessions, minutes, stuff),) = self._database.rows(
            "SELECT sessions, minutes, stuff FROM goodbye WHERE client = ?", (number,)
        )
        both = Extent(sessions, minutes, _stuff(stuff)) + extent
        self._database.execute(
            "UPDATE goodbye SET sessions = ?, minutes = ?, stuff = ? WHERE client = ?",
            (both.sessions, both.minutes, " ".join(both.stuff), number),
        )

    def _strike(self, session: str, stays: int | None = None) -> Extent:
        """Inside the caller's transaction."""
        extent = self.of_session(session)
        facts = self._sessions.get(session).session
        said = self._consents.of_session(session)
        if standing(Purpose.HOURS_LOG, said, PROMISED) is Standing.VALID:
            self._database.execute(
                "INSERT INTO hour (day, minutes, engagement)"
                " SELECT ?, ?, engagement FROM client JOIN session"
                "   ON client_number = client.number WHERE id = ?",
                (facts.started_at.date().isoformat(), extent.minutes, session),
            )
        self._sessions.strike(session, with_client=stays is None)
        return extent

    def _put(self, receipt: Receipt) -> None:
        extent = receipt.extent
        self._database.execute(
            "INSERT INTO receipt (deleted_on, what, sessions, minutes, stuff)"
            " VALUES (?, ?, ?, ?, ?)",
            (
                receipt.on.isoformat(),
                receipt.what,
                extent.sessions,
                extent.minutes,
                " ".join(extent.stuff),
            ),
        )

    def _sweep(self) -> None:
        """What is gone from the tables goes from the log and the disk."""
        self._database.checkpoint()
        # A backup that was killed left it; one that runs notices and gives up.
        for left in self._folder.glob(f"{_SNAPSHOT}*"):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        self._sessions.sweep()

    def _of_card(self, number: int) -> Extent:
        stuff = [Stuff.CARD]
        if self._consents.of(number):
            stuff.append(Stuff.CONSENTS)
        return Extent(0, 0, tuple(stuff))

    def _sessions_of(self, number: int) -> tuple[str, ...]:
        found = self._database.rows(
            "SELECT id FROM session WHERE client_number = ? ORDER BY id", (number,)
        )
        return tuple(row[0] for row in found)

    def _minutes(self, session: str) -> int:
        return whole_minutes(self._sessions.worked(session))


def _stuff(text: str) -> tuple[Stuff, ...]:
    return tuple(Stuff(one) for one in text.split())
