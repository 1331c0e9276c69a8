"""The whole session as review and export read it: a fold over its stored events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.domain.clocks import Clocks
from sidelight.domain.cues import SHOWN_MS
from sidelight.domain.decisions import Decisions, subject
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
    WrapUpFinished,
)
from sidelight.domain.moments import Origin
from sidelight.domain.timeline import Gap, Millis, Span
from sidelight.domain.transcript import LIVE_TRANSCRIPT
from sidelight.domain.wrap_up import WrapUp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sidelight.domain.cues import Cue
    from sidelight.domain.directives import Directive
    from sidelight.domain.moments import Mark, Moment, MomentId
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Utterance

_START: Final = Millis(0)


@dataclass(frozen=True, slots=True)
class Found:
    """Moments as they are without any decision of the coach's afterwards.

    Attributes:
        counting: In order of notice.
        hollow: Marks that count for nothing, in order of notice.
        withdrawn: That no longer count, with the cause.
    """

    counting: tuple[Moment, ...] = ()
    hollow: tuple[Moment, ...] = ()
    withdrawn: tuple[tuple[Moment, WithdrawalCause], ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, ready to be shown.

    Attributes:
        session: Fixed facts; ``None`` before the first event.
        position: Latest position any event has reached.
        ended: Whether the session is over.
        utterances: In order of decision.
        moments: That count, in order of notice, as the coach decided about them.
        hollow: Marks that count for nothing, in order of notice: nobody could tell who
            spoke. Without those that a counting moment has overtaken.
        withdrawn: Moments that no longer count, with the cause; last those that the
            coach removed afterwards.
        confirmed: Of ``moments``, what the coach confirmed, corrected or added.
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
        found: The moments before the coach decided about them.
        decided: What the coach decided about them, and took back.
        language: What is spoken, ISO 639; ``""`` until it is decided.
        wrap_up: What the coach wrote and accepted afterwards.
    """

    session: Session | None = None
    position: Millis = _START
    ended: bool = False
    utterances: tuple[Utterance, ...] = ()
    moments: tuple[Moment, ...] = ()
    hollow: tuple[Moment, ...] = ()
    withdrawn: tuple[tuple[Moment, WithdrawalCause], ...] = ()
    confirmed: frozenset[MomentId] = frozenset()
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
    found: Found = field(default_factory=Found)
    decided: Decisions = field(default_factory=Decisions)
    language: str = ""
    wrap_up: WrapUp = field(default_factory=WrapUp)

    @property
    def to_check(self) -> tuple[Moment, ...]:
        """What the coach decided about another version and found nothing in this one.

        Moments that the coach undid, removed, confirmed or corrected, and the coach's
        own whose words are not there; see ``domain.versions``.
        """
        gone = (
            moment
            for moment, cause in self.withdrawn
            if cause is not WithdrawalCause.TOOK_BACK
        )
        theirs = (
            moment
            for moment in self.moments
            if moment.id in self.confirmed or moment.origin is Origin.COACH
        )
        found = (m for m in (*gone, *theirs) if self._elsewhere(m))
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

    def _elsewhere(self, moment: Moment) -> bool:
        """Whether it has words, and none of this version's."""
        here = any(one.transcript == self.transcript for one in moment.utterance_ids)
        worded = moment.utterance_ids or moment.quote
        return moment.transcript != self.transcript and bool(worded) and not here

    def after(self, stored: StoredEvent) -> Story:
        """The story once this event has happened."""
        event = stored.event
        told = self._with(event)
        clocks = self.clocks.after(event)
        if isinstance(event, OffRecord):
            # A moment outside the span may have rested on words inside it.
            clocks = clocks.only(told.moments)
        if told.decided.made or self.decided.made:
            clocks = clocks.counting(told.moments)
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
                found = self.found
                return self._finding(replace(found, hollow=(*found.hollow, moment)))
            case MomentNoticed(moment=moment):
                return self._counting(moment)
            case MomentWithdrawn(moment_id=gone, cause=cause):
                return self._without(gone, cause)
            case (
                MomentConfirmed()
                | MomentCorrected()
                | MomentRemoved()
                | MomentAdded()
                | DecisionTakenBack()
                | DecisionRestored()
            ):
                return _settled(self, self.found, self.decided.after(event))
            case RequestHeard():
                return replace(self, request=event)
            case MarkPlaced(mark=mark):
                return replace(self, marks=(*self.marks, mark))
            case MarkWithdrawn(placed_at=placed_at):
                return self._without_mark(placed_at)
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
            case LanguageDecided(language=language):
                return replace(self, language=language)
            case (
                NoteWritten()
                | LineAccepted()
                | LineWritten()
                | LineWithdrawn()
                | NoteShaped()
                | WrapUpFinished()
            ):
                return replace(self, wrap_up=self.wrap_up.after(event))
            case (
                RecognitionStarted()
                | SessionPaused()
                | SessionResumed()
                | TranscriptRefined()
            ):
                return self
            case _:
                assert_never(event)

    def _counting(self, moment: Moment) -> Story:
        """The turn went on, and what was hollow is certain."""
        found = self.found
        hollow = tuple(
            mark
            for mark in found.hollow
            if mark.kind != moment.kind or not mark.span.overlaps(moment.span)
        )
        counting = (*found.counting, moment)
        return self._finding(replace(found, counting=counting, hollow=hollow))

    def _without(self, gone: MomentId, cause: WithdrawalCause) -> Story:
        found = self.found
        taken = tuple((m, cause) for m in found.counting if m.id == gone)
        kept = tuple(m for m in found.counting if m.id != gone)
        withdrawn = (*found.withdrawn, *taken)
        return self._finding(replace(found, counting=kept, withdrawn=withdrawn))

    def _without_mark(self, placed_at: Millis) -> Story:
        at = [number for number, mark in enumerate(self.marks) if mark.at == placed_at]
        kept = (m for number, m in enumerate(self.marks) if number not in at[-1:])
        return replace(self, marks=tuple(kept))

    def _erased(self, span: Span) -> Story:
        """A live reader still has what the record no longer holds."""
        lost = {u.id for u in self.utterances if u.span.overlaps(span)}

        def stays(heard: Moment | RequestHeard) -> bool:
            rests = any(one in lost for one in heard.utterance_ids)
            return not rests and not heard.span.overlaps(span)

        found = self.found
        own = (e.moment for e in self.decided.made if isinstance(e, MomentAdded))
        gone_before = (moment for moment, _ in self.withdrawn)
        seen = (*self.moments, *self.hollow, *gone_before, *own)
        gone = frozenset(moment.id for moment in seen if not stays(moment))
        told = replace(
            self,
            utterances=tuple(u for u in self.utterances if u.id not in lost),
            moments=tuple(filter(stays, self.moments)),
            request=self.request if self.request and stays(self.request) else None,
            cues=tuple(one for one in self.cues if not one.cue.span.touches(span)),
            held=tuple(one for one in self.held if not one.cue.span.touches(span)),
            marks=tuple(mark for mark in self.marks if not span.contains(mark.at)),
            off_record=(*self.off_record, span),
            wrap_up=self.wrap_up.without(span, lost),
        )
        left = Found(
            tuple(filter(stays, found.counting)),
            tuple(filter(stays, found.hollow)),
            tuple(one for one in found.withdrawn if stays(one[0])),
        )
        return _settled(told, left, self.decided.without(gone))

    def _finding(self, found: Found) -> Story:
        return _settled(self, found, self.decided)


def _settled(story: Story, found: Found, decided: Decisions) -> Story:
    """The story with these moments, as the coach decides about them.

    What others have put among its moments (what only the sound shows) stays there.
    """
    mine = {moment.id for moment in (*story.found.counting, *story.found.hollow)}
    mine |= {subject(one) for one in story.decided.made}
    others = tuple(moment for moment in story.moments if moment.id not in mine)
    outcome = decided.applied(found.counting, found.hollow)
    removed = tuple((m, WithdrawalCause.REMOVED) for m in outcome.removed)
    return replace(
        story,
        found=found,
        decided=decided,
        moments=(*outcome.moments, *others),
        hollow=outcome.hollow,
        withdrawn=(*found.withdrawn, *removed),
        confirmed=outcome.confirmed,
    )


def tell(events: Iterable[StoredEvent]) -> Story:
    """Fold a session's stored events, in order, into its story."""
    return reduce(Story.after, events, Story())
