"""Nothing reaches another computer except inside a visit (``network.ledger``).

Python tells an audit hook of every connection and every name that is looked up,
whichever library asks (https://docs.python.org/3/library/audit_events.html). The hook
is installed first thing in every process and cannot be removed. A visit is known by its
context, so it opens the way for the one call that it surrounds, and for no other
thread. What a library's own C code would open, Python is not told of; those of ours
that would are told not to before they are loaded (see ``docs/decisions/0023``).
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTS: Final = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
LOOKS_UP: Final = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
"""Python's names for what leads to another computer."""


class NetworkRefusedError(ConnectionError):
    """Something reached for another computer without a visit."""


class Visiting(Protocol):
    """What has to know of every host that is reached."""

    def reached(self, host: str) -> None:
        """This host is about to be asked for, or connected to."""


_NO_REPORTS: Final = {"ORT_DISABLE_TELEMETRY": "1"}
"""ONNX Runtime asks for a computer of its maker's within seconds, and keeps a number
for the device (1.32, Linux). Its ``disable_telemetry_events`` stops neither."""

_VISIT: Final[ContextVar[Visiting | None]] = ContextVar("visit", default=None)


def install() -> None:
    """Begin to watch, for the life of this process. First thing in each."""
    sys.addaudithook(watch)
    silence_libraries()


def silence_libraries() -> None:
    """Tell libraries that report on their use not to; they look once, when loaded."""
    os.environ.update(_NO_REPORTS)


@contextmanager
def allowed(visit: Visiting) -> Iterator[None]:
    """Let this context out, as long as it lasts."""
    before = _VISIT.set(visit)
    try:
        yield
    finally:
        _VISIT.reset(before)


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """The hook.

    Raises:
        NetworkRefusedError: Another computer, and no visit.
    """
    if event not in CONNECTS and event not in LOOKS_UP:
        return
    host = host_of(event, arguments)
    visit = _VISIT.get()
    if visit is not None:
        if host:
            visit.reached(_text(host))
    elif not is_here(host):
        raise NetworkRefusedError(
            "Sidelight uses the network only to fetch a speech model."
        )


def host_of(event: str, arguments: tuple[object, ...]) -> object:
    """Whom a call is about; sockets of this computer's own have no host."""
    if event in LOOKS_UP:
        return arguments[0]
    address = arguments[1]
    return address[0] if isinstance(address, tuple) else None


def is_here(host: object) -> bool:
    """Whether a host is this computer; addresses without a host are local sockets."""
    from ipaddress import ip_address  # noqa: PLC0415 - most processes never ask

    host = _text(host)
    if host in {"", "localhost"}:
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _text(host: object) -> str:
    if isinstance(host, bytes):
        return host.decode("ascii", "replace")
    return host if isinstance(host, str) else ""
