"""What a reader is told where nothing was said, or nothing is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import GapCause, Span

if TYPE_CHECKING:
    from sidelight.domain.story import Story

PAUSE_MS: Final = 3000
"""A silence from here on is written down."""

_WORDS: Final = {
    GapCause.DEVICE_LOST: "not recorded, the microphone was away",
    GapCause.OVERFLOW: "not recorded, the computer was too slow",
    GapCause.SLEEP: "not recorded, the computer slept",
    GapCause.ENGINE_RESTARTED: "not recorded, Sidelight had to start again",
    GapCause.PAUSED: "paused",
}


def between(story: Story, stretch: Span) -> list[str]:
    """What stands between two utterances, in order; often nothing.

    Args:
        story: The session.
        stretch: From the end of one to the beginning of the next.
    """
    lines, missing = _absent(story, stretch)
    silence = stretch.length - missing
    if silence >= PAUSE_MS:
        lines.append(f"[{_seconds(silence)} of silence]")
    return lines


def around(story: Story, stretch: Span) -> list[str]:
    """What is missing before the first utterance, or after the last; no silence."""
    lines, _ = _absent(story, stretch)
    return lines


def _absent(story: Story, stretch: Span) -> tuple[list[str], int]:
    """What is missing, in words; and how long it is, in milliseconds."""
    found = [
        (span.start, "off the record", span)
        for span in story.off_record
        if span.overlaps(stretch)
    ]
    found += [
        (gap.span.start, _WORDS[gap.cause], gap.span)
        for gap in story.gaps
        if gap.span.overlaps(stretch) and round(gap.span.overlap(stretch) / 1000) > 0
    ]
    lines = [
        f"[{words}, {_seconds(span.overlap(stretch))}]"
        for _, words, span in sorted(found, key=lambda one: one[0])
    ]
    return lines, sum(span.overlap(stretch) for _, _, span in found)


def _seconds(millis: int) -> str:
    seconds = round(millis / 1000)
    return "1 second" if seconds == 1 else f"{seconds} seconds"
