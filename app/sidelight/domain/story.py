"""The whole session as review and export read it: a fold over its stored events."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, assert_never

from sidelight.domain.clocks import Clocks
from sidelight.domain.cues import SHOWN_MS
from sidelight.domain.decisions import Decisions, subject
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    Decision,
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
    StoredEvent,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
    WithdrawalCause,
    WordsEdited,
    WrapUpFinished,
)
from sidelight.domain.moments import ADDED, Origin
from sidelight.domain.retelling import Retelling
from sidelight.domain.rewording import passages
from sidelight.domain.session import Mode
from sidelight.domain.timeline import Gap, Millis, Span
from sidelight.domain.transcript import LIVE_TRANSCRIPT
from sidelight.domain.wrap_up import WrapUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidelight.domain.cues import Cue
    from sidelight.domain.directives import Directive
    from sidelight.domain.events import AboutWords
    from sidelight.domain.moments import Mark, Moment, MomentId
    from sidelight.domain.rewording import Passage
    from sidelight.domain.session import Session
    from sidelight.domain.transcript import Utterance, UtteranceId

_START: Final = Millis(0)


@dataclass(frozen=True, slots=True)
class Found:
    """Moments as they are without any decision of the coach's about them.

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
        utterances: As they are shown, in order of decision: what was heard, as the
            coach decided about its words.
        moments: That count, in order of notice, as the coach decided about them.
        hollow: Marks that count for nothing, in order of notice: nobody could tell who
            spoke. Without those that a counting moment has overtaken.
        withdrawn: Moments that no longer count, with the cause; last those that the
            coach removed afterwards.
        confirmed: Of ``moments``, what the coach confirmed, corrected or added.
        request: The client's newest request, or ``None``.
        marks: The coach's bookmarks.
        gaps: Where sound is missing; nowhere in a session that nobody listened to.
        off_record: What was erased.
        directives: How the pipeline was adapted.
        interruptions: Where recognition stopped for a while.
        cues: That were shown, in order.
        held: Cues that were due and not shown, each with the reasons.
        clocks: Process moments and pauses.
        last_seq: Sequence number of the newest event.
        transcript: The version of the transcript that all of this is of.
        found: The moments before the coach decided about them, on the words that are
            shown.
        decided: What the coach decided, and took back.
        language: What is spoken, ISO 639; ``""`` until it is decided.
        wrap_up: What the coach wrote and accepted afterwards.
        heard: The utterances as they were heard.
        noticed: The moments as they were noticed.
        asked: Every request, as it was heard.
        passages: What ``utterances`` is made of, with what was heard; empty as long as
            no decision about words holds.
        unplaced: Decisions about words that found none in this version.
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
    heard: tuple[Utterance, ...] = ()
    noticed: Found = field(default_factory=Found)
    asked: tuple[RequestHeard, ...] = ()
    passages: tuple[Passage, ...] = ()
    unplaced: tuple[AboutWords, ...] = ()

    @property
    def reworded(self) -> dict[UtteranceId, Passage]:
        """What says something else than was heard, or is somebody else's."""
        return {
            one.utterance.id: one for one in self.passages if one.reworded or one.given
        }

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
            last_seq=max(self.last_seq, stored.seq),
        )

    # One arm an event: the length of the list is the number of things that happen.
    def _with(self, event: Event) -> Story:  # noqa: C901, PLR0911, PLR0912
        match event:
            case SessionStarted(session=session):
                return replace(self, session=session)
            case UtteranceHeard(utterance=utterance):
                heard = (*self.heard, utterance)
                if not self.decided.about_words:
                    return replace(self, heard=heard, utterances=heard)
                return _settled(self, replace(self, heard=heard))
            case MomentNoticed(moment=moment) if moment.hollow:
                found = self.noticed
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
                | WordsEdited()
                | PassagesMerged()
                | PassageSplit()
                | SpeakerChanged()
                | DecisionTakenBack()
                | DecisionRestored()
            ):
                return _settled(self, replace(self, decided=self.decided.after(event)))
            case RequestHeard():
                return _settled(self, replace(self, asked=(*self.asked, event)))
            case MarkPlaced(mark=mark):
                return replace(self, marks=(*self.marks, mark))
            case MarkWithdrawn(placed_at=placed_at):
                return self._without_mark(placed_at)
            case GapFound() if self._nobody_listened:
                return self  # there never was any sound that could be missing
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

    @property
    def _nobody_listened(self) -> bool:
        return self.session is not None and self.session.mode is Mode.NO_LISTENING

    def _counting(self, moment: Moment) -> Story:
        """The turn went on, and what was hollow is certain."""
        found = self.noticed
        hollow = _not_overtaken(found.hollow, (moment,))
        counting = (*found.counting, moment)
        return self._finding(replace(found, counting=counting, hollow=hollow))

    def _without(self, gone: MomentId, cause: WithdrawalCause) -> Story:
        found = self.noticed
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
        lost = {u.id for u in self.heard if u.span.overlaps(span)}

        def stays(heard: Moment | RequestHeard) -> bool:
            rests = any(one in lost for one in heard.utterance_ids)
            return not rests and not heard.span.overlaps(span)

        found = self.noticed
        seen = [*found.counting, *found.hollow, *(m for m, _ in found.withdrawn)]
        for one in self.decided.made:
            if isinstance(one, MomentAdded):
                seen.append(one.moment)
            elif isinstance(one, SpeakerChanged):
                seen += one.found
        gone = frozenset(moment.id for moment in seen if not stays(moment))
        told = replace(
            self,
            heard=tuple(u for u in self.heard if u.id not in lost),
            # What only the sound shows is nowhere else.
            moments=tuple(filter(stays, self.moments)),
            asked=tuple(filter(stays, self.asked)),
            cues=tuple(one for one in self.cues if not one.cue.span.touches(span)),
            held=tuple(one for one in self.held if not one.cue.span.touches(span)),
            marks=tuple(mark for mark in self.marks if not span.contains(mark.at)),
            off_record=(*self.off_record, span),
            wrap_up=self.wrap_up.without(span, lost),
            noticed=Found(
                tuple(filter(stays, found.counting)),
                tuple(filter(stays, found.hollow)),
                tuple(one for one in found.withdrawn if stays(one[0])),
            ),
            decided=self.decided.without(gone, span),
        )
        return _settled(self, told)

    def _finding(self, noticed: Found) -> Story:
        return _settled(self, replace(self, noticed=noticed))


def _settled(before: Story, story: Story) -> Story:
    """The story as the coach decided about its words, and about its moments.

    What others have put among its moments (what only the sound shows) stays there.

    Args:
        before: With what was settled last.
        story: With what was heard, noticed and decided by now.
    """
    about_words = story.decided.about_words
    shown, lost = passages(story.heard, about_words) if about_words else ((), ())
    there = _told_by(story, Retelling(shown)) if shown else story.noticed
    outcome = story.decided.applied(there.counting, there.hollow)
    moments, removed = outcome.moments, outcome.removed
    asked: Sequence[RequestHeard] = story.asked
    utterances = story.heard
    if shown:
        retelling = Retelling(shown)
        asked = [one for one in map(retelling.request, asked) if one is not None]
        moments, gone = _added_retold(moments, retelling)
        there = replace(there, withdrawn=(*there.withdrawn, *gone))
        utterances = tuple(one.utterance for one in shown if not one.emptied)
    mine = {moment.id for moment in (*before.found.counting, *before.found.hollow)}
    decided = {subject(one) for one in before.decided.made}
    others = tuple(m for m in story.moments if m.id not in mine and m.id not in decided)
    sure = {moment.id for moment in moments}
    return replace(
        story,
        utterances=utterances,
        found=there,
        moments=(*moments, *others),
        hollow=outcome.hollow,
        withdrawn=(
            *there.withdrawn,
            *((m, WithdrawalCause.REMOVED) for m in removed),
        ),
        confirmed=outcome.confirmed & sure,
        request=asked[-1] if asked else None,
        passages=shown,
        unplaced=lost,
    )


def _told_by(story: Story, retelling: Retelling) -> Found:
    """What was noticed, on the words that are shown, with what was found in them."""
    noticed = story.noticed
    counting, gone = retelling.moments(noticed.counting)
    hollow, _ = retelling.moments(noticed.hollow)
    fresh = [
        moment
        for one in story.decided.about_words
        if isinstance(one, SpeakerChanged)
        for moment in retelling.moments(one.found)[0]
    ]
    for moment in fresh:
        if not any(_same(moment, one) for one in counting):
            counting = (*counting, moment)
            hollow = _not_overtaken(hollow, (moment,))
    before = (
        (now, cause)
        for moment, cause in noticed.withdrawn
        if (now := retelling.moment(moment)) is not None
    )
    not_said = ((moment, WithdrawalCause.NOT_SAID) for moment in gone)
    return Found(counting, hollow, (*before, *not_said))


def _added_retold(
    moments: Iterable[Moment], retelling: Retelling
) -> tuple[tuple[Moment, ...], tuple[tuple[Moment, WithdrawalCause], ...]]:
    """The same with what the coach added on the words that are shown; what is not."""
    kept: list[Moment] = []
    gone: list[tuple[Moment, WithdrawalCause]] = []
    for moment in moments:
        now = retelling.moment(moment) if moment.id.transcript == ADDED else moment
        if now is None:
            gone.append((moment, WithdrawalCause.NOT_SAID))
        else:
            kept.append(now)
    return tuple(kept), tuple(gone)


def _same(moment: Moment, other: Moment) -> bool:
    shared = set(moment.utterance_ids) & set(other.utterance_ids)
    return moment.kind == other.kind and bool(shared)


def _not_overtaken(
    hollow: Iterable[Moment], sure: Iterable[Moment]
) -> tuple[Moment, ...]:
    """The marks without those of the kind of a moment that is certain, there."""
    return tuple(
        mark
        for mark in hollow
        if not any(m.kind == mark.kind and m.span.overlaps(mark.span) for m in sure)
    )


def tell(events: Iterable[StoredEvent]) -> Story:
    """Fold a session's stored events, in order, into its story.

    What the coach decided holds for all of it, wherever it stands; it is settled once.
    """
    story, decided = Story(), list[StoredEvent]()
    for one in events:
        if isinstance(one.event, Decision | DecisionTakenBack | DecisionRestored):
            decided.append(one)
            continue
        if isinstance(one.event, OffRecord):  # it may take some of them along
            story, decided = _with_all(story, decided), []
        story = story.after(one)
    return _with_all(story, decided)


def _with_all(story: Story, decided: Sequence[StoredEvent]) -> Story:
    """The story once the coach decided all of this, in order."""
    if not decided:
        return story
    made = story.decided
    for stored in decided:
        made = made.after(stored.event)
    told = _settled(story, replace(story, decided=made))
    return replace(
        told,
        position=Millis(max(story.position, *(one.event.at for one in decided))),
        clocks=story.clocks.counting(told.moments),
        last_seq=max(story.last_seq, decided[-1].seq),
    )
