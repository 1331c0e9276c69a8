"""How long since the coach last partnered: the fold the sidebar lives on.

"How long since" runs through gaps and stops in pauses. A withdrawn moment gives the
clock back to the one before it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sidelight.domain.events import (
    Event,
    MomentNoticed,
    MomentWithdrawn,
    OffRecord,
    SessionEnded,
    SessionPaused,
    SessionResumed,
)
from sidelight.domain.moments import PROCESS_KINDS, Moment
from sidelight.domain.timeline import Millis, Span


@dataclass(frozen=True, slots=True)
class Clocks:
    """The process moments that count, and the pauses, up to some event.

    Attributes:
        moments: Process moments in the order they were noticed, withdrawn ones gone.
        pauses: Finished pauses, in order.
        paused_at: Start of the pause that is going on, or ``None``.
        ended_at: Where the session ended, or ``None``.
    """

    moments: tuple[Moment, ...] = ()
    pauses: tuple[Span, ...] = ()
    paused_at: Millis | None = None
    ended_at: Millis | None = None

    # One arm an event.
    def after(self, event: Event) -> Clocks:  # noqa: PLR0911
        """The clocks once this event has happened."""
        match event:
            case MomentNoticed(moment=moment) if _counts(moment):
                return replace(self, moments=(*self.moments, moment))
            case MomentWithdrawn(moment_id=gone):
                kept = tuple(moment for moment in self.moments if moment.id != gone)
                return replace(self, moments=kept)
            case OffRecord(span=span):
                kept = tuple(m for m in self.moments if not m.span.overlaps(span))
                return replace(self, moments=kept)
            case SessionPaused(at=at) if self.paused_at is None:
                return replace(self, paused_at=at)
            case SessionResumed(at=at) if self.paused_at is not None:
                pause = Span(self.paused_at, max(self.paused_at, at))
                return replace(self, pauses=(*self.pauses, pause), paused_at=None)
            case SessionEnded(at=at):
                return replace(self, ended_at=at)
            case _:
                return self

    def only(self, counting: Collection[Moment]) -> Clocks:
        """The clocks without moments that are not among these."""
        return replace(self, moments=tuple(m for m in self.moments if m in counting))

    def counting(self, moments: Collection[Moment]) -> Clocks:
        """The clocks of these moments, process or not: the coach decided about some."""
        return replace(self, moments=tuple(filter(_counts, moments)))

    def last(self, kind: str | None = None) -> Moment | None:
        """The latest counting moment of this kind, or of any kind."""
        found = [m for m in self.moments if kind is None or m.kind == kind]
        return max(found, key=lambda moment: moment.span.end, default=None)

    def since(self, now: Millis, kind: str | None = None) -> Millis | None:
        """Time since the latest moment ended, without pauses; ``None``: not yet."""
        moment = self.last(kind)
        if moment is None:
            return None
        return self.active(Span(moment.span.end, max(moment.span.end, now)))

    def active(self, span: Span) -> Millis:
        """How much of the span was not paused."""
        paused: int = sum(pause.overlap(span) for pause in self.pauses)
        if self.paused_at is not None and self.paused_at < span.end:
            paused += span.end - max(self.paused_at, span.start)
        return Millis(span.length - paused)


def _counts(moment: Moment) -> bool:
    return moment.kind in PROCESS_KINDS and not moment.hollow
