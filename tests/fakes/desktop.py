"""A virtual screen with a window manager, and the programs on it."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "openbox", "xdotool")
PATIENCE_S = 20.0

T = TypeVar("T")


@dataclass
class Desktop:
    """What is on it.

    Attributes:
        environment: Of every program that is started on it.
        processes: Ended with it, the newest first.
    """

    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]]

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a program on it; ended with the desktop."""
        process = subprocess.Popen(command, env=self.environment, cwd=ROOT)
        self.processes.append(process)
        return process

    def xdotool(self, *arguments: str) -> str:
        """Run xdotool and return what it says; "" when it finds nothing."""
        done = subprocess.run(
            ("xdotool", *arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        return done.stdout.strip()

    def window(self, title: str) -> str:
        """The id of the visible window with this title, once there is one."""
        return wait_for(
            lambda: self.xdotool("search", "--onlyvisible", "--name", f"^{title}$")
        ).splitlines()[0]

    def windows(self) -> int:
        """How many are visible, menus too."""
        return len(self.xdotool("search", "--onlyvisible", "--name", "").splitlines())

    def geometry(self, window: str) -> dict[str, int]:
        """Position and size of a window."""
        lines = self.xdotool("getwindowgeometry", "--shell", window).splitlines()
        return {
            name: int(value)
            for name, _, value in (line.partition("=") for line in lines)
        }


def wait_for(condition: Callable[[], T], patience_s: float = PATIENCE_S) -> T:
    """The condition's value once it is true."""
    deadline = time.monotonic() + patience_s
    while not (value := condition()):
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)
    return value


def close_pipes(process: subprocess.Popen[bytes]) -> None:
    """Let go of what led to a process that has ended."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


@contextmanager
def virtual_desktop(
    home: Path, size: tuple[int, int] = (1366, 768), framebuffer: Path | None = None
) -> Iterator[Desktop]:
    """Xvfb and openbox on a display of their own.

    Args:
        home: Of every program on it.
        size: In pixels.
        framebuffer: A folder where what is shown lies as a file, ``Xvfb_screen0``.
    """
    reading, writing = os.pipe()
    width, height = size
    where = () if framebuffer is None else ("-fbdir", str(framebuffer))
    server = subprocess.Popen(
        (
            *("Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"),
            *("-screen", "0", f"{width}x{height}x24", *where),
            # Without this the server starts anew when its only client leaves,
            # and whoever connects in that moment is turned away.
            "-noreset",
            # A busy server holds a key down for so long that it would repeat.
            *("-r", "-ardelay", "60000"),
        ),
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY")
    }
    environment |= {"DISPLAY": f":{number}", "HOME": str(home)}
    screen = Desktop(environment, [server])
    try:
        manager = screen.start("openbox")

        def managed() -> bool:
            nonlocal manager
            if manager.poll() is not None:  # turned away by a server still starting
                manager = screen.start("openbox")
            return screen.xdotool("get_num_desktops").isdigit()

        wait_for(managed)
        yield screen
    finally:
        for process in reversed(screen.processes):
            process.terminate()
            process.wait(PATIENCE_S)
            close_pipes(process)
