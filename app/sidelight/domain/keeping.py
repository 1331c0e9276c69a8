"""How long sound is kept, and when it goes. Words stay until they are deleted.

The days begin with the day on which the note of a session is finished, and begin again
when somebody works on the note after that. Sound never goes on a day that has not been
said before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTICE_DAYS: Final = 7
"""So long before, it is said that sound goes."""

LONGER_DAYS: Final = 30
"""So much later it goes, each time the coach wants it kept longer."""


class SoundRule(StrEnum):
    """How long sound is kept once the note is finished."""

    OFF = "off"
    """Not at all: it goes with the finished note."""

    DAYS_14 = "14"
    DAYS_30 = "30"
    DAYS_90 = "90"
    FOR_EVER = "for-ever"
    """Until the coach deletes it."""

    @property
    def days(self) -> int | None:
        """Days after the note; ``None``: no day comes."""
        if self is SoundRule.FOR_EVER:
            return None
        return 0 if self is SoundRule.OFF else int(self.value)


@dataclass(frozen=True, slots=True)
class SoundKept:
    """A session whose sound is there and whose note is finished.

    Attributes:
        session: Its id.
        rule: Its client's, or ``None``: the coach's general one.
        finished: The day on which the note was finished.
        longer: The coach's own word about this session: not before this day.
        said: When it was first said that it goes; ``None``: it was not yet.
    """

    session: str
    rule: SoundRule | None
    finished: date
    longer: date | None = None
    said: date | None = None

    def due(self, general: SoundRule) -> date | None:
        """The day on which it should go; ``None``: none comes."""
        days = (self.rule or general).days
        if days is None:
            return None
        day = self.finished + timedelta(days=days)
        return day if self.longer is None else max(day, self.longer)

    def goes(self, general: SoundRule, today: date) -> date | None:
        """The day on which it does go: the day after it was said, at the earliest."""
        due = self.due(general)
        if due is None:
            return None
        return max(due, (self.said or today) + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class SoundGoes:
    """Sound that goes soon; it is said before it happens.

    Attributes:
        on: The day.
        sessions: Whose, by id.
    """

    on: date
    sessions: tuple[str, ...]


def soon(
    kept: Iterable[SoundKept], general: SoundRule, today: date
) -> tuple[SoundGoes, ...]:
    """What goes within ``NOTICE_DAYS``, by day, the first day first."""
    found: dict[date, list[str]] = {}
    for one in kept:
        day = one.goes(general, today)
        if day is not None and (day - today).days <= NOTICE_DAYS:
            found.setdefault(day, []).append(one.session)
    return tuple(SoundGoes(day, tuple(found[day])) for day in sorted(found))


def over(kept: Iterable[SoundKept], general: SoundRule, today: date) -> tuple[str, ...]:
    """Sessions whose sound has to go today: it was said, and the day has come."""
    return tuple(
        one.session
        for one in kept
        if one.said is not None
        and (day := one.goes(general, today)) is not None
        and day <= today
    )
