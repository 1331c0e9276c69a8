"""A session's own window, which is told stored events as far as it is led.

``python -m tests.pictures.played SESSION [--room]`` reads a line ``until MS`` a time on
its standard input and tells the window everything up to there at once, so that nobody
waits for minutes of talk. Everything else is the program's own.
"""

from __future__ import annotations

import argparse
import sys
import threading
from typing import TYPE_CHECKING

from tests.fakes.engine_player import EnginePlayer, Timed, in_room, recording
from tests.pictures.library import on_a_call

from sidelight.domain.timeline import Millis
from sidelight.session.lost import ConnectionLost
from sidelight.settings.look import Look
from sidelight.settings.paths import Paths
from sidelight.ui.app import run_window
from sidelight.ui.application import WindowOptions
from sidelight.ui.theme.theme import ThemeName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.session.lost import LinkChanged
    from sidelight.session.messages import Message


class LedPlayer(EnginePlayer):
    """Sends what lies before the place it was led to, at once, and then waits."""

    def __init__(self, timed: Sequence[Timed]) -> None:
        super().__init__(timed)
        self._led_to = Millis(-1)
        self._led = threading.Condition()
        self._over = False

    def lead(self, to: Millis) -> None:
        """Go on to this place."""
        with self._led:
            self._led_to = to
            self._led.notify()

    def receive(self, timeout_s: float | None = None) -> Message | LinkChanged | None:
        with self._led:
            self._led.wait_for(self._may_go_on)
            if self._over:
                raise ConnectionLost
        return super().receive(timeout_s)

    def interrupt(self) -> None:
        with self._led:
            self._over = True
            self._led.notify()
        super().interrupt()

    def _may_go_on(self) -> bool:
        waiting = self._timed[self._next : self._next + 1]
        return self._over or any(one.at <= self._led_to for one in waiting)


def main() -> int:
    """Show the window until it is closed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", action="store_true", help="one microphone")
    arguments = parser.parse_args()
    events = on_a_call()
    player = LedPlayer(recording(in_room(events) if arguments.room else events))

    def be_led() -> None:
        for line in sys.stdin:
            player.lead(Millis(int(line.split()[1])))

    threading.Thread(target=be_led, daemon=True).start()
    data = Paths.find().prepare().data
    look = Look.recall(data)
    options = WindowOptions(
        theme=ThemeName(look.theme),
        text_scale=look.text / 100,
        reduced_motion=look.reduced_motion,
        choices=data,
    )
    return run_window(player, options)


if __name__ == "__main__":
    sys.exit(main())
