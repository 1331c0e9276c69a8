"""``sidelight`` on a real screen: every process, and nothing but keys."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.ui.test_x11 import PATIENCE_S, TOOLS, Desktop, desktop, wait_for

from sidelight.settings.first_run import FirstRun
from sidelight.settings.paths import Paths

__all__ = ["desktop"]

pytestmark = [
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS),
        reason="needs " + ", ".join(TOOLS),
    ),
]


def test_a_session_by_keyboard_alone_from_home_to_the_review_and_back(
    desktop: Desktop, tmp_path: Path
) -> None:
    """The real processes: nothing but keys, from the first run to home again."""
    phrase = tmp_path / "phrase"
    phrase.write_text("vier Worte im Wind\n")
    desktop.environment |= {
        "SIDELIGHT_PASSPHRASE_FILE": str(phrase),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    program = (sys.executable, "-m", "sidelight")
    # The first run was left; it has tests of its own (tests/ui, tests/devices).
    FirstRun(over=True).remember(Paths.find().prepare().data)
    home = desktop.start(*program)

    def press(*keys: str) -> None:
        for key in keys:
            desktop.xdotool("key", key)

    def in_front(title: str) -> None:
        window = desktop.window(title)
        wait_for(lambda: desktop.xdotool("getactivewindow") == window)

    def sessions() -> list[dict[str, object]]:
        listed = subprocess.run(
            (*program, "sessions", "list", "--json"),
            env=desktop.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return [json.loads(line) for line in listed.stdout.splitlines()]

    def attempt() -> bool:
        """From wherever it is to a begun session; Escape goes home from the card."""
        press("Escape", "Return")
        time.sleep(1)  # the card comes; a person would see it
        press("ctrl+a")
        desktop.xdotool("type", "Ana")
        press("Tab", "Tab", "Down", "Down", "Down", "Return")
        deadline = time.monotonic() + 5
        while not sessions() and time.monotonic() < deadline:
            time.sleep(0.1)
        return bool(sessions())

    in_front("Sidelight")
    vault = Path(os.environ["SIDELIGHT_HOME"]) / "record" / "vault.json"

    def set_up() -> bool:
        press("Return")
        time.sleep(0.5)
        return vault.exists()

    wait_for(set_up)
    # The key was seen. What attempt types blindly must not reach home's other button.
    press("Return")
    time.sleep(2)
    wait_for(attempt)
    (session,) = sessions()
    assert session["mode"] == "no_listening"
    assert "Ana" in str(session["client"])
    assert home.poll() is None
    wait_for(
        lambda: (
            subprocess.run(
                (*program, "end"), env=desktop.environment, check=False
            ).returncode
            == 0
        )
    )
    in_front("Review")
    press("ctrl+w")
    in_front("Sidelight")
    (session,) = sessions()
    assert session["ended"]
    press("ctrl+w")
    assert home.wait(PATIENCE_S) == 0
