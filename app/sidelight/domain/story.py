"""The whole session as review and export read it: a fold over its stored events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.domain.clocks import Clocks
from sidelight.domain.cues import SHOWN_MS
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    DirectiveGiven,
    Event,
    GapFound,
    LanguageDecided,
    MarkPlaced,
    MomentNoticed,
    MomentWithdrawn,
    OffRecord,
    RecognitionInterrupted,
    RecognitionStarted,
    RequestHeard,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import Origin
from sidelight.domain.timeline import Gap, Millis, Span
from sidelight.domain.transcript import LIVE_TRANSCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.domain.cues import Cue
    from sidelight.domain.directives import Directive
    from sidelight.domain.moments import Mark, Moment, MomentId
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Utterance

_START: Final = Millis(0)


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, ready to be shown.

    Attributes:
        session: Fixed facts; ``None`` before the first event.
        position: Latest position any event has reached.
        ended: Whether the session is over.
        utterances: In order of decision.
        moments: That count, in order of notice.
        hollow: Marks that count for nothing, in order of notice: nobody could tell who
            spoke. Without those that a counting moment has overtaken.
        withdrawn: Moments that no longer count, with the cause.
        request: The client's newest request, or ``None``.
        marks: The coach's bookmarks.
        gaps: Where sound is missing.
        off_record: What was erased.
        directives: How the pipeline was adapted.
        interruptions: Where recognition stopped for a while.
        cues: That were shown, in order.
        held: Cues that were due and not shown, each with the reasons.
        clocks: Process moments and pauses.
        last_seq: Sequence number of the newest event.
        transcript: The version of the transcript that all of this is of.
    """

    session: Session | None = None
    position: Millis = _START
    ended: bool = False
    utterances: tuple[Utterance, ...] = ()
    moments: tuple[Moment, ...] = ()
    hollow: tuple[Moment, ...] = ()
    withdrawn: tuple[tuple[Moment, WithdrawalCause], ...] = ()
    request: RequestHeard | None = None
    marks: tuple[Mark, ...] = ()
    gaps: tuple[Gap, ...] = ()
    off_record: tuple[Span, ...] = ()
    directives: tuple[Directive, ...] = ()
    interruptions: tuple[RecognitionInterrupted, ...] = ()
    cues: tuple[CueShown, ...] = ()
    held: tuple[CueHeld, ...] = ()
    clocks: Clocks = field(default_factory=Clocks)
    last_seq: int = 0
    transcript: int = LIVE_TRANSCRIPT

    @property
    def to_check(self) -> tuple[Moment, ...]:
        """What the coach decided about another version and found nothing in this one.

        Moments that the coach undid, and the coach's own whose words are not there; see
        ``domain.versions``.
        """
        undone = (
            moment
            for moment, cause in self.withdrawn
            if cause is WithdrawalCause.UNDONE
        )
        own = (
            moment
            for moment in self.moments
            if moment.origin is Origin.COACH
            and moment.quote
            and not moment.utterance_ids
        )
        found = (m for m in (*undone, *own) if m.transcript != self.transcript)
        return tuple(sorted(found, key=lambda moment: moment.span))

    def cue_on_show(self, now: Millis) -> Cue | None:
        """The cue that the coach sees now: the one place that says so.

        Args:
            now: Position of the newest sound.
        """
        if self.ended or not self.cues or self.clocks.paused_at is not None:
            return None
        newest = self.cues[-1]
        return newest.cue if newest.at <= now < newest.at + SHOWN_MS else None

    def after(self, stored: StoredEvent) -> Story:
        """The story once this event has happened."""
        event = stored.event
        told = self._with(event)
        clocks = self.clocks.after(event)
        if isinstance(event, OffRecord):
            # A moment outside the span may have rested on words inside it.
            clocks = clocks.only(told.moments)
        return replace(
            told,
            position=Millis(max(self.position, event.at)),
            clocks=clocks,
            last_seq=stored.seq,
        )

    # One arm an event: the length of the list is the number of things that happen.
    def _with(self, event: Event) -> Story:  # noqa: C901, PLR0911, PLR0912
        match event:
            case SessionStarted(session=session):
                return replace(self, session=session)
            case UtteranceHeard(utterance=utterance):
                return replace(self, utterances=(*self.utterances, utterance))
            case MomentNoticed(moment=moment) if moment.hollow:
                return replace(self, hollow=(*self.hollow, moment))
            case MomentNoticed(moment=moment):
                return self._counting(moment)
            case MomentWithdrawn(moment_id=gone, cause=cause):
                return self._without(gone, cause)
            case RequestHeard():
                return replace(self, request=event)
            case MarkPlaced(mark=mark):
                return replace(self, marks=(*self.marks, mark))
            case GapFound(gap=gap):
                return replace(self, gaps=(*self.gaps, gap))
            case DirectiveGiven(directive=directive):
                return replace(self, directives=(*self.directives, directive))
            case CueShown():
                return replace(self, cues=(*self.cues, event))
            case CueHeld():
                return replace(self, held=(*self.held, event))
            case RecognitionInterrupted():
                return replace(self, interruptions=(*self.interruptions, event))
            case OffRecord(span=span):
                return self._erased(span)
            case SessionEnded():
                return replace(self, ended=True)
            case TranscriptChosen(transcript=transcript):
                return replace(self, transcript=transcript)
            case (
                RecognitionStarted()
                | LanguageDecided()
                | SessionPaused()
                | SessionResumed()
                | TranscriptRefined()
            ):
                return self
            case _:
                assert_never(event)

    def _counting(self, moment: Moment) -> Story:
        """The turn went on, and what was hollow is certain."""
        hollow = tuple(
            mark
            for mark in self.hollow
            if mark.kind != moment.kind or not mark.span.overlaps(moment.span)
        )
        return replace(self, moments=(*self.moments, moment), hollow=hollow)

    def _without(self, gone: MomentId, cause: WithdrawalCause) -> Story:
        taken = tuple((m, cause) for m in self.moments if m.id == gone)
        kept = tuple(m for m in self.moments if m.id != gone)
        return replace(self, moments=kept, withdrawn=(*self.withdrawn, *taken))

    def _erased(self, span: Span) -> Story:
        """A live reader still has what the record no longer holds."""
        lost = {u.id for u in self.utterances if u.span.overlaps(span)}

        def stays(heard: Moment | RequestHeard) -> bool:
            rests = any(one in lost for one in heard.utterance_ids)
            return not rests and not heard.span.overlaps(span)

        return replace(
            self,
            utterances=tuple(u for u in self.utterances if u.id not in lost),
            moments=tuple(filter(stays, self.moments)),
            hollow=tuple(filter(stays, self.hollow)),
            withdrawn=tuple(one for one in self.withdrawn if stays(one[0])),
            request=self.request if self.request and stays(self.request) else None,
            cues=tuple(one for one in self.cues if not one.cue.span.touches(span)),
            held=tuple(one for one in self.held if not one.cue.span.touches(span)),
            marks=tuple(mark for mark in self.marks if not span.contains(mark.at)),
            off_record=(*self.off_record, span),
        )


def tell(events: Iterable[StoredEvent]) -> Story:
    """Fold a session's stored events, in order, into its story."""
    return reduce(Story.after, events, Story())
