"""Session positions as people and subtitle files write them."""

from __future__ import annotations


def clock(millis: int) -> str:
    """``7:05``, or ``1:07:05`` from an hour on; rounded down to the second."""
    seconds = millis // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds:02d}"
    return f"{minutes}:{seconds:02d}"


def cue_time(millis: int, decimal: str = ".") -> str:
    """``01:07:05.250``, as WebVTT writes it; SRT uses a comma as ``decimal``."""
    seconds, rest = divmod(millis, 1000)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{decimal}{rest:03d}"
