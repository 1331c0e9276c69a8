"""Off the record: what goes when a stretch of the session is erased.

One rule for the record, the review and the sidebar: an utterance that the stretch
touches goes whole, so the stretch grows until it cuts none; whatever overlaps it then,
and whatever rests on an utterance that went, goes too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from sidelight.domain.decisions import touched
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    DecisionRestored,
    DecisionTakenBack,
    DirectiveGiven,
    Event,
    GapFound,
    LanguageDecided,
    LineAccepted,
    LineWithdrawn,
    LineWritten,
    MarkPlaced,
    MarkWithdrawn,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentNoticed,
    MomentRemoved,
    MomentWithdrawn,
    NoteShaped,
    NoteWritten,
    OffRecord,
    PassagesMerged,
    PassageSplit,
    RecognitionInterrupted,
    RecognitionStarted,
    RequestHeard,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    SpeakerChanged,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
    WordsEdited,
    WrapUpFinished,
)
from sidelight.domain.moments import Mark
from sidelight.domain.timeline import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sidelight.domain.moments import MomentId
    from sidelight.domain.transcript import UtteranceId


def widened(span: Span, utterances: Iterable[Span]) -> Span:
    """The span, grown until it cuts no utterance in two.

    Args:
        span: What was asked for.
        utterances: Where all utterances are, of every transcript version, in any order.
    """
    apart = list(utterances)
    while True:
        touched = [one for one in apart if one.overlaps(span)]
        if not touched:
            return span
        apart = [one for one in apart if not one.overlaps(span)]
        for one in touched:
            span = span.hull(one)


def erased(events: Sequence[Event], span: Span) -> list[int]:
    """Which events go, by their place in the sequence.

    Args:
        events: All of the session.
        span: A widened one.
    """
    utterances: set[UtteranceId] = set()
    moments: set[MomentId] = set()
    decisions: set[int] = set()
    gone = []
    for place, event in enumerate(events):
        if not goes(event, span, utterances, moments, decisions):
            continue
        gone.append(place)
        match event:
            case UtteranceHeard(utterance=utterance):
                utterances.add(utterance.id)
            case MomentNoticed(moment=moment):
                moments.add(moment.id)
            case MomentAdded(decision=number, moment=moment):
                moments.add(moment.id)
                decisions.add(number)
            case SpeakerChanged(decision=number, found=found):
                moments.update(moment.id for moment in found)
                decisions.add(number)
            case (
                MomentConfirmed()
                | MomentCorrected()
                | MomentRemoved()
                | WordsEdited()
                | PassagesMerged()
                | PassageSplit()
            ):
                decisions.add(event.decision)
            case _:
                pass
    return gone


def goes(  # noqa: C901, PLR0911 - one arm for each way of going
    event: Event,
    span: Span,
    utterances: Collection[UtteranceId] = (),
    moments: Collection[MomentId] = (),
    decisions: Collection[int] = (),
) -> bool:
    """Whether this event goes with a widened span.

    Args:
        event: Any.
        span: What is erased.
        utterances: Those that went before it.
        moments: Those that went before it.
        decisions: Those that went before it.
    """
    match event:
        case UtteranceHeard(utterance=utterance):
            return utterance.span.overlaps(span)
        case MomentNoticed(moment=moment) | MomentAdded(moment=moment):
            rests = any(one in utterances for one in moment.utterance_ids)
            return rests or moment.span.overlaps(span)
        case (
            MomentWithdrawn(moment_id=moment_id)
            | MomentConfirmed(moment_id=moment_id)
            | MomentCorrected(moment_id=moment_id)
            | MomentRemoved(moment_id=moment_id)
        ):
            return moment_id in moments
        case WordsEdited() | PassagesMerged() | PassageSplit() | SpeakerChanged():
            return touched(event, span)
        case DecisionTakenBack(decision=number) | DecisionRestored(decision=number):
            return number in decisions
        case (
            RequestHeard(span=heard, utterance_ids=ids)
            | LineAccepted(span=heard, utterance_ids=ids)
        ):
            return heard.overlaps(span) or any(one in utterances for one in ids)
        case LineWritten(span=of, utterance_ids=ids):
            there = of is not None and of.overlaps(span)
            return there or any(one in utterances for one in ids)
        case MarkPlaced(mark=Mark(at=at)) | MarkWithdrawn(placed_at=at):
            return span.contains(at)
        case CueShown(cue=cue) | CueHeld(cue=cue):
            return cue.span.touches(span)
        case (
            SessionStarted()
            | GapFound()
            | SessionPaused()
            | SessionResumed()
            | RecognitionStarted()
            | LanguageDecided()
            | RecognitionInterrupted()
            | DirectiveGiven()
            | OffRecord()
            | SessionEnded()
            | TranscriptRefined()
            | TranscriptChosen()
            | NoteWritten()
            | LineWithdrawn()
            | NoteShaped()
            | WrapUpFinished()
        ):
            return False
        case _:
            assert_never(event)


def without_words(event: Event) -> Event:
    """The event as a session that keeps no words may keep it: who, when and what kind.

    The coach's own notes and the client's first name stay; they are not from the sound.
    """
    match event:
        case UtteranceHeard(utterance=utterance):
            return replace(event, utterance=replace(utterance, words=(), text=""))
        case MomentNoticed(moment=moment) | MomentAdded(moment=moment):
            return replace(event, moment=replace(moment, quote=""))
        case RequestHeard() | LineAccepted():
            return replace(event, quote="")
        case SpeakerChanged(found=found):
            bare = tuple(replace(moment, quote="") for moment in found)
            return replace(event, found=bare)
        case WordsEdited() | LineWritten(span=Span()):
            return replace(event, text="")
        case (
            SessionStarted()
            | MomentWithdrawn()
            | MomentConfirmed()
            | MomentCorrected()
            | MomentRemoved()
            | PassagesMerged()
            | PassageSplit()
            | DecisionTakenBack()
            | DecisionRestored()
            | MarkPlaced()
            | MarkWithdrawn()
            | CueShown()
            | CueHeld()
            | GapFound()
            | SessionPaused()
            | SessionResumed()
            | RecognitionStarted()
            | LanguageDecided()
            | RecognitionInterrupted()
            | DirectiveGiven()
            | OffRecord()
            | SessionEnded()
            | TranscriptRefined()
            | TranscriptChosen()
            | NoteWritten()
            | LineWritten()
            | LineWithdrawn()
            | NoteShaped()
            | WrapUpFinished()
        ):
            return event
        case _:
            assert_never(event)
