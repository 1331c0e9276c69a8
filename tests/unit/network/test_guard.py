"""Nothing reaches another computer except inside a visit."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sidelight.network.guard import NetworkRefusedError, allowed, is_here, watch
from sidelight.network.ledger import HostKind, Ledger, Purpose

AWAY = [
    ("socket.connect", (None, ("192.0.2.1", 443))),
    ("socket.sendto", (None, ("2001:db8::1", 53, 0, 0))),
    ("socket.getaddrinfo", ("models.example", 443, 0, 0, 0)),
    ("socket.gethostbyname", ("models.example",)),
]
HERE = [
    ("socket.connect", (None, ("127.0.0.1", 5))),
    ("socket.connect", (None, ("::1", 5, 0, 0))),
    ("socket.connect", (None, "/run/user/1/bus")),
    ("socket.getaddrinfo", ("localhost", 5, 0, 0, 0)),
    ("socket.getaddrinfo", (None, 5, 0, 0, 0)),
    ("open", ("models.example", "r", 0)),
]


class Noted:
    def __init__(self) -> None:
        self.hosts: list[str] = []

    def reached(self, host: str) -> None:
        self.hosts.append(host)


@pytest.mark.parametrize(("event", "arguments"), AWAY)
def test_another_computer_is_refused(event: str, arguments: tuple[object]) -> None:
    with pytest.raises(NetworkRefusedError):
        watch(event, arguments)
    noted = Noted()
    with allowed(noted):
        watch(event, arguments)
    assert len(noted.hosts) == 1
    with pytest.raises(NetworkRefusedError):
        watch(event, arguments)


@pytest.mark.parametrize(("event", "arguments"), HERE)
def test_this_computer_is_not(event: str, arguments: tuple[object]) -> None:
    watch(event, arguments)


def test_the_way_is_open_for_one_thread(tmp_path: Path) -> None:
    refused: list[BaseException] = []

    def reach() -> None:
        try:
            watch(*AWAY[0])
        except NetworkRefusedError as error:
            refused.append(error)

    with Ledger(tmp_path).visit(HostKind.HUB, Purpose.MODEL, "base"):
        other = threading.Thread(target=reach)
        other.start()
        other.join()
    assert len(refused) == 1


def test_names_that_only_look_like_this_computer_are_another() -> None:
    assert not is_here("localhost.example")
    assert not is_here("127.0.0.1.example")
    assert is_here(b"127.0.0.53")


def test_the_program_is_watched_before_it_does_anything() -> None:
    """In a process of its own: an installed hook stays for its life."""
    program = (
        "import sys, socket\n"
        "import sidelight.__main__ as main\n"
        "sys.argv = ['sidelight', '--version']\n"
        "try: main.main()\n"
        "except SystemExit: pass\n"
        "try: socket.create_connection(('192.0.2.1', 9), timeout=1)\n"
        "except OSError as error: print(type(error).__name__)\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", program), capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[-1] == "NetworkRefusedError"
