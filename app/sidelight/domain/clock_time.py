"""Session positions as people write them."""

from __future__ import annotations


def clock(millis: int) -> str:
    """``7:05``, or ``1:07:05`` from an hour on; rounded down to the second."""
    minutes, seconds = divmod(millis // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
