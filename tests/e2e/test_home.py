"""``sidelight`` on a real screen: every process, and nothing but keys."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.fakes.desktop import PATIENCE_S, TOOLS, Desktop, wait_for
from tests.ui.test_x11 import EDITOR, desktop, fold_by_click

from sidelight.cli.main import main
from sidelight.domain.session import Mode
from sidelight.record.record import Record
from sidelight.record.sessions import SessionSummary
from sidelight.record.vault import Vault
from sidelight.settings.first_run import FirstRun
from sidelight.settings.paths import Paths
from sidelight.ui.answering import ANSWERS

__all__ = ["desktop"]

pytestmark = [
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS),
        reason="needs " + ", ".join(TOOLS),
    ),
]

PASSPHRASE = "vier Worte im Wind"  # noqa: S105 - opens nothing else
TYPED = "Sphinx of black quartz, judge my vow. " * 2
KEY_MS = 90
"""Somebody who types fast; the whole text lasts as long as the commands below."""


class Keyboard:
    """The only thing that touches the program."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def press(self, *keys: str) -> None:
        for key in keys:
            self._desktop.xdotool("key", key)

    def write(self, text: str) -> None:
        self._desktop.xdotool("type", text)

    def in_front(self, title: str) -> None:
        """Wait until the window with this title has the keyboard."""
        window = self._desktop.window(title)
        wait_for(lambda: self._desktop.xdotool("getactivewindow") == window)


def sessions() -> list[SessionSummary]:
    """What is in the record, as far as there is one."""
    folder = Paths.find().record
    if not (folder / "record.db").exists():
        return []
    vault = Vault.open_passphrase(folder, PASSPHRASE)
    with Record.open(folder, vault, read_only=True) as record:
        return record.sessions.list()


def set_up(keyboard: Keyboard) -> None:
    """From the first run to home, or its card: Return makes the vault and goes on.

    What is typed at home, where a button has the keyboard, may press another.
    """
    data = Paths.find()
    log = data.data / "logs" / "home.log"
    wait_for(lambda: log.exists() and ANSWERS in log.read_text())  # the door is shown
    keyboard.press("Return")
    wait_for((data.record / "vault.json").exists)
    time.sleep(1)  # the recovery key comes; a person would see it
    keyboard.press("Return")
    time.sleep(1)


def begin(keyboard: Keyboard) -> None:
    """From wherever it is to a begun session; Escape goes home from the card."""

    def begun() -> bool:
        keyboard.press("Escape", "Return")
        time.sleep(1)  # the card comes; a person would see it
        keyboard.press("ctrl+a")
        keyboard.write("Ana")
        keyboard.press("Tab", "Tab", "Down", "Down", "Down", "Return")
        deadline = time.monotonic() + 5
        while not sessions() and time.monotonic() < deadline:
            time.sleep(0.1)
        return bool(sessions())

    wait_for(begun)


def narrow_window(desktop: Desktop) -> str:
    """The sidebar, which bears the same title as home; "" while it is not there."""
    found = desktop.xdotool("search", "--onlyvisible", "--name", "^Sidelight$")
    narrow = (
        one for one in found.splitlines() if desktop.geometry(one).get("WIDTH", 0) < 400
    )
    return next(narrow, "")


@contextmanager
def typed_into(desktop: Desktop, target: Path) -> Iterator[Callable[[], None]]:
    """Somebody types into another program all the time; nothing of it goes astray.

    Gives:
        Checks that the other program has the focus now.
    """
    program = desktop.start(sys.executable, "-c", EDITOR, str(target))
    editor = desktop.window("another program")
    desktop.xdotool("windowactivate", "--sync", editor)
    wait_for(lambda: desktop.xdotool("getwindowfocus") == editor)

    def undisturbed() -> None:
        assert desktop.xdotool("getwindowfocus") == editor
        assert desktop.xdotool("getactivewindow") == editor

    hands = subprocess.Popen(
        ("xdotool", "type", "--delay", str(KEY_MS), TYPED), env=desktop.environment
    )
    try:
        yield undisturbed
        assert hands.wait(PATIENCE_S) == 0
        wait_for(lambda: target.exists() and len(target.read_text()) >= len(TYPED))
        assert target.read_text() == TYPED
        undisturbed()
    finally:
        for process in (hands, program):
            process.kill()
            process.wait()


def test_a_session_by_keyboard_alone_while_another_program_is_typed_into(
    desktop: Desktop,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the first run to home again, with every process of the program.

    What the coach does in between comes as from the desktop's shortcuts: commands.
    """
    phrase = tmp_path / "phrase"
    phrase.write_text(f"{PASSPHRASE}\n")
    desktop.environment |= {
        "SIDELIGHT_PASSPHRASE_FILE": str(phrase),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    # The first run was left; it has tests of its own (tests/ui, tests/devices).
    FirstRun(over=True).remember(Paths.find().prepare().data)
    keyboard = Keyboard(desktop)
    home = desktop.start(sys.executable, "-m", "sidelight")

    keyboard.in_front("Sidelight")
    set_up(keyboard)
    # The key was seen. What is typed blindly must not reach home's other buttons.
    keyboard.press("Return")
    time.sleep(2)
    begin(keyboard)
    (session,) = sessions()
    assert session.session.mode is Mode.NO_LISTENING
    assert session.session.client == "Ana"
    sidebar = wait_for(lambda: narrow_window(desktop))

    def command(*words: str) -> str:
        assert main(words) == 0
        return capsys.readouterr().err.strip()

    with typed_into(desktop, tmp_path / "typed.txt") as undisturbed:
        for words, answer in (
            (("mark",), "Bookmark set."),
            (("did", "support"), "Noted: support."),
            (("undo",), "Undone: I did that."),
            (("undo",), "Bookmark removed."),
            (("pause",), "Paused."),
            (("resume",), "Recording again."),
            (("off-record", "--last", "1m"), "Off the record."),
        ):
            assert command(*words) == answer
            undisturbed()
        wide = desktop.geometry(sidebar)["WIDTH"]
        desktop.xdotool("key", "--window", sidebar, "h")
        wait_for(lambda: desktop.geometry(sidebar)["WIDTH"] == 24)
        undisturbed()
        desktop.xdotool("key", "--window", sidebar, "h")
        wait_for(lambda: desktop.geometry(sidebar)["WIDTH"] == wide)
        undisturbed()
        fold_by_click(desktop, sidebar)
        undisturbed()
    assert home.poll() is None
    command("end")
    keyboard.in_front("Wrap-up")
    desktop.xdotool("type", "Slower next time")
    keyboard.press("Escape")
    keyboard.in_front("Review")
    keyboard.press("ctrl+w")
    keyboard.in_front("Sidelight")
    (session,) = sessions()
    assert session.ended
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(phrase))
    assert main(("sessions", "note", "last")) == 0
    assert capsys.readouterr().out == "Slower next time\n"
    keyboard.press("ctrl+w")
    assert home.wait(PATIENCE_S) == 0
