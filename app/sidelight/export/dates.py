"""Dates as people write them, the same on every system (no locale involved)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_date(when: datetime) -> str:
    """``22 November 2026``, in the time zone the value carries."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
