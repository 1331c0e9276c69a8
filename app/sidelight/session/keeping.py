"""Lets sound go when its day has come, and says before which day that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sidelight.domain.keeping import LONGER_DAYS, SoundGoes, over, soon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sidelight.domain.keeping import SoundKept
    from sidelight.record.record import Record
    from sidelight.settings.keeping import KeepingChoice


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look.

    Attributes:
        gone: How many sessions have no sound any more since this look.
        soon: What goes next, by day; whoever looked has to show it.
    """

    gone: int = 0
    soon: tuple[SoundGoes, ...] = ()


class Keeper:
    """At every start and every morning.

    Args:
        choice: What the coach chose last; asked at every look.
        today: The day where the coach is.
    """

    def __init__(
        self, choice: Callable[[], KeepingChoice], today: Callable[[], date]
    ) -> None:
        self._choice = choice
        self._today = today
        self._looked_on: date | None = None

    @property
    def due(self) -> bool:
        """Whether nobody has looked today."""
        return self._looked_on != self._today()

    def look(self, record: Record) -> Looked:
        """Let go what was said to go today; find what is to be said.

        Args:
            record: Open for writing.

        Raises:
            UserError: The record cannot be written; the next look goes on.
        """
        today, rule = self._today(), self._choice().sound
        record.keeping.look(today)
        gone = over(_kept(record), rule, today)
        for session in gone:
            record.deletions.sound(session, today)
        coming = soon(_kept(record), rule, today)
        record.keeping.say([one for day in coming for one in day.sessions], today)
        self._looked_on = today
        return Looked(len(gone), coming)

    def longer(self, record: Record, sessions: Sequence[str]) -> None:
        """Keep the sound of these for ``LONGER_DAYS`` more than it would be.

        Args:
            record: Open for writing.
            sessions: By id; others than those whose day has been said are left alone.

        Raises:
            UserError: The record cannot be written.
        """
        today, rule = self._today(), self._choice().sound
        for one in _kept(record):
            day = one.goes(rule, today)
            if one.session in sessions and day is not None:
                later = max(day, today) + timedelta(days=LONGER_DAYS)
                record.keeping.longer([one.session], later)


def _kept(record: Record) -> tuple[SoundKept, ...]:
    there = record.sessions.has_sound
    return tuple(one for one in record.keeping.kept() if there(one.session))
