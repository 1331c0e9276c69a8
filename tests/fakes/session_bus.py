"""A message bus of the test's own, over which windows tell what they show."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCESSIBILITY: Final = Path("/usr/libexec/at-spi-bus-launcher")
PATIENCE_S: Final = 10.0


def can_be_read() -> bool:
    """Whether there is what a screen reader needs."""
    return ACCESSIBILITY.exists() and shutil.which("dbus-daemon") is not None


@contextmanager
def session_bus() -> Iterator[str]:
    """Run one.

    Gives:
        Its address, for ``DBUS_SESSION_BUS_ADDRESS``.
    """
    reading, writing = os.pipe()
    # The bus of screen readers, which it starts, puts its socket there.
    place = tempfile.mkdtemp(prefix="bus.")
    daemon = subprocess.Popen(
        ("dbus-daemon", "--session", "--nofork", f"--print-address={writing}"),
        pass_fds=(writing,),
        env={**os.environ, "XDG_RUNTIME_DIR": place},
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            address = pipe.readline().strip()
        assert address, "the bus did not start"
        yield address
    finally:
        daemon.terminate()
        daemon.wait(PATIENCE_S)
        shutil.rmtree(place, ignore_errors=True)
