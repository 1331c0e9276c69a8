"""Decides about every cue: shown at the right moment, or held back, with the reason.

The rules are COACHING.md section 4's, each of them one line of ``_holds``. A decision
is an event; it is decided once.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sidelight.domain.clocks import Clocks
from sidelight.domain.cues import Hold
from sidelight.domain.events import (
    CueHeld,
    CueShown,
    LanguageDecided,
    RecognitionInterrupted,
    RecognitionStarted,
    UtteranceHeard,
)
from sidelight.domain.timeline import Millis, Span
from sidelight.partnering.language import is_understood
from sidelight.session.prompting.doorways import Doorways
from sidelight.session.prompting.feeling import CALM_MS, sign_of_feeling
from sidelight.session.prompting.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sidelight.domain.cues import Cue
    from sidelight.domain.events import Event
    from sidelight.domain.transcript import VoicesHeard

OPENING_MS: Final = 5 * 60_000
APART_MS: Final = 4 * 60_000
HOUR_MS: Final = 60 * 60_000
MOST_AN_HOUR: Final = 6
WAITS_MS: Final = 90_000

UNHEARD_MS: Final = 500
"""Sound that the recogniser has not heard yet may hold the client's first word; more of
it than this, and nobody knows who speaks."""

Decision = CueShown | CueHeld


class Prompter:
    """One session's cues. Thread: one at a time."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        """Begin, or go on.

        Args:
            events: What is stored already, in order.
        """
        self._clocks = Clocks()
        self._talk = Talk()
        self._doorways = Doorways()
        self._why: dict[Cue, Counter[Hold]] = {}
        self._shown: list[Millis] = []
        self._felt_at: Millis | None = None
        self._language = ""
        self.start_over(events)

    def follow(self, event: Event) -> None:
        """Something was stored: also what this itself decided."""
        self._clocks = self._clocks.after(event)
        self._doorways.follow(event)
        felt = sign_of_feeling(event)
        if felt is not None:
            self._felt_at = max(felt, self._felt_at or felt)
        match event:
            case UtteranceHeard(utterance=said):
                self._talk.add(said)
            case RecognitionStarted() | RecognitionInterrupted():
                self._talk.lose()
            case CueShown(at=at):
                self._note_shown(at)
            case LanguageDecided(language=language):
                self._language = language
            case _:
                pass

    def hear(self, voices: VoicesHeard) -> None:
        """Speech began or ended."""
        self._talk.hear(voices)

    def start_over(self, events: Iterable[Event]) -> None:
        """Something is off the record: know only what may still be known.

        When cues were shown, and that there was strong feeling, hold cues back all the
        same.

        Args:
            events: All that may be seen, in order.
        """
        self._clocks = Clocks()
        self._talk = Talk()
        self._doorways = Doorways()
        self._why = {}
        for event in events:
            self.follow(event)
        # What closed a doorway before now was decided about then.
        self._doorways.take_closed()

    def look(self, now: Millis, heard: Millis) -> list[Decision]:
        """Decide what can be decided. Ask a few times a second.

        Args:
            now: Position of the newest sound.
            heard: Position up to which the recogniser has heard it.

        Returns:
            At most one cue to show, and those that were given up, in order.
        """
        if self._talk.quiet:
            self._doorways.settle()
        waiting = self._doorways.waiting(now)
        holds = tuple(self._holds(now, heard))
        found: list[Decision] = [*self._given_up(now)]
        for cue in waiting:
            self._why.setdefault(cue, Counter()).update(holds)
            if now - cue.opened >= WAITS_MS:
                found.append(self._hold(now, cue))
            elif not holds:
                self._leave(cue)
                self._note_shown(now)
                found.append(CueShown(now, cue))
                holds = (Hold.TOO_SOON,)
        return found

    def finish(self, now: Millis) -> list[CueHeld]:
        """The session ends: nothing waits any more."""
        found = self._given_up(now)
        for cue in self._doorways.waiting(now):
            found.append(self._hold(now, cue, Hold.ENDED))
        return found

    def _holds(self, now: Millis, heard: Millis) -> Iterator[Hold]:
        """Everything that forbids a cue now."""
        if not is_understood(self._language):
            yield Hold.LANGUAGE
        yield from self._talk_holds(now, heard)
        shown = self._shown
        if self._clocks.paused_at is not None:
            yield Hold.PAUSED
        if self._clocks.active(Span(Millis(0), now)) < OPENING_MS:
            yield Hold.OPENING
        if self._felt_at is not None and now - self._felt_at < CALM_MS:
            yield Hold.FEELING
        if shown and now - shown[-1] < APART_MS:
            yield Hold.TOO_SOON
        if sum(now - at < HOUR_MS for at in shown) >= MOST_AN_HOUR:
            yield Hold.ENOUGH

    def _talk_holds(self, now: Millis, heard: Millis) -> Iterator[Hold]:
        """Who speaks, and who has just spoken."""
        talk = self._talk
        if not talk.known or now - heard > UNHEARD_MS:
            yield Hold.UNHEARD
        if talk.client_speaks:
            yield Hold.CLIENT_SPEAKS
        if talk.coach_speaks:
            yield Hold.COACH_SPEAKS
        if talk.thinks(now):
            yield Hold.THINKING
        elif talk.quiet and not (talk.coach_has_ended(now) or talk.easy(now)):
            yield Hold.NO_OPENING

    def _given_up(self, now: Millis) -> list[CueHeld]:
        closed = self._doorways.take_closed()
        return [self._hold(now, cue, why) for cue, why in closed]

    def _hold(self, now: Millis, cue: Cue, why: Hold | None = None) -> CueHeld:
        lasted = [hold for hold, _ in self._why.get(cue, Counter()).most_common()]
        self._leave(cue)
        first = [] if why is None else [why]
        return CueHeld(now, cue, tuple(first + lasted) or (Hold.UNHEARD,))

    def _leave(self, cue: Cue) -> None:
        self._why.pop(cue, None)
        self._doorways.leave(cue)

    def _note_shown(self, at: Millis) -> None:
        if at not in self._shown:
            self._shown = sorted([*self._shown, at])
