"""What a screen reader gets to know, over the same bus as a real one: AT-SPI.

``python -m tests.fakes.screen_reader PROGRAM`` starts ``tests.fakes.shown_windows``,
waits for a program of this name on the bus and prints every object of it that is
showing as a line of JSON. Source: the XML interfaces of at-spi2-core.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
PATIENCE_S = 8.0
FOCUSABLE, SHOWING = 11, 25
"""Bits of AtspiStateType."""

Node = tuple[str, str]
"""Name on the bus, path of the object."""


class Reader:
    """Asks what there is."""

    def __init__(self) -> None:
        session = open_dbus_connection("SESSION")
        bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        with session:
            address = session.send_and_get_reply(new_method_call(bus, "GetAddress"))
        self._bus: DBusConnection = open_dbus_connection(address.body[0])

    def close(self) -> None:
        """Leave the bus."""
        self._bus.close()

    def _ask(self, node: Node, interface: str, method: str, *values: str) -> object:
        where = DBusAddress(node[1], node[0], interface)
        signature = "s" * len(values) or None
        call = new_method_call(where, method, signature, values)
        reply = self._bus.send_and_get_reply(call, timeout=PATIENCE_S)
        return reply.body[0] if reply.body else None

    def _property(self, node: Node, name: str) -> str:
        properties = "org.freedesktop.DBus.Properties"
        found = self._ask(node, properties, "Get", ACCESSIBLE, name)
        return str(found[1]) if isinstance(found, tuple) else ""

    def children(self, node: Node) -> list[Node]:
        """What is directly in it."""
        found = self._ask(node, ACCESSIBLE, "GetChildren")
        return [(one[0], one[1]) for one in found] if isinstance(found, list) else []

    def program(self, name: str) -> Node:
        """The program of this name, once it is there and has a window."""
        deadline = time.monotonic() + PATIENCE_S
        desktop = ("org.a11y.atspi.Registry", ROOT)
        while time.monotonic() < deadline:
            for node in self.children(desktop):
                if self._property(node, "Name") == name and self.children(node):
                    return node
            time.sleep(0.05)
        message = f"no program {name}"
        raise LookupError(message)

    def tell(self, node: Node, depth: int = 0) -> Iterator[dict[str, object]]:
        """A node and everything in it; what is not showing is left out."""
        bits = self._states(node)
        yield {
            "depth": depth,
            "role": self._ask(node, ACCESSIBLE, "GetRoleName"),
            "name": self._property(node, "Name"),
            "description": self._property(node, "Description"),
            "focusable": bool(bits >> FOCUSABLE & 1),
        }
        for child in self.children(node):
            if self._states(child) >> SHOWING & 1:
                yield from self.tell(child, depth + 1)

    def _states(self, node: Node) -> int:
        states = self._ask(node, ACCESSIBLE, "GetState")
        return int(states[0]) | int(states[1]) << 32 if isinstance(states, list) else 0


def main() -> int:
    """Print what there is."""
    windows = subprocess.Popen((sys.executable, "-m", "tests.fakes.shown_windows"))
    reader = Reader()
    try:
        for line in reader.tell(reader.program(sys.argv[1])):
            sys.stdout.write(json.dumps(line) + "\n")
    finally:
        reader.close()
        windows.terminate()
        windows.wait(PATIENCE_S)
    return 0


if __name__ == "__main__":
    sys.exit(main())
