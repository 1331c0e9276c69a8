"""Days, where the coach is."""

from __future__ import annotations

from datetime import date, datetime


def local_day() -> date:
    """Today."""
    return datetime.now().astimezone().date()
