"""What every window says of time; apart, for home needs nothing else of a sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    from datetime import datetime

MINUTE: Final = 60_000
"""Milliseconds."""

SEPARATOR: Final = " · "


def when(started_at: datetime) -> tuple[str, str]:
    """Day and time of day, in the words of the desktop's language."""
    locale = QLocale()
    day = locale.toString(started_at.date(), QLocale.FormatType.LongFormat)  # type: ignore[call-overload]
    time = locale.toString(started_at.time(), QLocale.FormatType.ShortFormat)  # type: ignore[call-overload]
    return str(day), str(time)
