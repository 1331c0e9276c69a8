"""What is said of a connection that is gone, or comes back.

Apart from ``session.client``, which brings the whole wire format along: home's window
never speaks it, and a session's is shown before it does.
"""

from __future__ import annotations

from dataclasses import dataclass


class ConnectionLost(Exception):  # noqa: N818 - it is news, not a mistake
    """The other side of the control socket, or of home's pipe, is gone."""


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """News of the link itself, between the engine's messages.

    Attributes:
        connected: ``False``: the engine is out of reach and is looked for;
            ``True``: it is there again.
    """

    connected: bool
