"""What waits for one client of the control socket; bounded, however slowly it reads."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final

from sidelight.domain.events import UtteranceHeard
from sidelight.domain.transcript import Speaker
from sidelight.session.messages import (
    ConsentTold,
    EventStored,
    FaultTold,
    Follow,
    HideAsked,
    Leave,
    Levels,
    Message,
    PartialHeard,
    PlaybackTold,
    StartOver,
    Status,
    Told,
)

if TYPE_CHECKING:
    from sidelight.domain.events import StoredEvent
    from sidelight.domain.transcript import Partial
    from sidelight.session.eventlog import EventLog

_Sentence = FaultTold | Told | Leave | HideAsked | ConsentTold

SENTENCES_KEPT: Final = 16
"""Faults and answers that wait for a client that does not read."""


class Mailbox:
    """What waits for one client; bounded, whatever the client does. Any thread."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._change = threading.Condition()
        self._sent: int | None = None
        self._quiet = False
        self._newest = 0
        self._status: Status | None = None
        self._levels: Levels | None = None
        self._heard: PlaybackTold | None = None
        self._partials: dict[Speaker, Partial] = {}
        self._faults: deque[_Sentence] = deque(maxlen=SENTENCES_KEPT)
        self._over = False
        self._times_over = 0
        self._stirred = False
        self._finishing = False
        self._closed = False

    def follow(self, request: Follow) -> None:
        """From now on events are sent too, the first is number ``after + 1``."""
        with self._change:
            self._sent = 0 if request.again else request.after
            self._quiet = request.quiet
            self._over = request.again
            self._times_over += 1
            self._newest = max(self._newest, self._log.newest)
            self._partials.clear()
            self._stir()

    def start_over(self) -> None:
        """What was sent counts no more: begin with the first event again."""
        with self._change:
            if self._sent is None:
                return
            self._sent = 0
            self._newest = self._log.newest
            self._over = True
            self._times_over += 1
            self._partials.clear()
            self._stir()

    @property
    def following(self) -> bool:
        """Whether the client wants to be kept up to date."""
        with self._change:
            return self._sent is not None

    def notice(self, stored: StoredEvent) -> None:
        """An event was stored: fetch it, and drop the partial that it makes final."""
        with self._change:
            self._newest = max(self._newest, stored.seq)
            if isinstance(stored.event, UtteranceHeard):
                said = stored.event.utterance
                # With one microphone a final may know the coach by the voice; its
                # partials never did.
                for speaker in (said.speaker, Speaker.UNKNOWN):
                    waiting = self._partials.get(speaker)
                    if waiting is not None and waiting.start < said.span.end:
                        del self._partials[speaker]
            self._stir()

    def put(
        self, message: PartialHeard | Levels | Status | PlaybackTold | _Sentence
    ) -> None:
        """Replace the message of the same kind that still waits; sentences queue."""
        with self._change:
            if self._quiet and isinstance(message, PartialHeard | Levels):
                return
            match message:
                case PartialHeard(partial=partial):
                    self._partials[partial.speaker] = partial
                case Levels():
                    self._levels = message
                case Status():
                    self._status = message
                case PlaybackTold():
                    self._heard = message
                case FaultTold() | Told() | Leave() | HideAsked() | ConsentTold():
                    self._faults.append(message)
            self._stir()

    def finish(self) -> None:
        """Nothing more is put in; what waits is still sent."""
        with self._change:
            self._finishing = True
            self._stir()

    def close(self) -> None:
        """Nothing more is sent."""
        with self._change:
            self._closed = True
            self._stir()

    def take(self) -> list[Message] | None:
        """Wait for something to send; ``None`` once closed.

        Events come first, and a partial never after the utterance that replaced it.
        """
        with self._change:
            while not (self._stirred or self._finishing or self._closed):
                self._change.wait()
            if self._closed or (self._finishing and not self._stirred):
                return None
            self._stirred = False
            over, self._over = self._over, False
            sent, newest, times_over = self._sent, self._newest, self._times_over
            rest = self._take_rest()
        news: list[Message] = [StartOver(newest)] if over else []
        if sent is not None and sent < newest:
            fresh = [one for one in self._log.after(sent) if one.seq <= newest]
            news += [EventStored(stored) for stored in fresh]
            with self._change:
                if self._times_over == times_over:
                    # What is not there any more was erased: nothing to wait for.
                    self._sent = fresh[-1].seq if fresh else newest
                if self._sent is not None and self._sent < self._newest:
                    self._stir()  # a long tail goes out in several rounds
        return [*news, *rest]

    def _take_rest(self) -> list[Message]:
        rest: list[Message] = [*self._faults]
        rest += [PartialHeard(partial) for partial in self._partials.values()]
        rest += [
            note
            for note in (self._levels, self._status, self._heard)
            if note is not None
        ]
        self._faults.clear()
        self._partials.clear()
        self._levels = self._status = self._heard = None
        return rest

    def _stir(self) -> None:
        self._stirred = True
        self._change.notify()
