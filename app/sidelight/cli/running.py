"""Commands to a session that is running: one request, one short answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from sidelight.cli.output import say
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from sidelight.session.messages import Request

_ANSWER_S: Final = 10.0


def ask_running(request: Request) -> int:
    """Send a request to the running session and say what came of it.

    Returns:
        0, the exit code.

    Raises:
        UserError: No session is running, or it does not answer.
    """
    from sidelight.session.client import ControlClient  # noqa: PLC0415 (slow)
    from sidelight.session.lost import ConnectionLost  # noqa: PLC0415 (slow)
    from sidelight.session.messages import FaultTold, HideAsked, Told  # noqa: PLC0415 (slow)
    from sidelight.settings.paths import Paths  # noqa: PLC0415 (slow)

    deadline = time.monotonic() + _ANSWER_S
    try:
        with ControlClient.connect(Paths.find().run) as client:
            client.send(request)
            while (left := deadline - time.monotonic()) > 0:
                message = client.receive(left)
                if isinstance(message, Told):
                    say(f"{message.text}.")
                    return 0
                if isinstance(message, HideAsked):
                    say("Hidden, or shown again.")
                    return 0
                if isinstance(message, FaultTold):
                    raise UserError(message.message, message.remedy)
    except ConnectionLost:
        pass
    raise UserError(
        "The running session does not answer.",
        "Look at its window; the recording goes on without an answer.",
    )
