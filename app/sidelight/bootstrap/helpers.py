"""Small processes beside home and the review."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sidelight.session.child import child_border

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from sidelight.bootstrap.plans import EarsPlan, PlayerPlan


def run_ears(connection: Connection, plan: EarsPlan) -> None:
    """Entry of the process that holds the microphone for the start card's meter.

    Args:
        connection: To the launcher.
        plan: Where its files lie.
    """
    with child_border(connection, plan.logs, "ears"):
        from sidelight.audio.system import SoundSystem
        from sidelight.session.home.ears import listen

        listen(connection, partial(SoundSystem.start, plan.run))


def run_player(connection: Connection, plan: PlayerPlan) -> None:
    """Entry of the process that plays recorded sound.

    Args:
        connection: To whoever has the keys.
        plan: Where its log lies.
    """
    with child_border(connection, plan.logs, "player"):
        from sidelight.audio.output import Output
        from sidelight.session.playback.player import play

        play(connection, Output)
