"""Five seconds through a real sound system and PortAudio, bit for bit.

A PulseAudio of our own, without a session bus or a sound card, plays seeded noise into
a null sink; its monitor is the microphone. It runs with the capture in a child process,
because PortAudio reads its surroundings once in a process's life.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CAPTURE = Path(__file__).with_name("virtual_microphone.py")


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("pulseaudio") is None,
    reason="needs PulseAudio",
)
def test_five_seconds_are_captured_bit_for_bit(tmp_path: Path) -> None:
    # Short: a socket's path has at most 108 characters.
    run = subprocess.run(
        [sys.executable, CAPTURE],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    result = json.loads(run.stdout.splitlines()[-1])
    assert "app_mic" in result["listed"]
    assert result["equal_samples"] == result["sent_samples"] == 5 * 16_000
    assert result["gaps"] == 0
    assert result["refused"].startswith("The microphone 'app_mic' is gone")
