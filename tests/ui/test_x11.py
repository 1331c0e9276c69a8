"""On a real X server with a window manager: typing elsewhere goes on undisturbed."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.fakes.desktop import TOOLS, Desktop, virtual_desktop, wait_for

AGAIN_S = 2.0
STEP_S = 0.02
TYPED = "the quick brown fox jumps over the lazy dog"

EDITOR = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QPlainTextEdit
app = QApplication([])
editor = QPlainTextEdit()
editor.setWindowTitle(sys.argv[2] if sys.argv[2:] else "another program")
editor.resize(500, 300)
editor.move(20, 400)
target = Path(sys.argv[1])
editor.textChanged.connect(lambda: target.write_text(editor.toPlainText()))
editor.show()
app.exec()
"""

pytestmark = [
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS),
        reason="needs " + ", ".join(TOOLS),
    ),
]


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with virtual_desktop(tmp_path) as desktop:
        yield desktop


PLAYER = (sys.executable, "-m", "tests.fakes.engine_player", "--no-review")


def fold_by_click(desktop: Desktop, sidebar: str) -> None:
    """Double-click the sidebar; it becomes a strip only if the clicks reach it."""
    box = desktop.geometry(sidebar)
    desktop.xdotool("mousemove", str(box["X"] + 30), str(box["Y"] + 12))
    desktop.xdotool("click", "--repeat", "2", "--delay", "40", "1")
    wait_for(lambda: desktop.geometry(sidebar)["HEIGHT"] == 44)
    assert corner(desktop, sidebar) == (box["X"], box["Y"])


def test_typing_goes_on_while_the_sidebar_shows_resets_and_is_clicked(
    desktop: Desktop, tmp_path: Path
) -> None:
    typed = tmp_path / "typed.txt"
    desktop.start(sys.executable, "-c", EDITOR, str(typed))
    editor = desktop.window("another program")
    desktop.xdotool("windowactivate", "--sync", editor)
    wait_for(lambda: desktop.xdotool("getwindowfocus") == editor)

    def type_until(end: int, delay_ms: int) -> None:
        begun = len(typed.read_text()) if typed.exists() else 0
        desktop.xdotool("type", "--delay", str(delay_ms), TYPED[begun:end])
        wait_for(lambda: typed.read_text() == TYPED[:end])
        assert desktop.xdotool("getactivewindow") == editor

    type_until(10, 20)
    desktop.start(*PLAYER, "--speed", "60", "--theme", "light")
    sidebar = desktop.window("Sidelight")
    panel = desktop.geometry(sidebar)
    # The whole session, with its five resets, passes while this is typed.
    type_until(26, 450)
    assert desktop.geometry(sidebar) == panel
    fold_by_click(desktop, sidebar)
    type_until(33, 20)
    hide_through_the_menu(desktop, sidebar)
    type_until(len(TYPED), 20)


def hide_through_the_menu(desktop: Desktop, sidebar: str) -> None:
    """Right-click; the menu has the keyboard while it is open, and H hides."""
    box = desktop.geometry(sidebar)
    here = (box["X"] + 30, box["Y"] + 12)
    desktop.xdotool("mousemove", *map(str, here))
    desktop.xdotool("click", "3")
    wait_for(lambda: here in corners(desktop, sidebar))
    desktop.xdotool("key", "h")
    wait_for(lambda: here not in corners(desktop, sidebar))
    wait_for(lambda: desktop.geometry(sidebar)["WIDTH"] == 24)
    assert corner(desktop, sidebar) == (box["X"], box["Y"])


def corners(desktop: Desktop, sidebar: str) -> set[tuple[int, int]]:
    """Where the windows of the sidebar's process are; a menu has no title."""
    process = desktop.xdotool("getwindowpid", sidebar)
    found = desktop.xdotool("search", "--onlyvisible", "--pid", process, "--name", "")
    return {corner(desktop, one) for one in found.splitlines()}


def corner(desktop: Desktop, window: str) -> tuple[int, int]:
    """Where its upper left corner is."""
    box = desktop.geometry(window)
    return box.get("X", -1), box.get("Y", -1)


def test_the_keyboard_moves_it_clicks_pass_it_and_the_pointer_brings_it_back(
    desktop: Desktop, tmp_path: Path
) -> None:
    """Beside another program, which keeps the focus; in front of one more.

    That one is raised later, and the sidebar stays above it.
    """
    typed = tmp_path / "typed.txt"
    desktop.start(sys.executable, "-c", EDITOR, str(typed))
    desktop.start(sys.executable, "-c", EDITOR, os.devnull, "behind")
    desktop.start(*PLAYER, "--speed", "1", "--theme", "light")
    editor = desktop.window("another program")
    behind = desktop.window("behind")
    sidebar = desktop.window("Sidelight")
    x, y = corner(desktop, sidebar)
    desktop.xdotool("windowmove", "--sync", behind, str(x - 50), str(y))
    desktop.xdotool("windowraise", behind)

    def focus_editor() -> None:
        desktop.xdotool("windowactivate", "--sync", editor)
        wait_for(lambda: desktop.xdotool("getwindowfocus") == editor)

    focus_editor()
    choose_from_window_menu(desktop, sidebar, "m")
    desktop.xdotool("key", "Right", "Down", "ctrl+Down", "shift+Right")
    wait_for(lambda: corner(desktop, sidebar) == (x + 16, y + 17))
    wait_for(lambda: desktop.geometry(sidebar)["WIDTH"] == 300 + 16)
    desktop.xdotool("key", "Return")
    assert desktop.xdotool("getactivewindow") == editor
    desktop.xdotool("type", "goes on")
    wait_for(lambda: typed.exists() and typed.read_text() == "goes on")

    choose_from_window_menu(desktop, sidebar, "l")
    box = desktop.geometry(sidebar)
    sign = str(box["X"] + box["WIDTH"] - 19), str(box["Y"] + 19)

    def click_on_sign_passes() -> bool:
        focus_editor()
        desktop.xdotool("mousemove", *sign, "click", "1")
        return desktop.xdotool("getactivewindow") == behind

    wait_for(click_on_sign_passes)
    wait_for(lambda: not click_on_sign_passes())  # the pointer rested there
    fold_by_click(desktop, sidebar)


def waited(condition: Callable[[], bool]) -> bool:
    """Whether it came true in as long as a person waits before clicking again."""
    deadline = time.monotonic() + AGAIN_S
    while not (true := condition()) and time.monotonic() < deadline:
        time.sleep(STEP_S)
    return true


def choose_from_window_menu(desktop: Desktop, sidebar: str, key: str) -> None:
    """Right-click; the menu has the keyboard while it is open."""
    box = desktop.geometry(sidebar)
    here = (box["X"] + 30, box["Y"] + 12)
    desktop.xdotool("mousemove", *map(str, here))

    def click_opens_it() -> bool:
        # A busy window manager may swallow a click, as it does with people's.
        desktop.xdotool("click", "3")
        return waited(lambda: here in corners(desktop, sidebar))

    wait_for(click_opens_it)
    before = len(corners(desktop, sidebar))
    desktop.xdotool("key", "w")
    wait_for(lambda: len(corners(desktop, sidebar)) > before)
    desktop.xdotool("key", key)
    wait_for(lambda: here not in corners(desktop, sidebar))
