"""What the sound of a session shows, as moments with their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.moments import Moment, MomentId
from sidelight.domain.timeline import Span
from sidelight.domain.transcript import Speaker
from sidelight.partnering.dialogue import interruptions as cutting_in
from sidelight.partnering.dialogue import silences as quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.domain.dialogue import Interruption
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import UtteranceId
    from sidelight.partnering.dialogue.floor import Floor
    from sidelight.partnering.dialogue.silences import Silence

INTERRUPTION: Final = "interruption"
SILENCE_BROKEN: Final = "silence_broken"
SILENCE_HONOURED: Final = "silence_honoured"

SOUND_KINDS: Final = (INTERRUPTION, SILENCE_BROKEN, SILENCE_HONOURED)
"""The kinds that words alone cannot show."""

VERSION: Final = "dialogue-1"

COMPUTED: Final = 0
"""In place of a transcript version in the id of a moment that is not stored. The number
is its first millisecond, so that it keeps its id whatever else is found or erased."""


def moments_from_sound(floor: Floor) -> tuple[Moment, ...]:
    """The coach's interruptions, and the silences that were broken or left alone.

    Args:
        floor: Of a session that has ended.

    Returns:
        In order of time, each with an id that no other has.
    """
    found = [*_interruptions(floor), *_silences(floor)]
    return tuple(sorted(found, key=lambda moment: (moment.span.start, moment.kind)))


def _interruptions(floor: Floor) -> Iterator[Moment]:
    for one in cutting_in.interruptions(floor):
        if one.speaker is Speaker.COACH:
            yield _moment(
                INTERRUPTION,
                one.span,
                one.utterance_ids,
                one.quote,
                sure=_beyond(one.overlap, cutting_in.LEAST_OVERLAP_MS),
                reason=_how_it_cut_in(one),
            )


def _silences(floor: Floor) -> Iterator[Moment]:
    for one in quiet.silences(floor):
        came = one.after.utterances[0]
        evidence = (one.before.utterances[-1].id, came.id)
        if quiet.broken(one):
            yield _moment(
                SILENCE_BROKEN,
                Span(one.span.start, max(one.span.end, came.span.end)),
                evidence,
                came.text,
                sure=_beyond(one.span.length, quiet.THINKING_MS),
                reason=_how_it_broke(one),
            )
        elif quiet.honoured(one):
            yield _moment(
                SILENCE_HONOURED,
                one.span,
                evidence,
                came.text,
                sure=_beyond(one.span.length, quiet.LEFT_MS),
                reason=f"left {_seconds(one.span.length)} of silence; then this came",
            )


def _moment(
    kind: str,
    span: Span,
    evidence: tuple[UtteranceId, UtteranceId],
    quote: str,
    *,
    sure: float,
    reason: str,
) -> Moment:
    return Moment(
        id=MomentId(COMPUTED, span.start),
        kind=kind,
        form=None,
        episode=None,
        span=span,
        transcript=evidence[-1].transcript,
        utterance_ids=tuple(dict.fromkeys(evidence)),
        quote=quote,
        confidence=sure,
        reason=reason,
        detector_version=VERSION,
    )


def _how_it_cut_in(one: Interruption) -> str:
    if one.went_on:
        spoken = _seconds(one.span.length)
        return f"spoke for {spoken} while the client was in mid-flow and went on"
    return f"began {_seconds(one.overlap)} before the client had finished"


def _how_it_broke(one: Silence) -> str:
    after = _seconds(one.span.length)
    if one.before.speaker is Speaker.COACH:
        return f"spoke again {after} after a question, before the client had answered"
    return f"spoke {after} after the client had stopped in the middle of a thought"


def _beyond(measured: Millis, line: int) -> float:
    """How far beyond its line something is: 0.5 on it, towards 1. No probability."""
    return measured / (measured + line)


def _seconds(millis: int) -> str:
    """``0.8 s``; whole seconds from ten on."""
    seconds = millis / 1000
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"  # noqa: PLR2004
