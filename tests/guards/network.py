"""Fails a test that reaches for the network; this computer itself is allowed."""

import sys
from collections.abc import Iterator

import pytest

from sidelight.network.guard import CONNECTS, LOOKS_UP, host_of, is_here


class NetworkTouchedError(OSError):
    """Raised at the call that would have left this computer."""


class NetworkGuard:
    """Sees every connection and every name that Python code asks for.

    An audit hook sees what replaced functions would miss, and can never be removed;
    so there is one guard, and it records only between ``begin`` and ``end``.
    """

    def __init__(self) -> None:
        self._active = False
        self._touched: list[str] = []

    def install(self) -> None:
        """Begin to see; once in the life of the process."""
        sys.addaudithook(self._on_event)

    def begin(self) -> None:
        """Refuse the network from now on."""
        self._active = True
        self._touched.clear()

    def end(self) -> list[str]:
        """Let go again; returns the hosts that were asked for."""
        self._active = False
        return list(self._touched)

    def _on_event(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._active:
            return
        if event not in CONNECTS | LOOKS_UP:
            return
        host = host_of(event, arguments)
        if not is_here(host):
            self._touched.append(f"{host!s}")
            raise NetworkTouchedError(f"tests stay off the network: {host!s}")


@pytest.fixture(scope="session")
def network_guard() -> NetworkGuard:
    """The one guard of this process."""
    guard = NetworkGuard()
    guard.install()
    return guard


@pytest.fixture(autouse=True)
def no_network(network_guard: NetworkGuard) -> Iterator[None]:
    """Refuse the network, and fail the test even if it swallowed the refusal."""
    network_guard.begin()
    yield
    touched = network_guard.end()
    if touched:
        pytest.fail("touched the network: " + ", ".join(touched), pytrace=False)
