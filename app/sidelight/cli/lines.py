"""The JSON lines that tell of a session, in one shape for every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    RequestHeard,
    UtteranceHeard,
)

if TYPE_CHECKING:
    from sidelight.domain.events import Event
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
            return "hollow" if moment.hollow else "moment", _moment(moment) | times
        case MomentWithdrawn(moment_id=gone, cause=cause):
            return "withdrawn", {"moment": str(gone), "cause": cause} | times
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
    return "check", _moment(moment)


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


def _moment(moment: Moment) -> dict[str, object]:
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
