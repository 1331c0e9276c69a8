"""What the coach decided: a fold, and what it makes of the moments.

A decision is an event with a number of its own. Taking it back is an event that names
the number, and so is restoring it: nothing is rewritten, undoing goes back to the first
decision there was, and it makes no difference how often one changes one's mind. What
holds is applied to what was noticed, in order; a decision about a moment that is not
there (it was erased, or another version of the transcript has none) does nothing. What
those about words make of the transcript is ``domain.rewording``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import (
    AboutMoment,
    AboutWords,
    Decision,
    DecisionRestored,
    DecisionTakenBack,
    Event,
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentRemoved,
    PassagesMerged,
    SpeakerChanged,
    WordsEdited,
)
from sidelight.domain.moments import Moment, MomentId, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidelight.domain.timeline import Span
    from sidelight.domain.transcript import Place

BY_THE_COACH: Final = "you decided so"
"""Reason of a moment that is what the coach says it is."""


def subject(decision: Decision) -> MomentId | None:
    """The moment that a decision is about; ``None``: it is about words."""
    if isinstance(decision, AboutWords):
        return None
    if isinstance(decision, MomentAdded):
        return decision.moment.id
    return decision.moment_id


def places(decision: AboutWords) -> tuple[Place, ...]:
    """The passages that a decision is about."""
    if isinstance(decision, PassagesMerged):
        return decision.first, decision.second
    return (decision.place,)


def touched(decision: AboutWords, span: Span) -> bool:
    """Whether a decision is about anything in this span."""
    return any(place.span.touches(span) for place in places(decision))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the decisions make of the moments.

    Attributes:
        moments: That count, in the order they were noticed, the added ones last.
        hollow: Marks that count for nothing.
        removed: By the coach, in the order of removal.
        confirmed: Of ``moments``, what the coach confirmed, corrected or added.
    """

    moments: tuple[Moment, ...]
    hollow: tuple[Moment, ...]
    removed: tuple[Moment, ...]
    confirmed: frozenset[MomentId]


@dataclass(frozen=True, slots=True)
class Decisions:
    """The coach's decisions about one session, one stack for moments and words.

    Attributes:
        made: Every one, in order.
        taken_back: Numbers of those that do not hold, in the order of taking back.
        redoable: How many of the last of ``taken_back`` a redo would restore: none
            once something new was decided.
    """

    made: tuple[Decision, ...] = ()
    taken_back: tuple[int, ...] = ()
    redoable: int = 0

    def after(self, event: Event) -> Decisions:
        """The decisions once this event has happened."""
        if isinstance(event, Decision):
            return replace(self, made=(*self.made, event), redoable=0)
        match event:
            case DecisionTakenBack(decision=number):
                rest = tuple(one for one in self.taken_back if one != number)
                return replace(
                    self, taken_back=(*rest, number), redoable=self.redoable + 1
                )
            case DecisionRestored(decision=number):
                rest = tuple(one for one in self.taken_back if one != number)
                return replace(
                    self, taken_back=rest, redoable=max(0, self.redoable - 1)
                )
            case _:
                return self

    @classmethod
    def of(cls, events: Iterable[Event]) -> Decisions:
        """From a session's events."""
        decided = cls()
        for event in events:
            decided = decided.after(event)
        return decided

    @property
    def standing(self) -> tuple[Decision, ...]:
        """Those that hold, in order."""
        gone = frozenset(self.taken_back)
        return tuple(one for one in self.made if one.decision not in gone)

    @property
    def about_moments(self) -> tuple[AboutMoment, ...]:
        """Those about moments that hold, in order."""
        return tuple(one for one in self.standing if isinstance(one, AboutMoment))

    @property
    def about_words(self) -> tuple[AboutWords, ...]:
        """Those about words that hold, in order."""
        return tuple(one for one in self.standing if isinstance(one, AboutWords))

    @property
    def to_undo(self) -> Decision | None:
        """The one that an undo takes back: the newest that holds."""
        return self.standing[-1] if self.standing else None

    @property
    def to_redo(self) -> Decision | None:
        """The one that a redo restores, unless something was decided since."""
        if not self.redoable:
            return None
        number = self.taken_back[-1]
        return next((one for one in self.made if one.decision == number), None)

    def wordless(self) -> Decisions:
        """The same without a word that was said, or put in its place."""
        return replace(self, made=tuple(map(_wordless, self.made)))

    def without(self, moments: frozenset[MomentId], span: Span) -> Decisions:
        """The decisions once a span was erased, and these moments with it."""
        about = set(moments)
        gone: set[int] = set()
        for one in self.made:
            if isinstance(one, AboutWords):
                if touched(one, span):
                    gone.add(one.decision)
                    if isinstance(one, SpeakerChanged):
                        about |= {moment.id for moment in one.found}
            elif subject(one) in about:
                gone.add(one.decision)
        if not gone:
            return self
        back = tuple(number for number in self.taken_back if number not in gone)
        last = self.taken_back[len(self.taken_back) - self.redoable :]
        kept = sum(number not in gone for number in last)
        made = tuple(one for one in self.made if one.decision not in gone)
        return Decisions(made, back, kept)

    def applied(self, noticed: Sequence[Moment], hollow: Sequence[Moment]) -> Outcome:
        """What counts, once everything that holds is applied.

        Args:
            noticed: Moments that count without any decision, in order.
            hollow: Marks that do not.
        """
        counting = {moment.id: moment for moment in noticed}
        marks = {moment.id: moment for moment in hollow}
        removed: dict[MomentId, Moment] = {}
        sure: set[MomentId] = set()
        for one in self.about_moments:
            if isinstance(one, MomentAdded):
                counting[one.moment.id] = one.moment
                sure.add(one.moment.id)
                continue
            about = one.moment_id
            moment = counting.get(about) or marks.pop(about, None)
            if moment is None:
                continue
            if isinstance(one, MomentRemoved):
                counting.pop(about, None)
                sure.discard(about)
                removed[about] = moment
            else:
                counting[about] = _decided(moment, one)
                sure.add(about)
        return Outcome(
            tuple(counting.values()),
            tuple(marks.values()),
            tuple(removed.values()),
            frozenset(sure),
        )


def _wordless(decision: Decision) -> Decision:
    match decision:
        case MomentAdded(moment=moment):
            return replace(decision, moment=replace(moment, quote=""))
        case WordsEdited():
            return replace(decision, text="")
        case SpeakerChanged(found=found):
            bare = tuple(replace(moment, quote="") for moment in found)
            return replace(decision, found=bare)
        case _:
            return decision


def _decided(moment: Moment, decision: MomentConfirmed | MomentCorrected) -> Moment:
    if isinstance(decision, MomentConfirmed):
        if not moment.hollow:
            return moment
        return replace(moment, hollow=False, episode=decision.episode)
    return replace(
        moment,
        kind=decision.kind,
        form=decision.form,
        episode=decision.episode,
        confidence=1.0,
        reason=BY_THE_COACH,
        detector_version="",
        origin=Origin.COACH,
        hollow=False,
    )
