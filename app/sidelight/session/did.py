"""What "I did that" means: which kind, where, and what the detector need not say then.

The coach's word stands. A moment of a kind that the coach added in a turn is the only
one of that kind there, whoever was first; and a reset that the coach undid does not
come again in its turn. The detector is not told: what it finds then is not stored.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Final

from sidelight.domain.clocks import Clocks
from sidelight.domain.events import (
    MomentNoticed,
    MomentWithdrawn,
    UtteranceHeard,
    WithdrawalCause,
)
from sidelight.domain.moments import (
    BY_KEY,
    PROCESS_KINDS,
    Moment,
    MomentArmed,
    MomentId,
    Origin,
)
from sidelight.domain.timeline import Millis, Span
from sidelight.domain.transcript import (
    LIVE_TRANSCRIPT,
    Doubt,
    Layout,
    Partial,
    Speaker,
)
from sidelight.partnering.replies import is_backchannel
from sidelight.session.turns import Turns

if TYPE_CHECKING:
    from sidelight.domain.events import Event
    from sidelight.domain.passing import Passing
    from sidelight.domain.transcript import Utterance

ARMED_MS: Final = 60_000
"""How long the engine remembers what was armed."""

OPEN_MS: Final = 5_000
"""So long after its newest partial an utterance may still be open; without words it is
never final, and nobody says that it is over."""

LATE_MS: Final = 3_000
"""A recogniser that is later than this may have the coach's last speech before it."""

REACH_MS: Final = 10_000
"""How far back "just now" is where no words say it; as far as a pause within a turn."""

_SAID: Final = 32
"""The coach's utterances that are remembered: more than are said in ``ARMED_MS``."""

REASON: Final = "you said so"


@dataclass(frozen=True, slots=True)
class Pressed:
    """How things stood when the coach pressed the key.

    Attributes:
        at: End of the captured sound.
        heard: End of the sound that the recogniser had heard.
        cue: Process kind of the cue on show, or ``None``.
        number: For the moment's id.
    """

    at: Millis
    heard: Millis
    cue: str | None
    number: int


class Did:
    """A fold of the session's events, and of what passes by.

    Args:
        layout: With one microphone an unknown speaker may be the coach.
    """

    def __init__(self, layout: Layout) -> None:
        self._coach = frozenset(layout.speakers) - {Speaker.CLIENT} | {Speaker.COACH}
        self._turns = Turns()
        self._clocks = Clocks()
        self._undone: list[Moment] = []
        self._said: deque[Utterance] = deque(maxlen=_SAID)
        self._open: Partial | None = None
        self._armed: list[MomentArmed] = []

    def after(self, event: Event) -> None:
        """Take the next stored event."""
        self._turns.after(event)
        match event:
            case UtteranceHeard(utterance=said) if said.speaker in self._coach:
                self._close(said)
                if said.doubt is not Doubt.ECHO and not is_backchannel(said.text):
                    self._said.append(said)
            case MomentNoticed(at=at, moment=moment) if not moment.hollow:
                self._armed = [
                    one for one in self._armed if one.kind != moment.kind or one.at > at
                ]
            case MomentWithdrawn(moment_id=gone, cause=WithdrawalCause.UNDONE):
                self._undone += [m for m in self._clocks.moments if m.id == gone]
            case _:
                pass
        self._clocks = self._clocks.after(event)

    def pass_by(self, item: Passing) -> None:
        """Take what is not stored."""
        match item:
            case Partial() if item.speaker in self._coach:
                self._open = item
            case MomentArmed():
                kept = [o for o in self._armed if item.at - o.at < ARMED_MS]
                self._armed = [*kept, item]
            case _:
                pass

    def refuses(self, event: Event) -> bool:
        """Whether the detector says what the coach has settled already."""
        match event:
            case MomentNoticed(moment=moment) if moment.origin is Origin.DETECTOR:
                own = (m for m in self._clocks.moments if m.origin is Origin.COACH)
                settled = [m for m in (*own, *self._undone) if m.kind == moment.kind]
                turn = self._turns.around(moment.span, Speaker.COACH)
                return any(m.span.overlaps(turn) for m in settled)
            case MomentWithdrawn(moment_id=gone, cause=WithdrawalCause.TOOK_BACK):
                return all(m.id != gone for m in self._clocks.moments)
            case _:
                return False

    def moment(self, kind: str | None, pressed: Pressed) -> Moment | None:
        """What the coach added; ``None``: it is there already.

        Args:
            kind: A process kind. ``None``: the cue on show, else what was armed last in
                the last minute and has not fired, else what counts already in the turn,
                else the kind that waited longest.
            pressed: When.
        """
        wanted = kind or pressed.cue
        armed = self._last_armed(wanted, pressed.at)
        span, said = self._place(armed, pressed)
        turn = self._turns.around(span, Speaker.COACH)
        here = [m for m in self._clocks.moments if m.span.overlaps(turn)]
        if armed is not None:
            wanted = armed.kind
        if wanted is None and any(pressed.at - m.span.end < ARMED_MS for m in here):
            return None  # it fired a moment before the key came down
        wanted = wanted or self._longest(pressed.at)
        if any(m.kind == wanted for m in here):
            return None
        return Moment(
            id=MomentId(BY_KEY, pressed.number),
            kind=wanted,
            form=None,
            episode=None,
            span=span,
            transcript=LIVE_TRANSCRIPT,
            utterance_ids=() if said is None else (said.id,),
            quote="" if said is None else said.text,
            confidence=1.0,
            reason=REASON,
            detector_version="",
            origin=Origin.COACH,
        )

    def _last_armed(self, kind: str | None, at: Millis) -> MomentArmed | None:
        """The newest that has not fired, of this kind or of any."""
        fresh = [
            one
            for one in self._armed
            if at - one.at <= ARMED_MS and kind in (None, one.kind)
        ]
        return max(reversed(fresh), key=lambda one: one.at, default=None)

    def _place(
        self, armed: MomentArmed | None, pressed: Pressed
    ) -> tuple[Span, Utterance | None]:
        """Where it was said, and the utterance if one that is final covers it."""
        if armed is not None:
            for one in reversed(self._said):
                if one.span.start < armed.at <= one.span.end:
                    return one.span, one
        at, going = pressed.at, self._open
        if going is not None and going.start < at <= going.at + OPEN_MS:
            return Span(going.start, at), None
        last = self._said[-1] if self._said else None
        if last is not None and at - pressed.heard <= LATE_MS:
            return last.span, last
        spoken = 0 if last is None else last.span.end
        start = min(max(spoken, at - REACH_MS), at - 1)
        return Span(Millis(max(0, start)), at), None

    def _close(self, said: Utterance) -> None:
        """The utterance that was open is final."""
        if self._open is not None and self._open.start < said.span.end:
            self._open = None

    def _longest(self, at: Millis) -> str:
        """The process kind that waited longest; of those not asked yet, the first."""

        def waited(kind: str) -> float:
            since = self._clocks.since(at, kind)
            return inf if since is None else since

        return max(PROCESS_KINDS, key=waited)
