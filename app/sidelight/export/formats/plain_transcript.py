"""The transcript as plain text: a time at each change of speaker, pauses kept.

Doubtful passages are marked ``[?]`` where they stand and listed at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.clock_time import clock
from sidelight.domain.timeline import Millis, Span
from sidelight.export.missing import between

if TYPE_CHECKING:
    from sidelight.export.package import Package


def render(package: Package) -> bytes:
    """The whole file, UTF-8."""
    lines: list[str] = []
    doubted: list[str] = []
    speaker = None
    end = Millis(0)
    for u in sorted(package.story.utterances, key=lambda u: (u.span.start, u.id)):
        if lines and u.span.start > end:
            interlude = between(package.story, Span(end, u.span.start))
            lines += interlude
            speaker = None if interlude else speaker
        mark = " [?]" if u.doubt else ""
        if u.speaker is speaker:
            lines[-1] += f" {u.text}{mark}"
        else:
            name = package.name(u.speaker)
            lines.append(f"[{clock(u.span.start)}] {name}: {u.text}{mark}")
        if u.doubt:
            doubted.append(f"[{clock(u.span.start)}] {u.doubt.explained}")
        speaker, end = u.speaker, Millis(max(end, u.span.end))
    if doubted:
        lines.append("Please listen again:\n" + "\n".join(doubted))
    return ("\n\n".join(lines) + "\n").encode()
