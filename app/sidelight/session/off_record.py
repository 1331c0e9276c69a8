"""Off the record while the session runs: hidden at once, destroyed soon, undone until.

Everything here happens in the recorder's thread, between two events, so that nothing
can be stored behind its back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sidelight.domain.events import OffRecord, UtteranceHeard
from sidelight.domain.off_record import goes
from sidelight.domain.timeline import Millis, Span, to_millis
from sidelight.domain.transcript import Speaker
from sidelight.record.erasure import DelayedErasures, Hiding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sidelight.domain.events import Event, StoredEvent
    from sidelight.domain.transcript import UtteranceId
    from sidelight.session.eventlog import EventLog
    from sidelight.session.sound import SessionSound


class HidingFiles(Hiding, Protocol):
    """What of the session's store is needed: ``record.events.SessionStore``."""

    def events(self, after: int = 0) -> Sequence[StoredEvent]:
        """The stored events that may be seen."""
        ...


class OffRecordDesk:
    """Takes stretches off the record and brings them back.

    Thread: the recorder's; ``undoable`` and ``taken_ms`` from any.

    Args:
        files: The session's record.
        log: What may be seen of it.
        sound: What may be heard of it.
        changed: Called when something was hidden or is shown again: whoever holds
            words has to begin afresh.
        publish: Called with each event that an erasure stored.
        now: Steady clock, seconds.
    """

    def __init__(
        self,
        *,
        files: HidingFiles,
        log: EventLog,
        sound: SessionSound,
        changed: Callable[[], None],
        publish: Callable[[StoredEvent], None],
        now: Callable[[], float],
    ) -> None:
        self._files = files
        self._log = log
        self._sound = sound
        self._changed = changed
        self._publish = publish
        self._delayed = DelayedErasures(files, now)
        self._erased: tuple[Span, ...] = ()
        self._lost: frozenset[UtteranceId] = frozenset()

    @property
    def undoable(self) -> bool:
        """Whether ``undo`` would bring something back."""
        return self._delayed.undoable

    @property
    def taken_ms(self) -> int:
        """How much ``undo`` would bring back; 0: nothing."""
        spans = self._delayed.spans if self._delayed.undoable else ()
        return spans[-1].length if spans else 0

    def refuses(self, event: Event) -> bool:
        """Whether it came too late: it is about something that is hidden."""
        return any(goes(event, span, self._lost) for span in self._delayed.spans)

    def hide(self, last_ms: int | None) -> None:
        """Hide what was just said.

        Args:
            last_ms: How far back from the newest sound; ``None``: the newest turn.

        Raises:
            UserError: The record cannot be written; nothing is hidden.
        """
        end = Millis(to_millis(self._sound.end) + 1)
        seen = self._files.events()
        start = _turn_start(seen) if last_ms is None else end - last_ms
        self._delayed.hide(Span(Millis(max(0, min(start, end))), end))
        self._show_what_is_left(seen)

    def undo(self) -> bool:
        """Bring the newest back, if it is not too late.

        Raises:
            UserError: The record cannot be written; it stays hidden.
        """
        if self._delayed.undo() is None:
            return False
        self._show_what_is_left(())
        return True

    def carry_out(self) -> None:
        """Destroy what is due.

        Raises:
            UserError: The record cannot be written; it stays hidden until it can.
        """
        for stored in self._delayed.carry_out(to_millis(self._sound.end)):
            if isinstance(stored.event, OffRecord):
                self._erased = (*self._erased, stored.event.span)
                self._sound.forget(stored.event.span)
            self._mute()
            self._publish(stored)

    def _show_what_is_left(self, before: Sequence[StoredEvent]) -> None:
        left = self._files.events()
        self._lost |= _utterances(before) - _utterances(left)
        self._lost -= _utterances(left)
        self._mute()
        self._log.replace(left)
        self._changed()

    def _mute(self) -> None:
        self._sound.mute((*self._erased, *self._delayed.spans))


def _utterances(events: Sequence[StoredEvent]) -> frozenset[UtteranceId]:
    return frozenset(
        one.event.utterance.id
        for one in events
        if isinstance(one.event, UtteranceHeard)
    )


def _turn_start(events: Sequence[StoredEvent]) -> int:
    """Where the newest turn began; with one microphone, the newest utterance."""
    said = [
        one.event.utterance
        for one in reversed(events)
        if isinstance(one.event, UtteranceHeard)
    ]
    if not said:
        return 0
    start = said[0].span.start
    for earlier in said[1:]:
        if said[0].speaker is Speaker.UNKNOWN or earlier.speaker != said[0].speaker:
            break
        start = min(start, earlier.span.start)
    return start
