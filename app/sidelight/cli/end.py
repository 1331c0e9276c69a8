"""``sidelight end``: ends the session that a running program listens to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidelight.cli.command import Command, no_arguments
from sidelight.cli.output import say

if TYPE_CHECKING:
    import argparse

_ANSWER_S: Final = 10.0


def _run(arguments: argparse.Namespace) -> int:
    from sidelight.session.client import ControlClient  # noqa: PLC0415 (slow)
    from sidelight.session.messages import AskStatus, End  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    del arguments
    with ControlClient.connect(Paths.find().run) as client:
        client.send(End())
        client.send(AskStatus())
        client.receive(_ANSWER_S)  # requests are taken in order: it has heard us
    say("The session ends; what was said last is still being recognised.")
    return 0


END: Final = Command(
    name="end",
    help="end the running session",
    arguments=no_arguments,
    run=_run,
)
