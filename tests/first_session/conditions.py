"""What a first session needs of the computer it is tested on."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from tests.fakes.desktop import TOOLS
from tests.fakes.session_bus import can_be_read, session_bus

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = (*TOOLS, "pulseaudio", "pacat", "pactl")

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="a Linux desktop"),
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in NEEDED) or not can_be_read(),
        reason="needs at-spi2-core, dbus, " + ", ".join(NEEDED),
    ),
    pytest.mark.usefixtures("bus"),
]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Windows tell what they show over a bus of the test's own."""
    with session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.delenv("AT_SPI_BUS_ADDRESS", raising=False)
        yield
