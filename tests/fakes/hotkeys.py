"""Systems that lend keys, as their documentation says they behave."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from sidelight.ui.platform.hotkeys import Hotkeys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FakeHotkeys(Hotkeys):
    """Remembers what was asked for; ``press`` is the person."""

    def __init__(self) -> None:
        super().__init__()
        self.bound: dict[str, str] = {}

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Lend all of it."""
        self.bound = dict(wanted)

    def close(self) -> None:
        """Take all of it back."""
        self.bound = {}

    def press(self, key: str) -> None:
        """A key is pressed while another program has the keyboard."""
        for name, one in self.bound.items():
            if one == key:
                self.pressed.emit(name)


@dataclass
class FakeUser32:
    """``RegisterHotKey``: one owner a key; a number of ours names one key at a time."""

    taken: set[tuple[int, int]] = field(default_factory=set)
    ours: dict[int, tuple[int, int]] = field(default_factory=dict)

    def register(self, number: int, held: int, key: int) -> bool:
        """ERROR_HOTKEY_ALREADY_REGISTERED where somebody has it, we included."""
        asked = (held & 0xF, key)
        if asked in self.taken or asked in self.ours.values():
            return False
        assert number not in self.ours
        self.ours[number] = asked
        return True

    def unregister(self, number: int) -> None:
        """It must be ours."""
        del self.ours[number]


@dataclass
class FakeCarbon:
    """``RegisterEventHotKey``: refuses what this program has already."""

    ours: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    pressed: list[Callable[[int], None]] = field(default_factory=list)
    given: int = 0

    def listen(self, pressed: Callable[[int], None]) -> None:
        """One handler for all keys."""
        self.pressed.append(pressed)

    def register(self, number: int, held: int, key: int) -> int | None:
        """``eventHotKeyExistsErr`` is -9878."""
        if (held, key) in {one[1:] for one in self.ours.values()}:
            return None
        self.given += 1
        self.ours[self.given] = (number, held, key)
        return self.given

    def unregister(self, reference: int) -> None:
        """It must be ours."""
        del self.ours[reference]

    def press(self, held: int, key: int) -> None:
        """The system tells the handler the number."""
        for number, *chord in self.ours.values():
            if chord == [held, key]:
                for pressed in self.pressed:
                    pressed(number)


class FakePortal:
    """``org.freedesktop.portal.GlobalShortcuts`` on a session bus of the test's own.

    Args:
        address: Of the bus.
        refuses: The person says no.
        too_old: The desktop has no such interface.
    """

    def __init__(
        self, address: str, *, refuses: bool = False, too_old: bool = False
    ) -> None:
        self.apps: list[str] = []
        self.shortcuts: dict[str, dict[str, tuple[str, str]]] = {}
        self.session = ""
        self._refuses = refuses
        self._too_old = too_old
        self._connection: DBusConnection = open_dbus_connection(bus=address)
        self._reply(message_bus.RequestName("org.freedesktop.portal.Desktop"))
        self._client = ""
        self._thread = threading.Thread(target=self._serve, name="fake-portal")
        self._thread.start()

    def press(self, name: str, session: str = "") -> None:
        """The key of this shortcut is pressed."""
        none: dict[str, Any] = {}
        body = (session or self.session, name, 1, none)
        self._signal(
            "org.freedesktop.portal.GlobalShortcuts", "Activated", "osta{sv}", body
        )

    def stop(self) -> None:
        """Leave the bus."""
        self._connection.sock.shutdown(2)
        self._thread.join()
        self._connection.close()

    def _reply(self, message: Message) -> None:
        self._connection.send_and_get_reply(message, timeout=5.0)

    def _serve(self) -> None:
        while True:
            try:
                message = self._connection.receive()
            except (OSError, ValueError):
                return
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        method = fields[HeaderFields.member]
        self._client = fields[HeaderFields.sender]
        if method == "Register":
            self.apps.append(message.body[0])
            self._connection.send(new_method_return(message))
            return
        if self._too_old:
            self._connection.send(
                new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
            )
            return
        options: dict[str, Any] = message.body[-1]
        sender = self._client.removeprefix(":").replace(".", "_")
        path = "/org/freedesktop/portal/desktop"
        request = f"{path}/request/{sender}/{options['handle_token'][1]}"
        self._connection.send(new_method_return(message, "o", (request,)))
        results: dict[str, Any] = {}
        code = 0
        if method == "CreateSession":
            token = options["session_handle_token"][1]
            self.session = f"{path}/session/{sender}/{token}"
            results = {"session_handle": ("s", self.session)}
        else:
            assert message.body[0] == self.session
            code = int(self._refuses)
            if not self._refuses:
                self.shortcuts = dict(message.body[1])
                results = {"shortcuts": ("a(sa{sv})", message.body[1])}
        self._signal(
            "org.freedesktop.portal.Request",
            "Response",
            "ua{sv}",
            (code, results),
            path=request,
        )

    def _signal(
        self,
        interface: str,
        member: str,
        signature: str,
        body: tuple[object, ...],
        *,
        path: str = "/org/freedesktop/portal/desktop",
    ) -> None:
        emitter = DBusAddress(path, interface=interface)
        self._connection.send(new_signal(emitter, member, signature, body))
