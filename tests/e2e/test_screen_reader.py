"""Over the real accessibility bus: X11, D-Bus, AT-SPI, and a reader that asks."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUS = Path("/usr/libexec/at-spi-bus-launcher")
READER = (sys.executable, "-m", "tests.fakes.screen_reader", "Sidelight")

pytestmark = pytest.mark.skipif(
    not (BUS.exists() and shutil.which("dbus-run-session") and shutil.which("Xvfb")),
    reason="needs at-spi2-core, dbus and Xvfb",
)


@pytest.fixture
def display() -> Iterator[str]:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ("Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24"),
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


def test_a_screen_reader_gets_every_window(display: str, tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "AT_SPI_BUS_ADDRESS")
    }
    environment |= {
        "DISPLAY": display,
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    }
    done = subprocess.run(
        ("dbus-run-session", "--", *READER),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    lines = [one for one in done.stdout.splitlines() if one.startswith("{")]
    told = [json.loads(line) for line in lines]  # the bus speaks up as well
    said = {(one["role"], one["name"]) for one in told}
    assert ("label", "Last partnered · 6 min ago · where next?") in said
    assert ("text", "Client’s first name") in said
    assert ("radio button", "Keep") in said
    assert ("push button", "Start") in said
    assert ("list", "Timeline of the session") in said
    assert ("list item", "where next · several ways, open · 2:33") in said
    unnamed = [one for one in told if one["focusable"] and not one["name"]]
    assert not unnamed
