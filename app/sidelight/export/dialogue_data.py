"""How the two talked with each other, as data for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sidelight.domain.dialogue import Dialogue
    from sidelight.domain.timeline import Span


def dialogue_data(dialogue: Dialogue | None) -> dict[str, Any] | None:
    """The measures as JSON-ready data, times in milliseconds."""
    if dialogue is None:
        return None
    talk, door = dialogue.talk, dialogue.doorway
    return {
        "talk_ms": {
            "coach": talk.coach,
            "client": talk.client,
            "both": talk.both,
            "silence": talk.silence,
        },
        "pauses": [
            {**_span(one.span), "before": one.before, "after": one.after}
            for one in dialogue.pauses
        ],
        "replies": [
            {"speaker": one.speaker, "at_ms": one.at, "latency_ms": one.latency}
            for one in dialogue.replies
        ],
        "overlaps": [
            {**_span(one.span), "starter": one.starter} for one in dialogue.overlaps
        ],
        "interruptions": [
            {
                "speaker": one.speaker,
                **_span(one.span),
                "overlap_ms": one.overlap,
                "quote": one.quote,
            }
            for one in dialogue.interruptions
        ],
        "questions": [
            {**_span(one.span), "open": one.open, "quote": one.quote}
            for one in dialogue.questions
        ],
        "forks": [
            {
                **_span(one.span),
                "chooser": one.chooser,
                "quote": one.quote,
                "reason": one.reason,
            }
            for one in dialogue.forks
        ],
        "doorway": door
        and {
            **_span(door.span),
            "kind": door.move and door.move.kind,
            "quote": door.quote,
        },
    }


def _span(span: Span) -> dict[str, int]:
    return {"start_ms": span.start, "end_ms": span.end}
