"""The transcript as plain text: a time at each change of speaker, pauses kept.

Doubtful passages are marked ``[?]`` where they stand and listed at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.clock_time import clock
from sidelight.export.turns import Interlude, Turn, in_order, turns
from sidelight.export.writing import embedded

if TYPE_CHECKING:
    from sidelight.export.package import Package


def render(package: Package) -> bytes:
    """The whole file, UTF-8."""
    lines = [_line(package, part) for part in turns(package.story, package.span)]
    doubted = [
        f"[{clock(u.span.start)}] {u.doubt.explained}"
        for u in in_order(package.story)
        if u.doubt
    ]
    if doubted:
        lines.append("Please listen again:\n" + "\n".join(doubted))
    return ("\n\n".join(lines or ["No words."]) + "\n").encode()


def _line(package: Package, part: Turn | Interlude) -> str:
    if isinstance(part, Interlude):
        return part.text
    words = " ".join(u.text + (" [?]" if u.doubt else "") for u in part.utterances)
    return f"[{clock(part.start)}] {package.name(part.speaker)}: {embedded(words)}"
