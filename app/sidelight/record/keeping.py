"""Which sound goes when, as the record knows it: days, and nothing that was said."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from sidelight.domain.keeping import SoundKept, SoundRule
from sidelight.domain.session import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.record.database import Database

_OF_THE_NOTE: Final = (
    "'note_written', 'line_accepted', 'line_written', 'line_withdrawn',"
    " 'note_shaped', 'wrap_up_finished'"
)


class Keeping:
    """The days of all sound of one record. Thread: the one that writes the record.

    Events know the session's clock alone. So the day on which a note is finished is the
    day on which somebody looks and finds it finished: never too early, and no later
    than the next start or the next morning.
    """

    def __init__(self, database: Database) -> None:
        """Take the record's database."""
        self._database = database

    def look(self, today: date) -> None:
        """Note which notes are finished by now, or were worked on again.

        Raises:
            UserError: The record cannot be written.
        """
        self._database.execute(
            "INSERT INTO keeping (session, act, finished_on)"  # noqa: S608 - constant
            " SELECT id, (SELECT max(seq) FROM event WHERE event.session = id"
            f"   AND type IN ({_OF_THE_NOTE})), ? FROM session"
            " WHERE mode = ? AND EXISTS (SELECT 1 FROM event WHERE event.session = id"
            "   AND type = 'wrap_up_finished')"
            " ON CONFLICT (session) DO UPDATE SET act = excluded.act,"
            "   finished_on = excluded.finished_on, said_on = NULL"
            " WHERE excluded.act > act",
            (today.isoformat(), Mode.KEEP),
        )

    def kept(self) -> tuple[SoundKept, ...]:
        """Every session with a finished note whose sound has not gone, by id.

        Raises:
            UserError: The record cannot be read.
        """
        found = self._database.rows(
            "SELECT keeping.session, sound_rule, finished_on, longer, said_on"
            " FROM keeping JOIN session ON session.id = keeping.session"
            " LEFT JOIN client ON client.number = session.client_number"
            " WHERE gone_on IS NULL ORDER BY keeping.session"
        )
        return tuple(
            SoundKept(
                session,
                None if rule is None else SoundRule(rule),
                date.fromisoformat(finished),
                _day(longer),
                _day(said),
            )
            for session, rule, finished, longer, said in found
        )

    def say(self, sessions: Iterable[str], today: date) -> None:
        """It is said today that the sound of these goes; what was said before counts.

        Raises:
            UserError: The record cannot be written.
        """
        self._database.execute_many(
            "UPDATE keeping SET said_on = coalesce(said_on, ?) WHERE session = ?",
            [(today.isoformat(), session) for session in sessions],
        )

    def longer(self, sessions: Iterable[str], until: date) -> None:
        """Keep the sound of these until then, and say it anew before it goes.

        Raises:
            UserError: The record cannot be written.
        """
        with self._database.transaction():
            self._database.execute_many(
                "UPDATE keeping SET longer = ?, said_on = NULL WHERE session = ?",
                [(until.isoformat(), session) for session in sessions],
            )

    def rule(self, client: int) -> SoundRule | None:
        """The rule for one client's sound; ``None``: the general one.

        Raises:
            UserError: The record cannot be read.
        """
        ((rule,),) = self._database.rows(
            "SELECT sound_rule FROM client WHERE number = ?", (client,)
        )
        return None if rule is None else SoundRule(rule)

    def set_rule(self, client: int, rule: SoundRule | None) -> None:
        """Keep this client's sound so long; ``None``: as everybody's.

        Raises:
            UserError: The record cannot be written.
        """
        self._database.execute(
            "UPDATE client SET sound_rule = ? WHERE number = ?", (rule, client)
        )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
