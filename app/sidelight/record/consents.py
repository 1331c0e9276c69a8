"""What clients agreed to and withdrew, as it was noted; and the coach's own words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sidelight.domain.consent import Consent, Form, Occasion, Purpose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.record.database import Database


class Consents:
    """Every consent of one record. Thread: the one that writes the record.

    It lies in the encrypted database with everything else, and goes with its client.
    """

    def __init__(self, database: Database) -> None:
        """Take the record's database."""
        self._database = database

    def of(self, client: int) -> tuple[Consent, ...]:
        """Everything a client said, in the order it was noted.

        Args:
            client: The client's number.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT purpose, given, form, said_on, promise, program, wording, answer"
            " FROM consent WHERE client = ? ORDER BY number",
            (client,),
        )
        return tuple(
            Consent(
                purpose=Purpose(purpose),
                given=bool(given),
                form=Form(form),
                on=date.fromisoformat(on),
                promise=promise,
                program=program,
                wording=wording,
                answer=answer,
            )
            for purpose, given, form, on, promise, program, wording, answer in found
        )

    def of_session(self, session: str) -> tuple[Consent, ...]:
        """Everything the client of a session said; empty where nobody is named.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT client_number FROM session WHERE id = ?", (session,)
        )
        numbers = [row[0] for row in found if row[0] is not None]
        return self.of(numbers[0]) if numbers else ()

    def note(self, client: int, said: Sequence[Consent]) -> None:
        """Note what a client said, all of it or nothing.

        Raises:
            UserError: The client is not there, or the record cannot be written.
        """
        with self._database.transaction():
            self._database.execute_many(
                "INSERT INTO consent (client, purpose, given, form, said_on, promise,"
                " program, wording, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        client,
                        one.purpose,
                        int(one.given),
                        one.form,
                        one.on.isoformat(),
                        one.promise,
                        one.program,
                        one.wording,
                        one.answer,
                    )
                    for one in said
                ],
            )

    def own_words(self) -> dict[Occasion, str]:
        """What the coach says to ask for consent, where it is in words of their own.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows("SELECT mode, words FROM script")
        return {Occasion(asked): words for asked, words in found}

    def write_words(self, asked: Occasion, words: str) -> None:
        """From now on the coach says this; ``""``: what the program suggests.

        Raises:
            UserError: The record cannot be written.
        """
        with self._database.transaction():
            self._database.execute("DELETE FROM script WHERE mode = ?", (asked,))
            if words:
                self._database.execute(
                    "INSERT INTO script (mode, words) VALUES (?, ?)", (asked, words)
                )
