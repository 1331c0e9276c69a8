"""Plays an engine's messages to the window, from events: at once, or paced.

For development, with a window on screen: ``python -m tests.fakes.engine_player``.
"""

from __future__ import annotations

import argparse
import sys
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sidelight.domain.events import (
    SessionEnded,
    SessionStarted,
    StoredEvent,
    UtteranceHeard,
)
from sidelight.domain.timeline import Millis
from sidelight.domain.transcript import Layout, Partial
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import (
    EventStored,
    Follow,
    Health,
    Levels,
    Message,
    Notice,
    PartialHeard,
    Request,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sidelight.session.lost import LinkChanged

STATUS_MS = 2000
"""Session time between two status messages: four a second at speed 8."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A message, or news of the link, and the session position at which it is sent."""

    at: Millis
    message: Message | LinkChanged


def status(
    position: int,
    health: Health = Health.GOOD,
    *,
    paused: bool = False,
    undoable: bool = False,
    notices: tuple[Notice, ...] = (),
) -> Status:
    """A status at this position."""
    return Status(
        "specimen",
        "specimen",
        Millis(position),
        health,
        120,
        None,
        0,
        paused=paused,
        undoable=undoable,
        taken_ms=120_000 if undoable else 0,
        notices=notices,
    )


def recording(events: Sequence[StoredEvent]) -> list[Timed]:
    """What an engine would send for these events: partials, events, levels, status."""
    timed = [Timed(stored.event.at, EventStored(stored)) for stored in events]
    for stored in events:
        if isinstance(stored.event, UtteranceHeard):
            timed += _partials(stored.event)
    end = events[-1].event.at
    for at in range(0, end, STATUS_MS):
        timed.append(Timed(Millis(at), Levels((-30.0 - at % 11, -34.0 - at % 7))))
        timed.append(Timed(Millis(at), status(at)))
    timed.sort(key=lambda one: one.at)
    over = isinstance(events[-1].event, SessionEnded)
    timed.append(Timed(end, status(end, Health.ENDED if over else Health.GOOD)))
    return timed


def in_room(events: Sequence[StoredEvent]) -> tuple[StoredEvent, ...]:
    """The same session, as one with a single microphone."""
    begun = events[0].event
    assert isinstance(begun, SessionStarted)
    session = replace(begun.session, layout=Layout.MONO)
    first = replace(events[0], event=replace(begun, session=session))
    return (first, *events[1:])


def _partials(heard: UtteranceHeard) -> Iterable[Timed]:
    said = heard.utterance
    for count in range(2, len(said.words), 2):
        words = said.words[:count]
        at = Millis(words[-1].span.end + 300)
        partial = Partial(said.speaker, said.span.start, words, count - 2, at)
        yield Timed(at, PartialHeard(partial))


class EnginePlayer:
    """Stands in for ``ControlClient``: the same methods, messages from a list.

    Thread: ``receive`` waits in the window's reader thread; everything else is quick.

    Args:
        timed: What to send, in order.
        speed: Session seconds a second; ``None`` is as fast as it is read.
        then_gone: Be gone after the last message, instead of staying silent.
        asked: Where to write down the name of each request, or ``None``.
    """

    def __init__(
        self,
        timed: Sequence[Timed],
        *,
        speed: float | None = None,
        then_gone: bool = False,
        asked: Path | None = None,
    ) -> None:
        self._asked = asked
        self.requests: list[Request] = []
        self._timed = list(timed)
        self._speed = speed
        self._then_gone = then_gone
        self._followed = threading.Event()
        self._cut = threading.Event()
        self._next = 0
        self._now = Millis(0)

    def send(self, request: Request) -> None:
        """Take a request; the first ``Follow`` starts the playing."""
        self.requests.append(request)
        if self._asked is not None:
            names = [type(one).__name__ for one in self.requests]
            self._asked.write_text(" ".join(names))
        if isinstance(request, Follow):
            self._followed.set()

    def receive(self, timeout_s: float | None = None) -> Message | LinkChanged | None:
        """The next message, when it is due."""
        self._followed.wait(timeout_s)
        if self._next >= len(self._timed) and not self._then_gone:
            self._cut.wait(timeout_s)
        if self._next >= len(self._timed) or self._cut.is_set():
            raise ConnectionLost
        timed = self._timed[self._next]
        if self._speed is not None:
            self._cut.wait(max(0, timed.at - self._now) / 1000 / self._speed)
        self._now = max(self._now, timed.at)
        self._next += 1
        return timed.message

    def interrupt(self) -> None:
        """Make a waiting ``receive`` raise."""
        self._cut.set()
        self._followed.set()


def main() -> int:
    """Show the invented session in a real window."""
    from sidelight.ui.app import run_window  # noqa: PLC0415 - Qt
    from sidelight.ui.application import WindowOptions  # noqa: PLC0415 - Qt
    from sidelight.ui.specimen import (  # noqa: PLC0415 - Qt
        interrupted_events,
        specimen_events,
    )
    from sidelight.ui.theme.theme import ThemeName  # noqa: PLC0415 - Qt

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--speed", type=float, default=8.0)
    parser.add_argument("--theme", type=ThemeName, default=ThemeName.SYSTEM)
    parser.add_argument("--text", type=float, default=1.0, help="1.0 to 2.0")
    parser.add_argument("--folded", action="store_true")
    parser.add_argument("--interrupted", action="store_true", help="not all went well")
    parser.add_argument("--no-review", dest="review", action="store_false")
    parser.add_argument("--room", action="store_true", help="one microphone")
    parser.add_argument("--settings", type=Path, help="the coach's choices lie there")
    parser.add_argument("--asked", type=Path, help="write down what is asked for")
    arguments = parser.parse_args()
    events = interrupted_events() if arguments.interrupted else specimen_events()
    if arguments.room:
        events = in_room(events)
    player = EnginePlayer(
        recording(events), speed=arguments.speed, asked=arguments.asked
    )
    options = WindowOptions(
        theme=arguments.theme,
        text_scale=arguments.text,
        folded=arguments.folded,
        review=arguments.review,
        choices=arguments.settings,
    )
    return run_window(player, options)


if __name__ == "__main__":
    sys.exit(main())
