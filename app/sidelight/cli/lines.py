"""The JSON lines that tell of a session, in one shape for every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.events import (
    DecisionRestored,
    DecisionTakenBack,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentNoticed,
    MomentRemoved,
    MomentWithdrawn,
    RequestHeard,
    UtteranceHeard,
)

if TYPE_CHECKING:
    from sidelight.domain.events import Decision, Event
    from sidelight.domain.moments import Moment
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import Utterance

PROBABILITY_DIGITS = 3


def session_line(
    event: Event, committed_at: Millis
) -> tuple[str, dict[str, object]] | None:
    """The line of an event.

    Args:
        event: What happened.
        committed_at: Position of the sound when it was stored.

    Returns:
        ``type`` and fields, or ``None`` for events that are not told in lines.
    """
    times: dict[str, object] = {
        "decided_at_ms": event.at,
        "committed_at_ms": committed_at,
    }
    match event:
        case UtteranceHeard(utterance=utterance):
            return "utterance", _utterance(utterance) | times
        case MomentNoticed(moment=moment):
            return "hollow" if moment.hollow else "moment", moment_fields(
                moment
            ) | times
        case MomentWithdrawn(moment_id=gone, cause=cause):
            return "withdrawn", {"moment": str(gone), "cause": cause} | times
        case (
            MomentConfirmed()
            | MomentCorrected()
            | MomentRemoved()
            | MomentAdded()
            | DecisionTakenBack()
            | DecisionRestored()
        ):
            return "decision", _decision(event) | times
        case RequestHeard(span=span, utterance_ids=ids, quote=quote):
            fields: dict[str, object] = {
                "start_ms": span.start,
                "end_ms": span.end,
                "utterances": [str(id_) for id_ in ids],
                "quote": quote,
            }
            return "request", fields | times
        case _:
            return None


def check_line(moment: Moment) -> tuple[str, dict[str, object]]:
    """The line of a decision that found nothing in the transcript that is shown.

    Args:
        moment: Of ``Story.to_check``.
    """
    return "check", moment_fields(moment)


def _decision(
    event: Decision | DecisionTakenBack | DecisionRestored,
) -> dict[str, object]:
    """What the coach decided, its number, and what it is about."""
    fields: dict[str, object] = {"decision": event.decision}
    match event:
        case MomentConfirmed(moment_id=about):
            return fields | {"did": "confirmed", "moment": str(about)}
        case MomentCorrected(moment_id=about, kind=kind, form=form):
            what = {"moment": str(about), "kind": kind, "form": form}
            return fields | {"did": "corrected"} | what
        case MomentRemoved(moment_id=about):
            return fields | {"did": "removed", "moment": str(about)}
        case MomentAdded(moment=moment):
            return (
                fields
                | {"did": "added", "moment": str(moment.id)}
                | moment_fields(moment)
            )
        case DecisionTakenBack():
            return fields | {"did": "taken_back"}
        case DecisionRestored():
            return fields | {"did": "restored"}


def _utterance(utterance: Utterance) -> dict[str, object]:
    return {
        "id": str(utterance.id),
        "speaker": utterance.speaker,
        "start_ms": utterance.span.start,
        "end_ms": utterance.span.end,
        "text": utterance.text,
        "words": [
            {
                "text": word.text,
                "start_ms": word.span.start,
                "end_ms": word.span.end,
                "p": round(word.probability, PROBABILITY_DIGITS),
            }
            for word in utterance.words
        ],
        "doubt": utterance.doubt,
    }


def moment_fields(moment: Moment) -> dict[str, object]:
    """A moment as JSON fields."""
    return {
        "id": str(moment.id),
        "kind": moment.kind,
        "form": moment.form,
        "episode": moment.episode,
        "start_ms": moment.span.start,
        "end_ms": moment.span.end,
        "quote": moment.quote,
        "confidence": round(moment.confidence, PROBABILITY_DIGITS),
        "reason": moment.reason,
        "utterances": [str(id_) for id_ in moment.utterance_ids],
    }
