"""On a real X server: a button works while another program has the keyboard."""

import sys
from pathlib import Path

from tests.fakes.desktop import Desktop, wait_for
from tests.ui.test_x11 import EDITOR, desktop, pytestmark

from sidelight.settings.keys import Buttons
from sidelight.settings.room import RoomChoice, RoomView

__all__ = ["desktop", "pytestmark"]

PLAYER = (sys.executable, "-m", "tests.fakes.engine_player", "--no-review")

TAKER = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from sidelight.ui.platform.hotkeys import open_hotkeys
app = QApplication([])
hotkeys = open_hotkeys()
told = Path(sys.argv[1])
hotkeys.refused.connect(lambda sentence, remedy: told.write_text(sentence))
hotkeys.bind({"did": sys.argv[2]})
if not told.exists():
    told.write_text("bound")
app.exec()
"""


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def test_buttons_work_elsewhere_and_the_focus_stays_there(
    desktop: Desktop, tmp_path: Path
) -> None:
    bound = {"bookmark": "PgDown", "did": "Ctrl+F9", "undo": "F7"}
    Buttons(bound, everywhere=True).remember(tmp_path)
    typed, asked, told = (tmp_path / name for name in ("typed", "asked", "told"))
    desktop.start(sys.executable, "-c", EDITOR, str(typed))
    editor = desktop.window("another program")
    desktop.xdotool("windowactivate", "--sync", editor)
    wait_for(lambda: desktop.xdotool("getwindowfocus") == editor)
    choices = ("--settings", str(tmp_path), "--asked", str(asked))
    # In a room with the sidebar chosen: nothing of ours may want the keyboard.
    RoomChoice(RoomView.SIDEBAR).remember(tmp_path)
    desktop.start(*PLAYER, "--speed", "1", *choices)
    desktop.window("Sidelight")
    wait_for(lambda: read(asked) == "Follow")

    # The keys are ours once the session is known, some milliseconds after the window.
    def presses(key: str, name: str) -> None:
        before = read(asked).count(name)

        def pressed() -> bool:
            desktop.xdotool("key", key)
            return read(asked).count(name) > before

        wait_for(pressed)

    presses("Next", "PlaceMark")
    presses("ctrl+F9", "AddMoment")
    desktop.xdotool("key", "Caps_Lock")
    presses("Next", "PlaceMark")  # whatever is locked
    desktop.xdotool("key", "Caps_Lock")
    assert desktop.xdotool("getwindowfocus") == editor
    desktop.xdotool("type", "still here")
    wait_for(lambda: read(typed) == "still here")

    # Held down, it counts once.
    desktop.xdotool("keydown", "F7", "sleep", "1.2", "keyup", "F7")
    wait_for(lambda: read(asked).count("Undo"))
    assert read(asked).count("Undo") == 1

    # Another program that asks for the same key is told, in one sentence.
    desktop.start(sys.executable, "-c", TAKER, str(told), "PgDown")
    wait_for(lambda: read(told))
    assert read(told) == "Another program already uses Page down everywhere."


def test_the_dark_takes_the_keyboard_and_gives_it_back(
    desktop: Desktop, tmp_path: Path
) -> None:
    typed, asked = tmp_path / "typed", tmp_path / "asked"
    desktop.start(sys.executable, "-c", EDITOR, str(typed))
    editor = desktop.window("another program")
    desktop.xdotool("windowactivate", "--sync", editor)
    wait_for(lambda: desktop.xdotool("getwindowfocus") == editor)
    RoomChoice(RoomView.DARK).remember(tmp_path)
    choices = ("--settings", str(tmp_path), "--asked", str(asked))
    desktop.start(*PLAYER, "--speed", "1", "--room", *choices)
    room = desktop.window("Sidelight")
    wait_for(lambda: desktop.geometry(room).get("WIDTH") == 1366)
    wait_for(lambda: desktop.xdotool("getwindowfocus") == room)
    desktop.xdotool("key", "b")
    wait_for(lambda: "PlaceMark" in read(asked))
    assert not read(typed)
    desktop.xdotool("key", "Escape")
    wait_for(lambda: desktop.xdotool("getwindowfocus") == editor)
    desktop.xdotool("type", "on")
    wait_for(lambda: read(typed) == "on")
