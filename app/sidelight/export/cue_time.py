"""Session positions as subtitle files write them."""

from __future__ import annotations


def cue_time(millis: int, decimal: str = ".") -> str:
    """``01:07:05.250``, as WebVTT writes it; SRT uses a comma as ``decimal``."""
    seconds, rest = divmod(millis, 1000)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{decimal}{rest:03d}"
