"""The transcript as WebVTT, with a voice tag for each speaker.

Source: W3C WebVTT, "cue text" (escapes) and "voice span".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.export.cue_time import cue_time
from sidelight.export.cues import cues

if TYPE_CHECKING:
    from sidelight.export.package import Package


def render(package: Package) -> bytes:
    """The whole file, UTF-8."""
    blocks = ["WEBVTT"]
    for number, cue in enumerate(cues(package.story.utterances), start=1):
        times = f"{cue_time(cue.span.start)} --> {cue_time(cue.span.end)}"
        voice = _escaped(package.name(cue.speaker))
        blocks.append(f"{number}\n{times}\n<v {voice}>{_escaped(cue.text)}")
    return ("\n\n".join(blocks) + "\n").encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
