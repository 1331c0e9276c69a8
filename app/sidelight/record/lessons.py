"""What the coach taught, as the record keeps it: lessons of sessions, phrases by hand.

A lesson belongs to its session and to a span of it, and goes with either: it rests on a
turn and on the turns before it, and the span covers them all. Only what is kept teaches
anything that outlives the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.domain.errors import UserError
from sidelight.partnering.learned.lessons import Lesson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Span
    from sidelight.partnering.learned.lessons import Taught
    from sidelight.record.database import Database

_FLOATS: Final = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class KeptPhrase:
    """One of the coach's own ways, written down by hand.

    Attributes:
        number: Names it while it is there.
        kind: Kind id.
        words: As typed.
    """

    number: int
    kind: str
    words: str


class SessionLessons:
    """The lessons of one session. Thread: the one that writes the record."""

    def __init__(self, database: Database, session: str) -> None:
        """Take the record's database and the session's id."""
        self._database = database
        self._session = session

    def replace(self, lessons: Sequence[Taught]) -> None:
        """These and no others, inside the caller's transaction.

        Raises:
            UserError: They cannot be stored.
        """
        self._database.execute("DELETE FROM lesson WHERE session = ?", (self._session,))
        self._database.execute_many(
            "INSERT INTO lesson (session, number, kind, positive, start_ms, end_ms,"
            " words, model, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    self._session,
                    number,
                    kept.lesson.kind,
                    int(kept.lesson.positive),
                    kept.span.start,
                    kept.span.end,
                    kept.words,
                    kept.model,
                    _packed(kept.lesson.place),
                )
                for number, kept in enumerate(lessons, start=1)
            ],
        )

    def erase(self, span: Span) -> None:
        """Those that rest on anything in the span, inside the caller's transaction.

        Raises:
            UserError: They cannot be erased.
        """
        self._database.execute(
            "DELETE FROM lesson WHERE session = ? AND start_ms < ? AND end_ms > ?",
            (self._session, span.end, span.start),
        )


class AllLessons:
    """Everything the coach taught, over all sessions. Thread: any."""

    def __init__(self, database: Database) -> None:
        """Take the record's database."""
        self._database = database

    def lessons(self, model: str) -> tuple[Lesson, ...]:
        """What recognition is to know, in an order that never depends on the day.

        What is hidden, to be destroyed soon, teaches nothing any more.

        Args:
            model: Version of the model; places of another mean nothing to it.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT kind, positive, place FROM lesson WHERE model = ?"
            " AND NOT EXISTS (SELECT 1 FROM erasure"
            "   WHERE erasure.session = lesson.session"
            "   AND lesson.start_ms < erasure.end_ms"
            "   AND lesson.end_ms > erasure.start_ms)"
            " ORDER BY session, number",
            (model,),
        )
        found += self._database.rows(
            "SELECT kind, 1, place FROM phrase WHERE model = ? ORDER BY number",
            (model,),
        )
        return tuple(
            Lesson(kind, _unpacked(place), bool(positive))
            for kind, positive, place in found
        )

    def outdated(self, model: str) -> tuple[str, ...]:
        """Sessions that were decided about, and have no lesson of this model.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT DISTINCT event.session FROM event"
            " JOIN session ON session.id = event.session AND mode = 'keep'"
            " WHERE type IN ('moment_confirmed', 'moment_corrected',"
            "   'moment_removed', 'moment_added')"
            " AND NOT EXISTS (SELECT 1 FROM lesson"
            "   WHERE lesson.session = event.session AND model = ?)"
            " ORDER BY event.session",
            (model,),
        )
        return tuple(row[0] for row in found)


class Phrases:
    """The coach's own ways, written down by hand. Thread: the one that writes."""

    def __init__(self, database: Database) -> None:
        """Take the record's database."""
        self._database = database

    def list(self) -> tuple[KeptPhrase, ...]:
        """All of them, the oldest first.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT number, kind, words FROM phrase ORDER BY number"
        )
        return tuple(KeptPhrase(*row) for row in found)

    def add(
        self, kind: str, words: str, model: str, place: NDArray[np.float32] | None
    ) -> KeptPhrase:
        """Write one down.

        Args:
            kind: Kind id.
            words: As typed.
            model: Version of the model; ``""``: there is none yet.
            place: Where the words lie for the model, or ``None`` with no model.

        Raises:
            UserError: The record cannot be written.
        """
        packed = b"" if place is None else _packed(place)
        with self._database.transaction():
            ((newest,),) = self._database.rows(
                "SELECT coalesce(max(number), 0) FROM phrase"
            )
            phrase = KeptPhrase(newest + 1, kind, words)
            self._database.execute(
                "INSERT INTO phrase (number, kind, words, model, place)"
                " VALUES (?, ?, ?, ?, ?)",
                (phrase.number, kind, words, model, packed),
            )
        return phrase

    def without_place(self, model: str) -> tuple[KeptPhrase, ...]:
        """Those that this model has not placed.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT number, kind, words FROM phrase WHERE model != ? ORDER BY number",
            (model,),
        )
        return tuple(KeptPhrase(*row) for row in found)

    def place(self, number: int, model: str, place: NDArray[np.float32]) -> None:
        """Say where a phrase lies for a model.

        Raises:
            UserError: The record cannot be written.
        """
        self._database.execute(
            "UPDATE phrase SET model = ?, place = ? WHERE number = ?",
            (model, _packed(place), number),
        )

    def forget(self, number: int) -> None:
        """Strike one out; its words are gone from the file when this returns.

        Raises:
            UserError: There is none with this number, or the record cannot be written.
        """
        if number not in {phrase.number for phrase in self.list()}:
            raise UserError(
                f"There is no phrase {number} of your own.",
                "See `sidelight phrasebook list`.",
            )
        self._database.execute("DELETE FROM phrase WHERE number = ?", (number,))
        self._database.checkpoint()


def _packed(place: NDArray[np.float32]) -> bytes:
    return place.astype(_FLOATS).tobytes()


def _unpacked(packed: bytes) -> NDArray[np.float32]:
    place: NDArray[np.float32] = np.frombuffer(packed, _FLOATS).astype(np.float32)
    length = np.float32(max(float(np.linalg.norm(place)), 1e-6))
    return (place / length).astype(np.float32)
