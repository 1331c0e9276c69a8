"""What holds for every test: it leaves nothing behind, stays quiet and stays here."""

import gc
import os
import signal
import sys
from pathlib import Path

import pytest

# Started in the background of a script, Ctrl-C is ignored here, and every program
# that a test starts would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Before Qt starts: without a screen it draws into memory.
if sys.platform == "linux" and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Before the first word: tests read English on every desktop.
os.environ["SIDELIGHT_LANGUAGE"] = "en"

from tests.guards.leaks import nothing_left_behind
from tests.guards.logs import expect_log
from tests.guards.network import network_guard, no_network
from tests.guards.stalls import stall_guard

from sidelight.network.guard import silence_libraries

# Before a test loads what reports by itself.
silence_libraries()

__all__ = [
    "expect_log",
    "network_guard",
    "no_network",
    "nothing_left_behind",
    "sidelight_home",
    "stall_guard",
]


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and is not looked through for garbage.

    Of all tests together that takes 0.18 s each time, which no window of the program
    ever stands still for; some of ours did, and failed.
    """
    gc.freeze()


def pytest_runtest_teardown() -> None:
    """Where a window was made Python collects no more by itself, and no loop turns."""
    if not gc.isenabled():
        from sidelight.ui.collecting import collect_here  # noqa: PLC0415 - it is loaded

        collect_here().collect()


@pytest.fixture(autouse=True)
def sidelight_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for everything that Sidelight keeps; a fresh one for each test."""
    home = tmp_path / "sidelight-home"
    monkeypatch.setenv("SIDELIGHT_HOME", str(home))
    return home
