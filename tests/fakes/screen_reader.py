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
ACTIVE, FOCUSABLE, FOCUSED, SHOWING = 1, 11, 12, 25
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

    def parent(self, node: Node) -> Node:
        """What it is directly in."""
        properties = "org.freedesktop.DBus.Properties"
        found = self._ask(node, properties, "Get", ACCESSIBLE, "Parent")
        assert isinstance(found, tuple)
        return (found[1][0], found[1][1])

    def name(self, node: Node) -> str:
        """What it is called."""
        return self._property(node, "Name")

    def description(self, node: Node) -> str:
        """What it says about itself."""
        return self._property(node, "Description")

    def role(self, node: Node) -> str:
        """What it is, such as "push button"."""
        return str(self._ask(node, ACCESSIBLE, "GetRoleName"))

    def programs(self, name: str) -> list[Node]:
        """The programs of this name that have a window."""
        named = (one for one in self.everybody() if self.name(one) == name)
        return [node for node in named if self.children(node)]

    def everybody(self) -> list[Node]:
        """Every program on the bus."""
        return self.children(("org.a11y.atspi.Registry", ROOT))

    def program(self, name: str) -> Node:
        """The program of this name, once it is there and has a window."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            for node in self.programs(name):
                return node
            time.sleep(0.05)
        message = f"no program {name}"
        raise LookupError(message)

    def tell(self, node: Node, depth: int = 0) -> Iterator[dict[str, object]]:
        """A node and everything in it; what is not showing is left out."""
        bits = self.states(node)
        yield {
            "depth": depth,
            "role": self.role(node),
            "name": self.name(node),
            "description": self.description(node),
            "focusable": bool(bits >> FOCUSABLE & 1),
        }
        for child in self.children(node):
            if self.states(child) >> SHOWING & 1:
                yield from self.tell(child, depth + 1)

    def states(self, node: Node) -> int:
        """The bits of AtspiStateType that hold."""
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
