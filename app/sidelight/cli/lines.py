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
    PassagesMerged,
    PassageSplit,
    RequestHeard,
    SpeakerChanged,
    UtteranceHeard,
    WordsEdited,
)
from sidelight.domain.transcript import Place

if TYPE_CHECKING:
    from sidelight.domain.events import AboutMoment, AboutWords, Event
    from sidelight.domain.moments import Moment
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import Utterance

PROBABILITY_DIGITS = 3


def session_line(  # noqa: PLR0911 - one arm an event
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
            return "utterance", utterance_fields(utterance) | times
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
        case WordsEdited() | PassagesMerged() | PassageSplit() | SpeakerChanged():
            number: dict[str, object] = {"decision": event.decision}
            return "decision", number | _about_words(event) | times
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
    event: AboutMoment | DecisionTakenBack | DecisionRestored,
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


def _about_words(event: AboutWords) -> dict[str, object]:
    match event:
        case WordsEdited(place=place):
            return {"did": "edited"} | _place(place)
        case PassagesMerged(first=first, second=second):
            both = Place(first.span.hull(second.span), first.channel)
            return {"did": "merged"} | _place(both)
        case PassageSplit(place=place, cut=cut):
            return {"did": "split", "cut_ms": cut} | _place(place)
        case SpeakerChanged(place=place, speaker=speaker):
            return {"did": "speaker", "speaker": speaker} | _place(place)


def _place(place: Place) -> dict[str, object]:
    """Where in the sound, and on whose channel."""
    return {
        "start_ms": place.span.start,
        "end_ms": place.span.end,
        "channel": place.channel,
    }


def utterance_fields(utterance: Utterance) -> dict[str, object]:
    """An utterance as JSON fields."""
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
