"""The transcript as SubRip (.srt), each cue opening with its speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.export.cue_time import cue_time
from sidelight.export.cues import cues
from sidelight.export.writing import embedded

if TYPE_CHECKING:
    from sidelight.export.package import Package


def render(package: Package) -> bytes:
    """The whole file, UTF-8."""
    blocks = [
        f"{number}\n{cue_time(cue.span.start, ',')} --> {cue_time(cue.span.end, ',')}\n"
        f"{package.name(cue.speaker)}: {embedded(cue.text)}"
        for number, cue in enumerate(cues(package.story.utterances), start=1)
    ]
    return ("\n\n".join(blocks) + "\n").encode()
