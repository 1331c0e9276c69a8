"""Keys that work everywhere: what each system is asked for, and what it may refuse."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from ctypes import wintypes

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.fakes.hotkeys import FakeCarbon, FakePortal, FakeUser32

from sidelight.ui.platform import keytable
from sidelight.ui.platform.hotkeys import BY_HAND, Hotkeys, NoHotkeys, open_hotkeys
from sidelight.ui.platform.hotkeys_mac import MacHotkeys
from sidelight.ui.platform.hotkeys_portal import PortalHotkeys, trigger
from sidelight.ui.platform.hotkeys_windows import (
    NO_REPEAT,
    WM_HOTKEY,
    WindowsHotkeys,
)
from sidelight.ui.platform.keytable import chord

WANTED = {"bookmark": "PgDown", "did": "Ctrl+F9"}


class Told:
    """What came of keys."""

    def __init__(self, hotkeys: Hotkeys) -> None:
        self.pressed: list[str] = []
        self.refused: list[str] = []
        self.remedies: list[str] = []
        hotkeys.pressed.connect(self.pressed.append)
        hotkeys.refused.connect(self._refuse)

    def _refuse(self, sentence: str, remedy: str) -> None:
        self.refused.append(sentence)
        self.remedies.append(remedy)


# -- the table ------------------------------------------------------------------------


def test_every_key_of_the_table_is_written_as_qt_writes_it(qapp: QApplication) -> None:
    del qapp
    written = QKeySequence.SequenceFormat.PortableText
    for key in (*keytable._WRITING, *keytable._OTHERS):
        assert QKeySequence(key).toString(written) == key


def test_systems_numbers_are_those_of_their_headers() -> None:
    known = {
        "A": (0x61, "a", 0x41, 0x00),
        "M": (0x6D, "m", 0x4D, 0x2E),
        "0": (0x30, "0", 0x30, 0x1D),
        "F5": (0xFFC2, "F5", 0x74, 0x60),
        "F20": (0xFFD1, "F20", 0x83, 0x5A),
        "PgDown": (0xFF56, "Page_Down", 0x22, 0x79),
        "Media Play": (0x1008FF14, "XF86AudioPlay", 0xB3, None),
    }
    for key, (keysym, name, windows, mac) in known.items():
        asked = chord(key)
        assert asked is not None
        assert asked.codes == keytable.Codes(keysym, name, windows, mac)


@pytest.mark.parametrize("key", ["B", "Shift+.", "Space", "Left"])
def test_keys_of_writing_are_never_asked_for(key: str) -> None:
    hotkeys = WindowsHotkeys(FakeUser32())
    told = Told(hotkeys)
    hotkeys.bind({"did": key})
    assert len(told.refused) == 1
    assert "only works in Sidelight’s own windows" in told.refused[0]
    assert chord(f"Ctrl+{key}") is not None
    assert not chord(f"Ctrl+{key}").types  # type: ignore[union-attr]  # as just seen


def test_a_key_that_no_system_knows_is_refused(qapp: QApplication) -> None:
    del qapp
    assert chord("Voice Dial") is None
    assert chord("Ctrl++") is None
    hotkeys = MacHotkeys(FakeCarbon())
    told = Told(hotkeys)
    hotkeys.bind({"did": "Voice Dial", "bookmark": "Media Play"})
    assert told.refused == [
        "This system does not lend Voice Dial to a program.",
        "This system does not lend Play to a program.",
    ]
    assert set(told.remedies) == {BY_HAND}


def test_in_memory_there_is_nobody_to_ask(qapp: QApplication) -> None:
    del qapp
    hotkeys = open_hotkeys()
    assert isinstance(hotkeys, NoHotkeys)
    told = Told(hotkeys)
    hotkeys.bind({})
    assert not told.refused
    hotkeys.bind(WANTED)
    assert "sidelight mark" in told.remedies[0]


# -- Windows --------------------------------------------------------------------------


def windows_says(hotkeys: WindowsHotkeys, message: int, number: int) -> bool:
    """The loop of the thread takes this message; whether it was a key of ours."""
    said = wintypes.MSG()
    said.message, said.wParam = message, number
    kind = b"windows_dispatcher_MSG"
    handled, _ = hotkeys._filter.nativeEventFilter(kind, ctypes.addressof(said))
    return handled


def test_windows_lends_keys_by_number(qapp: QApplication) -> None:
    del qapp
    user32 = FakeUser32()
    hotkeys = WindowsHotkeys(user32)
    told = Told(hotkeys)
    hotkeys.bind(WANTED)
    assert user32.ours == {1: (0, 0x22), 2: (2, 0x78)}
    assert not user32.register(3, NO_REPEAT, 0x22)  # nobody else can have it
    assert windows_says(hotkeys, WM_HOTKEY, 2)
    assert windows_says(hotkeys, WM_HOTKEY, 1)
    assert not windows_says(hotkeys, 0x0100, 1)
    assert told.pressed == ["did", "bookmark"]
    hotkeys.bind({"did": "F5"})
    assert user32.ours == {1: (0, 0x74)}
    hotkeys.close()
    hotkeys.close()
    assert not user32.ours
    assert not told.refused


def test_a_key_that_is_taken_gives_one_calm_sentence(qapp: QApplication) -> None:
    del qapp
    user32 = FakeUser32(taken={(0, 0x22)})
    hotkeys = WindowsHotkeys(user32)
    told = Told(hotkeys)
    hotkeys.bind(WANTED)
    assert told.refused == ["Another program already uses Page down everywhere."]
    assert told.remedies == ["It still works in Sidelight’s own windows."]
    assert user32.ours == {2: (2, 0x78)}  # the other one is there
    hotkeys.close()


# -- macOS ----------------------------------------------------------------------------


def test_macos_lends_keys_by_number() -> None:
    carbon = FakeCarbon()
    hotkeys = MacHotkeys(carbon)
    told = Told(hotkeys)
    hotkeys.bind(WANTED)
    hotkeys.bind(WANTED)
    assert len(carbon.pressed) == 1  # one handler, however often it is asked
    carbon.press(0, 0x79)
    carbon.press(0x0100, 0x65)  # command: what Qt calls Ctrl there
    assert told.pressed == ["bookmark", "did"]
    hotkeys.close()
    assert not carbon.ours


# -- Wayland: the portal --------------------------------------------------------------


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of the test's own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("needs dbus-daemon")
    process = subprocess.Popen(
        (daemon, "--session", "--nofork", "--nopidfile", "--print-address=1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    process.terminate()
    process.wait(10)
    process.stdout.close()


@pytest.fixture
def ask(
    bus: str, qapp: QApplication
) -> Iterator[Callable[..., tuple[FakePortal, Told, PortalHotkeys]]]:
    """A portal, and keys asked of it."""
    del qapp
    made: list[tuple[FakePortal, PortalHotkeys]] = []

    def asked(**how: bool) -> tuple[FakePortal, Told, PortalHotkeys]:
        portal, hotkeys = FakePortal(bus, **how), PortalHotkeys()
        made.append((portal, hotkeys))
        told = Told(hotkeys)
        hotkeys.bind(WANTED)
        return portal, told, hotkeys

    yield asked
    for portal, hotkeys in made:
        hotkeys.close()
        with suppress(OSError):
            portal.stop()


def test_the_portal_is_asked_and_tells(
    ask: Callable[..., tuple[FakePortal, Told, PortalHotkeys]], qtbot: QtBot
) -> None:
    portal, told, hotkeys = ask()
    qtbot.waitUntil(lambda: len(portal.shortcuts) == 2)
    assert portal.apps == ["sidelight"]
    assert portal.shortcuts["did"] == {
        "description": ("s", "I did that"),
        "preferred_trigger": ("s", "CTRL+F9"),
    }
    portal.press("did", "/org/freedesktop/portal/desktop/session/1_1/another")
    portal.press("bookmark")
    qtbot.waitUntil(lambda: bool(told.pressed))
    assert told.pressed == ["bookmark"]
    first = portal.session
    hotkeys.bind({"did": "F5"})  # other keys, another session
    qtbot.waitUntil(lambda: list(portal.shortcuts) == ["did"])
    assert portal.session != first
    assert not told.refused


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (
            {"refuses": True},
            "The desktop was not allowed to lend Sidelight these keys.",
        ),
        ({"too_old": True}, "This desktop does not lend keys to programs."),
    ],
)
def test_a_portal_may_say_no(
    ask: Callable[..., tuple[FakePortal, Told, PortalHotkeys]],
    qtbot: QtBot,
    how: dict[str, bool],
    sentence: str,
) -> None:
    _, told, _ = ask(**how)
    qtbot.waitUntil(lambda: told.refused == [sentence])


def test_without_a_bus_it_is_said_how_it_goes_by_hand(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    hotkeys = PortalHotkeys()
    told = Told(hotkeys)
    hotkeys.bind(WANTED)
    qtbot.waitUntil(lambda: told.remedies == [BY_HAND])
    hotkeys.close()


def test_a_trigger_is_written_as_the_specification_says() -> None:
    asked = chord("Ctrl+Alt+Shift+Meta+PgDown")
    assert asked is not None
    assert trigger(asked) == "CTRL+ALT+SHIFT+LOGO+Page_Down"
