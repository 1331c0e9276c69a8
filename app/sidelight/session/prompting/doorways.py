"""Which cues are due: a fold over the events, and the agreed length.

A doorway opens when something happened (an answer, a fork) or where the agreed length
puts one; that time has passed since the coach partnered never opens any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.domain.clocks import Clocks
from sidelight.domain.cues import Cue, Hold, Occasion
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    MomentNoticed,
    SessionStarted,
    UtteranceHeard,
)
from sidelight.domain.moments import DIRECTION, ON_TRACK, PROCESS_KINDS, SUPPORT
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import Doubt, Speaker
from sidelight.partnering.dialogue.forks import goes_ahead, names_threads
from sidelight.partnering.reading import read

if TYPE_CHECKING:
    from sidelight.domain.events import Event
    from sidelight.domain.moments import Moment
    from sidelight.domain.transcript import Utterance, UtteranceId

MINUTE: Final = 60_000

FIRST_MS: Final = 5 * MINUTE
"""Before it there is no doorway of the agreed length: nothing may be shown there."""

BEFORE_END_MS: Final = 10 * MINUTE

ASKED_LATELY_MS: Final = 4 * MINUTE
"""A doorway of the agreed length is none for who asked so shortly before it. Our own
addition: a reminder of what was just done would only disturb."""

_AGREEMENT: Final = "agreement"
_NOT_EXPLORING: Final = frozenset({_AGREEMENT, "care", "engagement", *PROCESS_KINDS})
_EDGE_MS: Final = 500
"""Times of words may be wrong by so much."""


class Doorways:
    """The doorways that are open. One of each occasion at a time."""

    def __init__(self) -> None:
        """Before the session."""
        self._planned_ms: int | None = None
        self._clocks = Clocks()
        self._maybe_asked: dict[str, Millis] = {}
        self._agreed: Span | None = None
        self._answer_to: Span | None = None
        self._may_explore: UtteranceId | None = None
        self._explored = False
        self._open: dict[Occasion, Cue] = {}
        self._over: set[tuple[Occasion, str]] = set()
        self._closed: list[tuple[Cue, Hold]] = []

    def follow(self, event: Event) -> None:
        """Take in what has happened."""
        self._clocks = self._clocks.after(event)
        match event:
            case SessionStarted(session=session):
                if session.planned_minutes is not None:
                    self._planned_ms = session.planned_minutes * MINUTE
            case UtteranceHeard(utterance=said) if said.doubt is not Doubt.ECHO:
                self.settle()
                if said.speaker is Speaker.COACH:
                    self._hear_coach(said)
                else:
                    self._hear_client(said)
            case MomentNoticed(moment=moment):
                self._notice(moment)
            case CueShown(cue=cue):
                if cue.occasion is not Occasion.FORK:
                    self._over.add((cue.occasion, cue.kind))
                self.leave(cue)
            case CueHeld(cue=cue):
                if cue.occasion in _TIMED:
                    self._over.add((cue.occasion, cue.kind))
                self.leave(cue)
            case _:
                pass

    def settle(self) -> None:
        """Nothing follows from the coach's last utterance any more: did it explore?"""
        if self._may_explore is None:
            return
        self._may_explore = None
        self._explored = True
        waiting = self._open.get(Occasion.AFTER_AGREEMENT)
        if waiting is not None and waiting.kind == DIRECTION:
            self._close(waiting, Hold.PASSED)

    def waiting(self, now: Millis) -> list[Cue]:
        """The open doorways, the one that has waited longest first."""
        for occasion, at in self._places(now):
            cue = Cue(ON_TRACK, occasion, Span(at, at))
            over = (occasion, ON_TRACK) in self._over
            if not over and not self._asked_since(ON_TRACK, at - ASKED_LATELY_MS):
                self._open.setdefault(occasion, cue)
            self._over.add((occasion, ON_TRACK))
        return sorted(self._open.values(), key=lambda cue: cue.opened)

    def leave(self, cue: Cue) -> None:
        """This cue is decided about."""
        if self._open.get(cue.occasion) == cue:
            del self._open[cue.occasion]

    def take_closed(self) -> list[tuple[Cue, Hold]]:
        """The cues that something but time has closed since this was asked, and what.

        Each is told once.
        """
        closed, self._closed = self._closed, []
        return closed

    def _notice(self, moment: Moment) -> None:
        if moment.kind in _NOT_EXPLORING and self._may_explore in moment.utterance_ids:
            self._may_explore = None
        if moment.kind in PROCESS_KINDS:
            if moment.hollow:
                self._maybe_asked[moment.kind] = moment.span.end
            for cue in [c for c in self._open.values() if c.kind == moment.kind]:
                self._close(cue, Hold.ASKED)
        if moment.hollow:
            return
        if moment.kind == _AGREEMENT:
            self._agreed = self._agreed or moment.span
            self._answer_to = moment.span
        elif moment.kind == SUPPORT and self._agreed is not None:
            self._answer_to = moment.span

    def _hear_coach(self, said: Utterance) -> None:
        if self._agreed is not None and any(s.asked for s in read(said.text)):
            self._may_explore = said.id
        fork = self._open.get(Occasion.FORK)
        if fork is not None and goes_ahead(said.text):
            self._close(fork, Hold.PASSED)

    def _hear_client(self, said: Utterance) -> None:
        asked = self._answer_to
        if asked is not None and said.span.start >= asked.end - _EDGE_MS:
            self._answer_to = None
            kind = self._next_after_agreement()
            if kind is not None:
                span = asked.hull(said.span)
                cue = Cue(kind, Occasion.AFTER_AGREEMENT, span)
                self._open.setdefault(cue.occasion, cue)
        if names_threads(said.text):
            self._open.setdefault(
                Occasion.FORK, Cue(DIRECTION, Occasion.FORK, said.span)
            )

    def _next_after_agreement(self) -> str | None:
        """Support, if it was not asked; then where to begin, unless that is decided."""
        agreed = self._agreed
        assert agreed is not None  # noqa: S101 - only an answer to it asks
        here = Occasion.AFTER_AGREEMENT
        if (here, SUPPORT) not in self._over and not self._asked_since(SUPPORT, 0):
            return SUPPORT
        decided = self._explored or self._asked_since(DIRECTION, agreed.start)
        return None if decided or (here, DIRECTION) in self._over else DIRECTION

    def _asked_since(self, kind: str, position: int) -> bool:
        """Whether the coach asked it, or perhaps did, after this position."""
        last = self._clocks.last(kind)
        sure = last is not None and last.span.end >= position
        return sure or self._maybe_asked.get(kind, -1) >= position

    def _close(self, cue: Cue, why: Hold) -> None:
        del self._open[cue.occasion]
        self._closed.append((cue, why))

    def _places(self, now: Millis) -> list[tuple[Occasion, Millis]]:
        """The doorways of the agreed length that lie before ``now``."""
        if self._planned_ms is None:
            return []
        half, before_end = self._planned_ms // 2, self._planned_ms - BEFORE_END_MS
        wanted = {Occasion.HALF_TIME: half, Occasion.TEN_LEFT: before_end}
        if before_end <= half:  # a short session: one of the two is enough
            del wanted[Occasion.TEN_LEFT]
        places = [
            (occasion, self._position(active))
            for occasion, active in wanted.items()
            if active >= FIRST_MS
        ]
        return [(o, Millis(at)) for o, at in places if at is not None and at <= now]

    def _position(self, active: int) -> int | None:
        """Where so much of the session, pauses apart, is over; ``None``: not yet."""
        at = active
        for pause in self._clocks.pauses:
            if pause.start <= at:
                at += pause.length
        paused_at = self._clocks.paused_at
        return None if paused_at is not None and paused_at <= at else at


_TIMED: Final = (Occasion.HALF_TIME, Occasion.TEN_LEFT)
