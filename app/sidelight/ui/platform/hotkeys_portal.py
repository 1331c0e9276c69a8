"""System-wide keys on Wayland: the desktop portal ``GlobalShortcuts``, over D-Bus.

There no program can ask for a key. It says what it would like to be told of, the
desktop shows that to the person, who chooses the key (the one asked for is offered),
and from then on the desktop tells (XDG desktop portal, interface version 1).
**Not yet run on a desktop of that kind**: the tests run it against a portal of their
own on a real bus. A session of the portal can be asked once
only, so other keys mean another session.

The conversation has a thread of its own: the person may take minutes to answer.
"""

from __future__ import annotations

import logging
import secrets
import socket
import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from jeepney import DBusAddress, MatchRule, new_method_call
from jeepney.bus import get_bus
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, prep_socket
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from sidelight.ui.platform.hotkeys import BY_HAND, Hotkeys
from sidelight.ui.platform.keytable import Chord, Held
from sidelight.ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jeepney import Message
    from PySide6.QtCore import QObject

_PATH: Final = "/org/freedesktop/portal/desktop"
_BUS: Final = "org.freedesktop.portal.Desktop"
_SHORTCUTS: Final = "org.freedesktop.portal.GlobalShortcuts"
_REQUEST: Final = "org.freedesktop.portal.Request"
_APP: Final = "sidelight"
"""Our desktop file's name: how the desktop knows whose keys these are."""

_ANSWER_S: Final = 10.0
"""For the bus; a person is waited for without a limit."""

_HELD: Final = {
    Held.CTRL: "CTRL",
    Held.ALT: "ALT",
    Held.SHIFT: "SHIFT",
    Held.META: "LOGO",
}

_NONE: Final = tr("This desktop does not lend keys to programs.")
_NOT_ALLOWED: Final = tr("The desktop was not allowed to lend Sidelight these keys.")
_WITHOUT: Final = tr("They still work in Sidelight's own windows.")

_log = logging.getLogger(__name__)


def trigger(chord: Chord) -> str:
    """A key as the "shortcuts" specification of XDG writes it: ``CTRL+Page_Down``."""
    held = [name for one, name in _HELD.items() if one in chord.held]
    return "+".join((*held, chord.codes.keysym_name))


class PortalHotkeys(Hotkeys):
    """Owns the thread of the conversation."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._talk: _Conversation | None = None

    def bind(self, wanted: Mapping[str, str]) -> None:
        """Begin a new conversation about these."""
        self.close()
        chords = self._askable(wanted)
        if chords:
            self._talk = _Conversation(self, chords)
            self._talk.start()

    def close(self) -> None:
        """End it; the desktop forgets the keys with the connection."""
        if self._talk is not None:
            self._talk.stop()
            self._talk = None


class _Conversation:
    """One session of the portal, from the first word until it is hung up."""

    def __init__(self, owner: PortalHotkeys, chords: Mapping[str, Chord]) -> None:
        self._owner = owner
        self._chords = chords
        self._stopping = threading.Event()
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="portal-keys")

    def start(self) -> None:
        """Begin to talk."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up and wait for the thread."""
        self._stopping.set()
        with self._lock:
            if self._socket is not None:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def _run(self) -> None:
        try:
            wire = prep_socket(get_bus("SESSION"), timeout=_ANSWER_S / 10)
        except (OSError, KeyError, RuntimeError) as error:
            _log.info("no session bus: %s", type(error).__name__)
            self._refuse(_NONE, BY_HAND)
            return
        with self._lock:
            self._socket = wire  # from here on ``stop`` ends whatever is waited for
        try:
            if not self._stopping.is_set():
                self._converse(DBusConnection(wire))
        except DBusErrorResponse as error:
            _log.info("the portal said %s", error.name)
            self._refuse(_NONE, BY_HAND)
        except (OSError, EOFError):  # a time-out too
            if not self._stopping.is_set():
                _log.info("the session bus does not answer any more")
                self._refuse(_NONE, BY_HAND)
        finally:
            with self._lock:
                self._socket = None
            wire.close()

    def _converse(self, connection: DBusConnection) -> None:
        self._introduce(connection)
        token = f"sidelight_{secrets.token_hex(8)}"
        session = self._asked(
            connection,
            "CreateSession",
            "a{sv}",
            (),
            {"session_handle_token": ("s", token)},
        )
        if session is None:
            self._refuse(_NOT_ALLOWED, _WITHOUT)
            return
        handle = str(session["session_handle"][1])
        told: deque[Message] = deque()
        rule = MatchRule(
            type="signal", interface=_SHORTCUTS, member="Activated", path=_PATH
        )
        _call(connection, message_bus.AddMatch(rule))
        with connection.filter(rule, queue=told):
            shortcuts = [
                (
                    name,
                    {
                        "description": ("s", _DESCRIPTIONS.get(name, name)),
                        "preferred_trigger": ("s", trigger(chord)),
                    },
                )
                for name, chord in self._chords.items()
            ]
            bound = self._asked(
                connection,
                "BindShortcuts",
                "oa(sa{sv})sa{sv}",
                (handle, shortcuts, ""),
                {},
            )
            if not bound or not bound["shortcuts"][1]:
                self._refuse(_NOT_ALLOWED, _WITHOUT)
                return
            while not self._stopping.is_set():
                of, name, *_ = connection.recv_until_filtered(told).body
                if of == handle and name in self._chords:
                    self._owner.pressed.emit(name)

    def _introduce(self, connection: DBusConnection) -> None:
        """Say who asks: newer portals want to know it of a program without sandbox."""
        registry = DBusAddress(_PATH, _BUS, "org.freedesktop.host.portal.Registry")
        with suppress(DBusErrorResponse):
            _call(
                connection,
                new_method_call(registry, "Register", "sa{sv}", (_APP, {})),
            )

    def _asked(
        self,
        connection: DBusConnection,
        method: str,
        signature: str,
        arguments: tuple[object, ...],
        options: dict[str, tuple[str, object]],
    ) -> dict[str, Any] | None:
        """Call a method that answers by signal, when the person has answered.

        Returns:
            Its results; ``None``: the answer was no.
        """
        token = f"sidelight_{secrets.token_hex(8)}"
        sender = str(connection.unique_name).removeprefix(":").replace(".", "_")
        path = f"{_PATH}/request/{sender}/{token}"
        rule = MatchRule(
            type="signal", interface=_REQUEST, member="Response", path=path
        )
        _call(connection, message_bus.AddMatch(rule))
        portal = DBusAddress(_PATH, _BUS, _SHORTCUTS)
        body = (*arguments, {"handle_token": ("s", token), **options})
        with connection.filter(rule) as answers:
            _call(connection, new_method_call(portal, method, signature, body))
            code, results = connection.recv_until_filtered(answers).body
        return results if code == 0 else None

    def _refuse(self, sentence: str, remedy: str) -> None:
        if not self._stopping.is_set():
            self._owner.refused.emit(sentence, remedy)


_DESCRIPTIONS: Final = {
    "bookmark": tr("Bookmark"),
    "did": tr("I did that"),
    "pause": tr("Pause, and go on"),
    "off_record": tr("The last two minutes off the record"),
    "off_record_turn": tr("The newest turn off the record"),
    "undo": tr("Undo"),
    "hide": tr("Hide, and show again"),
}
"""What the desktop shows beside each key."""


def _call(connection: DBusConnection, message: Message) -> tuple[Any, ...]:
    answer = connection.send_and_get_reply(message, timeout=_ANSWER_S)
    body: tuple[Any, ...] = unwrap_msg(answer)
    return body
