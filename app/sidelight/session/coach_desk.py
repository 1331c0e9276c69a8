"""What the coach does with a key while the session runs: "I did that", and undo.

Everything here happens in the recorder's thread, between two events: nothing can be
noticed between the key and what it adds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, assert_never

from sidelight.domain.events import (
    MarkPlaced,
    MarkWithdrawn,
    MomentNoticed,
    MomentWithdrawn,
    WithdrawalCause,
)
from sidelight.domain.moments import Origin
from sidelight.domain.wording import Wording, worded
from sidelight.partnering.kinds import kind as kind_of
from sidelight.session.did import Did, Pressed
from sidelight.session.undoing import Deeds, WentOffRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sidelight.domain.events import Event, StoredEvent
    from sidelight.domain.moments import Moment
    from sidelight.domain.passing import Passing
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import Layout
    from sidelight.session.eventlog import EventLog

NOTHING_LEFT = worded("Nothing left to undo")
NOT_STORED = worded("Could not be stored")


class Hidden(Protocol):
    """What was hidden and is not destroyed: ``session.off_record.OffRecordDesk``."""

    @property
    def undoable(self) -> bool:
        """Whether ``undo`` would bring something back."""
        ...

    def undo(self) -> bool:
        """Bring the newest back, if it is not too late."""
        ...


class CoachDesk:
    """Adds what the coach says, takes back what the coach undoes.

    Thread: the recorder's.

    Args:
        layout: Of the session.
        before: What is stored already.
        log: The stored events that may be seen.
        off_record: What was hidden.
        store: Stores an event at once; whether it could.
        now: Steady clock, seconds.
    """

    def __init__(
        self,
        *,
        layout: Layout,
        before: Sequence[StoredEvent],
        log: EventLog,
        off_record: Hidden,
        store: Callable[[Event], bool],
        now: Callable[[], float],
    ) -> None:
        self._layout = layout
        self._log = log
        self._off_record = off_record
        self._store = store
        self._deeds = Deeds(now, before)
        self._did = self._folded(before)

    def after(self, stored: StoredEvent) -> None:
        """An event was stored."""
        self._did.after(stored.event)
        self._deeds.after(stored)

    def pass_by(self, item: Passing) -> None:
        """Something came that is not stored."""
        self._did.pass_by(item)

    def refuses(self, event: Event) -> bool:
        """Whether the coach has settled already what this says."""
        return self._did.refuses(event)

    def start_over(self) -> None:
        """What may be seen is different now; what was only prepared is forgotten."""
        self._did = self._folded(self._log.after(0, most=self._log.newest))

    def hid(self) -> None:
        """A stretch went off the record."""
        self._deeds.hid()

    def did(self, kind: str | None, pressed: Pressed) -> Wording:
        """Add what the coach says they did.

        Args:
            kind: A process kind, or ``None``; see ``Did.moment``.
            pressed: When.

        Returns:
            What it came to, in at most four words.
        """
        moment = self._did.moment(kind, pressed)
        if moment is None:
            return worded("Already noted")
        if not self._store(MomentNoticed(pressed.at, moment)):
            return NOT_STORED
        return worded("Noted: {kind}", kind=_title(moment))

    def undo(self, at: Millis) -> Wording:
        """Take the newest back of what was done in the last two minutes.

        Args:
            at: End of the captured sound.

        Returns:
            What it came to, in at most four words.

        Raises:
            UserError: The record cannot be written; what is hidden stays hidden.
        """
        newest = self._deeds.newest(
            stands=self._stands, hidden=self._off_record.undoable
        )
        match newest:
            case None:
                return NOTHING_LEFT
            case WentOffRecord():
                shown = self._off_record.undo()
                self._deeds.showed()
                return worded("On record again") if shown else NOTHING_LEFT
            case MarkPlaced(mark=mark):
                event: Event = MarkWithdrawn(at, mark.at)
                told = worded("Bookmark removed")
            case MomentNoticed(moment=moment):
                event = MomentWithdrawn(at, moment.id, WithdrawalCause.UNDONE)
                told = (
                    worded("Undone: I did that")
                    if moment.origin is Origin.COACH
                    else worded("Undone: {kind}", kind=_title(moment))
                )
            case _:
                assert_never(newest)
        return told if self._store(event) else NOT_STORED

    def _stands(self, seq: int) -> bool:
        return any(one.seq == seq for one in self._log.after(seq - 1, most=1))

    def _folded(self, events: Iterable[StoredEvent]) -> Did:
        did = Did(self._layout)
        for stored in events:
            did.after(stored.event)
        return did


def _title(moment: Moment) -> Wording:
    return Wording(kind_of(moment.kind).title, "kind")
