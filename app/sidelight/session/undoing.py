"""What can still be undone, newest first."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import (
    MarkPlaced,
    MarkWithdrawn,
    MomentNoticed,
    MomentWithdrawn,
    StoredEvent,
)
from sidelight.domain.moments import PROCESS_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

UNDO_S: Final = 120.0
"""How long a bookmark or a moment can be undone. What went off the record comes back
for ten seconds only: then it is destroyed."""


@dataclass(frozen=True, slots=True)
class WentOffRecord:
    """A stretch was hidden."""


Undoable = MarkPlaced | MomentNoticed | WentOffRecord


@dataclass(frozen=True, slots=True)
class _Deed:
    what: Undoable
    seq: int
    when: float


class Deeds:
    """What was done, as far back as it can be undone. What is undone is no deed.

    Args:
        now: Steady clock, seconds.
        before: Stored by an engine that died; its time is told by where the sound was.
    """

    def __init__(
        self, now: Callable[[], float], before: Iterable[StoredEvent] = ()
    ) -> None:
        self._now = now
        self._deeds: deque[_Deed] = deque()
        stored = list(before)
        for one in stored:
            ago_ms = stored[-1].committed_at - one.committed_at
            self._take(one, now() - ago_ms / 1000)

    def after(self, stored: StoredEvent) -> None:
        """An event was stored."""
        self._take(stored, self._now())

    def hid(self) -> None:
        """A stretch went off the record."""
        self._deeds.append(_Deed(WentOffRecord(), 0, self._now()))

    def showed(self) -> None:
        """The stretch that was hidden last is on record again."""
        self._drop(lambda what: isinstance(what, WentOffRecord))

    def newest(self, *, stands: Callable[[int], bool], hidden: bool) -> Undoable | None:
        """What ``undo`` is about; ``None``: nothing is left.

        Args:
            stands: Whether the event of this number may be seen.
            hidden: Whether what was hidden last can still be shown again.
        """
        self._forget()
        for deed in reversed(self._deeds):
            gone = isinstance(deed.what, WentOffRecord)
            if hidden if gone else stands(deed.seq):
                return deed.what
        return None

    def _take(self, stored: StoredEvent, when: float) -> None:
        match stored.event:
            case MarkPlaced() as what:
                self._deeds.append(_Deed(what, stored.seq, when))
            case MomentNoticed(moment=moment) as what:
                if moment.kind in PROCESS_KINDS and not moment.hollow:
                    self._deeds.append(_Deed(what, stored.seq, when))
            case MarkWithdrawn(placed_at=at):
                self._drop(lambda w: isinstance(w, MarkPlaced) and w.mark.at == at)
            case MomentWithdrawn(moment_id=gone):
                self._drop(
                    lambda w: isinstance(w, MomentNoticed) and w.moment.id == gone
                )
            case _:
                pass
        self._forget()

    def _drop(self, undone: Callable[[Undoable], bool]) -> None:
        """Forget the newest of which this holds."""
        for number in reversed(range(len(self._deeds))):
            if undone(self._deeds[number].what):
                del self._deeds[number]
                return

    def _forget(self) -> None:
        while self._deeds and self._now() - self._deeds[0].when > UNDO_S:
            self._deeds.popleft()
