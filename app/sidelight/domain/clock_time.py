"""Session positions as people write them."""

from __future__ import annotations

import re

from sidelight.domain.timeline import Millis


def clock(millis: int) -> str:
    """``7:05``, or ``1:07:05`` from an hour on; rounded down to the second."""
    minutes, seconds = divmod(millis // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def from_clock(text: str) -> Millis:
    """The position that is written as ``90`` seconds, ``1:30`` or ``1:02:30``.

    Raises:
        ValueError: It is not written so.
    """
    if not re.fullmatch(r"(\d{1,4}:){0,2}\d{1,6}", text, re.ASCII):
        raise ValueError("a time is seconds, m:ss or h:mm:ss")
    seconds = 0
    for part in text.split(":"):
        seconds = seconds * 60 + int(part)
    return Millis(seconds * 1000)
