"""What the search finds of one session: its utterances, as they are shown.

Each utterance is a row once it is heard. After the coach's decisions about words the
rows are those of the passages that are shown; only what differs is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.domain.transcript import Utterance
    from sidelight.record.database import Database


class SessionIndex:
    """Rows of one session, inside the caller's transactions.

    Thread: the one that writes the record.
    """

    def __init__(self, database: Database, session: str) -> None:
        """Take the record's database and the session's id."""
        self._database = database
        self._session = session

    def add(self, utterance: Utterance) -> None:
        """It was heard.

        Raises:
            UserError: It cannot be stored.
        """
        self._insert(None, _facts(utterance))

    def show(self, transcript: int, utterances: Iterable[Utterance]) -> None:
        """These and no others are shown of this version of the transcript.

        Raises:
            UserError: They cannot be stored.
        """
        wanted = {one.id.number: _facts(one) for one in utterances}
        found = self._database.rows(
            "SELECT row, transcript, number, speaker, start_ms, end_ms, text"
            " FROM utterance WHERE session = ? AND transcript = ?",
            (self._session, transcript),
        )
        place = {row[2]: row[0] for row in found}
        same = {row[2] for row in found if wanted.get(row[2]) == tuple(row[1:])}
        # One after the other, as the full-text table follows by trigger.
        for number, row in place.items():
            if number not in same:
                self._database.execute("DELETE FROM utterance WHERE row = ?", (row,))
        for number, facts in wanted.items():
            if number not in same:
                self._insert(place.get(number), facts)

    def _insert(self, row: int | None, facts: tuple[object, ...]) -> None:
        """A row; one that stays where it was keeps its place among the newest."""
        self._database.execute(
            "INSERT INTO utterance"
            " (row, session, transcript, number, speaker, start_ms, end_ms, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (row, self._session, *facts),
        )


def _facts(utterance: Utterance) -> tuple[object, ...]:
    return (
        utterance.id.transcript,
        utterance.id.number,
        str(utterance.speaker),
        int(utterance.span.start),
        int(utterance.span.end),
        utterance.text,
    )
