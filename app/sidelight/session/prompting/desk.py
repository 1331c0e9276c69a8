"""Where cues meet the engine: what is stored and heard goes in, decisions are stored.

Thread: the recorder's, between two events, as with everything that is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sidelight.session.prompting.prompter import Prompter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sidelight.domain.events import Event, StoredEvent
    from sidelight.domain.timeline import Millis
    from sidelight.domain.transcript import VoicesHeard


class CueDesk:
    """One session's cues, in the engine.

    Args:
        wanted: Whether there are to be any; otherwise this does nothing.
        events: What is stored already.
        store: Stores an event at once. What cannot be stored is not shown.
        now: Position of the newest sound.
        heard: Position up to which the recogniser has heard it.
    """

    def __init__(
        self,
        *,
        wanted: bool,
        events: Sequence[StoredEvent],
        store: Callable[[Event], bool],
        now: Callable[[], Millis],
        heard: Callable[[], Millis],
    ) -> None:
        self._prompter = Prompter(one.event for one in events) if wanted else None
        self._store = store
        self._now = now
        self._heard = heard

    def follow(self, stored: StoredEvent) -> None:
        """An event was stored."""
        if self._prompter is not None:
            self._prompter.follow(stored.event)

    def hear(self, voices: VoicesHeard) -> None:
        """Speech began or ended."""
        if self._prompter is not None:
            self._prompter.hear(voices)

    def look(self) -> None:
        """Decide what can be decided now."""
        if self._prompter is not None:
            # What the recogniser has heard is read first: it cannot be beyond "now".
            heard = self._heard()
            self._record(self._prompter.look(self._now(), heard))

    def start_over(self, events: Iterable[StoredEvent]) -> None:
        """Only these events may still be known."""
        if self._prompter is not None:
            self._prompter.start_over(one.event for one in events)

    def finish(self) -> None:
        """The session ends: say what still waited."""
        if self._prompter is not None:
            self._record(self._prompter.finish(self._now()))

    def _record(self, decisions: Iterable[Event]) -> None:
        for decision in decisions:
            self._store(decision)
