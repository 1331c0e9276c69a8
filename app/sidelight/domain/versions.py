"""Versions of a session's transcript: the list of events as one of them tells it.

The record holds every version; whoever reads a session sees one. Words and what was
made of them belong to a version; the session, its sound and the coach's bookmarks do
not. What the coach decided about a moment is about what happened, so it follows to the
moment of the same kind in another version, where at least half of it overlaps. What
finds none there stays as it was, to be checked. What the coach decided about words
names their sound, and needs nothing here (``domain.rewording``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sidelight.domain.decisions import Decisions
from sidelight.domain.events import (
    MomentAdded,
    MomentConfirmed,
    MomentCorrected,
    MomentNoticed,
    MomentRemoved,
    MomentWithdrawn,
    RequestHeard,
    SpeakerChanged,
    TranscriptChosen,
    TranscriptRefined,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import Origin
from sidelight.domain.transcript import LIVE_TRANSCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidelight.domain.events import Event, StoredEvent
    from sidelight.domain.moments import Moment, MomentId
    from sidelight.domain.timeline import Millis, Span
    from sidelight.domain.transcript import Utterance


def chosen(events: Iterable[StoredEvent]) -> int:
    """The version that the session is shown in."""
    version = LIVE_TRANSCRIPT
    for stored in events:
        if isinstance(stored.event, TranscriptChosen):
            version = stored.event.transcript
    return version


def as_chosen(events: Sequence[StoredEvent]) -> list[StoredEvent]:
    """What the chosen version tells.

    Args:
        events: All of the session's, of every version, in order.

    Returns:
        Those that belong to it or to no version, in order. The coach's own moments rest
        on its utterances now. A decision that finds nothing in it stays with the moment
        that it was about.
    """
    return in_version(events, chosen(events))


def in_version(events: Sequence[StoredEvent], version: int) -> list[StoredEvent]:
    """What a version tells, as ``as_chosen``, chosen or not.

    Args:
        events: All of the session's, of every version, in order.
        version: Which.
    """
    decided = _Decided.of(events, version)
    return [
        replace(stored, event=seen)
        for stored in events
        if (seen := decided.seen(stored.event)) is not None
    ]


def of_version(events: Iterable[StoredEvent], version: int) -> list[StoredEvent]:
    """The events of this version alone, in order."""
    return [one for one in events if _version(one.event) == version]


def follow_ups(
    events: Sequence[StoredEvent], version: int, at: Millis
) -> list[MomentWithdrawn]:
    """What the coach undid in other versions and has to be undone in this one too.

    Args:
        events: All of the session's, of every version.
        version: It is about to be chosen.
        at: Position to stamp on what follows.
    """
    decided = _Decided.of(events, version)
    found = (decided.counterpart(moment) for moment in decided.undone)
    gone = {
        one.event.moment_id for one in events if isinstance(one.event, MomentWithdrawn)
    }
    ids = dict.fromkeys(one.id for one in found if one is not None)
    return [
        MomentWithdrawn(at, moment_id, WithdrawalCause.UNDONE)
        for moment_id in ids
        if moment_id not in gone
    ]


def half_overlaps(span: Span, other: Span) -> bool:
    """Whether at least half of ``span`` lies in ``other``."""
    shared = span.overlap(other)
    return shared > 0 and 2 * shared >= span.length


class _Decided:
    """What the coach decided, looked at from one version."""

    def __init__(
        self,
        version: int,
        moments: dict[MomentId, Moment],
        utterances: list[Utterance],
        undone: set[MomentId],
        decisions: Decisions,
    ) -> None:
        self._version = version
        self._mine = [
            moment
            for moment in moments.values()
            if moment.id.transcript == version
            and moment.origin is Origin.DETECTOR
            and not moment.hollow
        ]
        self._utterances = utterances
        others = [m for m in moments.values() if m.id.transcript != version]
        self.undone = [
            m for m in others if m.id in undone and m.origin is Origin.DETECTOR
        ]
        self._by_coach = {m.id: m for m in others if m.origin is Origin.COACH}
        self._unfollowed = {m.id for m in self.undone if self.counterpart(m) is None}
        # What the coach found and this version's detector too is the coach's.
        standing = [m for id_, m in self._by_coach.items() if id_ not in undone]
        added, self._called = _judged(decisions)
        found = (self.counterpart(moment) for moment in (*standing, *added))
        self._twice = {one.id for one in found if one is not None}
        held = {
            one.moment_id
            for one in decisions.about_moments
            if not isinstance(one, MomentAdded)
        }
        self._follow: dict[MomentId, MomentId] = {}
        for moment in others:
            if moment.id in self._called and moment.origin is Origin.DETECTOR:
                self._take_along(moment, holds=moment.id in held)

    def _take_along(self, moment: Moment, *, holds: bool) -> None:
        """Let decisions about a moment of another version be about this one's.

        It may be called what it was, or what the coach said it is.
        """
        called = (moment.kind, *self._called[moment.id])
        found = [self.counterpart(replace(moment, kind=kind)) for kind in called]
        ids = [one.id for one in found if one is not None]
        if ids:
            self._follow[moment.id] = ids[0]
            self._twice |= {one for one in ids if one != ids[0]}
        elif holds:
            self._follow[moment.id] = moment.id
            self._unfollowed.add(moment.id)

    @classmethod
    def of(cls, events: Iterable[StoredEvent], version: int) -> _Decided:
        """From all events of the session."""
        moments: dict[MomentId, Moment] = {}
        utterances: list[Utterance] = []
        undone: set[MomentId] = set()
        decisions = Decisions()
        for stored in events:
            decisions = decisions.after(stored.event)
            match stored.event:
                case MomentNoticed(moment=moment):
                    moments[moment.id] = moment
                case UtteranceHeard(utterance=one) if one.id.transcript == version:
                    utterances.append(one)
                case MomentWithdrawn(moment_id=gone, cause=WithdrawalCause.UNDONE):
                    undone.add(gone)
                case _:
                    pass
        return cls(version, moments, utterances, undone, decisions)

    def counterpart(self, moment: Moment) -> Moment | None:
        """The moment of this version that is about the same."""
        alike = [
            one
            for one in self._mine
            if one.kind == moment.kind and half_overlaps(moment.span, one.span)
        ]
        return max(alike, key=lambda one: moment.span.overlap(one.span), default=None)

    def seen(self, event: Event) -> Event | None:  # noqa: PLR0911 - one arm an event
        """The event as this version tells it; ``None``: it does not."""
        if isinstance(event, MomentConfirmed | MomentCorrected | MomentRemoved):
            return self._about(event)
        if isinstance(event, MomentAdded):
            return replace(event, moment=self._attached(event.moment))
        if isinstance(event, SpeakerChanged):
            return replace(event, found=tuple(map(self._attached, event.found)))
        version = _version(event)
        if version is None:
            return event
        match event:
            case MomentNoticed(moment=moment) if moment.id in self._by_coach:
                return replace(event, moment=self._attached(moment))
            case MomentNoticed(moment=moment):
                shown = version == self._version and moment.id not in self._twice
                return event if shown or moment.id in self._unfollowed else None
            case MomentWithdrawn(moment_id=gone) if gone in self._twice:
                return None
            case MomentWithdrawn(moment_id=gone) if version != self._version:
                kept = gone in self._by_coach or gone in self._unfollowed
                return event if kept else None
            case _:
                return event if version == self._version else None

    def _about(
        self, decision: MomentConfirmed | MomentCorrected | MomentRemoved
    ) -> Event:
        """The decision, about this version's moment.

        One that was taken back and finds none stays as it is: it can be restored.
        """
        followed = self._follow.get(decision.moment_id, decision.moment_id)
        return replace(decision, moment_id=followed)

    def _attached(self, moment: Moment) -> Moment:
        """The coach's own, on the words of this version that it is about."""
        if moment.transcript == self._version:
            return moment
        under = tuple(
            one.id
            for one in self._utterances
            if half_overlaps(moment.span, one.span)
            or half_overlaps(one.span, moment.span)
        )
        return replace(moment, utterance_ids=under)


def _judged(
    decisions: Decisions,
) -> tuple[list[Moment], dict[MomentId, tuple[str, ...]]]:
    """Moments that were added and still stand, and what others were decided to be.

    Of each moment that was ever decided about, the kinds that it was corrected to, as
    far as those decisions hold.
    """
    called: dict[MomentId, tuple[str, ...]] = {}
    for one in decisions.made:
        if isinstance(one, MomentConfirmed | MomentCorrected | MomentRemoved):
            called.setdefault(one.moment_id, ())
    for one in decisions.standing:
        if isinstance(one, MomentCorrected):
            called[one.moment_id] = (*called[one.moment_id], one.kind)
    return list(decisions.applied((), ()).moments), called


def _version(event: Event) -> int | None:  # noqa: PLR0911 - one arm an event
    """The version that an event belongs to; ``None``: to the session itself."""
    match event:
        case UtteranceHeard(utterance=utterance):
            return utterance.id.transcript
        case MomentNoticed(moment=moment):
            return moment.id.transcript
        case MomentWithdrawn(moment_id=moment_id):
            return moment_id.transcript
        case RequestHeard(utterance_ids=(first, *_)):
            return first.transcript
        case RequestHeard():
            return LIVE_TRANSCRIPT
        case TranscriptRefined(transcript=transcript):
            return transcript
        case _:
            return None
