"""Run by ``test_virtual_microphone`` as a child: own sound daemon, own PortAudio.

Source: the null sink's ``norewinds=1`` and the ALSA names are what PulseAudio 16 needs
for bit-exact capture without a sound card, found by trying.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000
SINK = (
    "module-null-sink sink_name=fakemic norewinds=1"
    f" rate={RATE} channels=1 format=float32le"
)
ALSA = """</usr/share/alsa/alsa.conf>
pcm.app_mic { type pulse device "fakemic.monitor" hint.show on }
"""


def start_daemon(folder: Path) -> subprocess.Popen[bytes]:
    for name in ("PULSE_RUNTIME_PATH", "PULSE_STATE_PATH", "XDG_RUNTIME_DIR"):
        os.environ[name] = str(folder)
    os.environ["PULSE_SERVER"] = f"unix:{folder}/native"
    socket = f"module-native-protocol-unix auth-anonymous=1 socket={folder}/native"
    daemon = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1"]
    daemon += ["--use-pid-file=no", f"--log-target=file:{folder}/log"]
    process = subprocess.Popen([*daemon, "-L", socket, "-L", SINK])
    deadline = time.monotonic() + 15
    while subprocess.run(
        ["pactl", "info"], capture_output=True, check=False
    ).returncode:
        if time.monotonic() > deadline or process.poll() is not None:
            raise TimeoutError((folder / "log").read_text())
        time.sleep(0.05)
    (folder / "asound.conf").write_text(ALSA)
    os.environ["ALSA_CONFIG_PATH"] = str(folder / "asound.conf")
    return process


def capture(folder: Path) -> dict[str, object]:
    # Only now: PortAudio looks around once, at its import.
    from sidelight.audio.block import AudioBlock  # noqa: PLC0415
    from sidelight.audio.microphone import (  # noqa: PLC0415
        MicrophoneSource,
        find_microphone,
        list_microphones,
    )

    listed = [microphone.name for microphone in list_microphones()]
    # ALSA's plug-in names 44,100; the sink really runs at 16,000, and only there
    # nobody resamples on the way.
    microphone = replace(find_microphone("app_mic"), rate=RATE)
    source = MicrophoneSource(microphone)
    items: list[object] = []
    reader = threading.Thread(target=lambda: items.extend(source.blocks()))
    reader.start()
    deadline = time.monotonic() + 10
    while not items and time.monotonic() < deadline:
        time.sleep(0.05)
    noise = np.random.default_rng(0).standard_normal(RATE * 5)
    sent = (0.2 * noise).clip(-0.99, 0.99).astype("<f4")
    sent.tofile(folder / "sent.raw")
    play = ["pacat", "-d", "fakemic", "--latency-msec=500", "--format=float32le"]
    play += [f"--rate={RATE}", "--channels=1", "--raw", str(folder / "sent.raw")]
    subprocess.run(play, check=True)
    time.sleep(1)
    source.stop()
    reader.join(10)
    blocks = [item for item in items if isinstance(item, AudioBlock)]
    heard = np.concatenate([block.samples[:, 0] for block in blocks])
    return {
        "listed": listed,
        "sent_samples": len(sent),
        "equal_samples": best_match(heard, sent),
        "gaps": len(items) - len(blocks),
    }


def best_match(heard: NDArray[np.float32], sent: NDArray[np.float32]) -> int:
    """How many samples are equal where the two fit best."""
    size = 1 << (len(heard) + len(sent)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sent, size))
    offset = int(np.argmax(np.fft.irfft(spectrum, size)[: len(heard)]))
    part = heard[offset : offset + len(sent)]
    return int((part == sent[: len(part)]).sum())


def refusal() -> str:
    from sidelight.audio.microphone import Microphone, MicrophoneStream  # noqa: PLC0415
    from sidelight.domain.errors import UserError  # noqa: PLC0415

    try:
        MicrophoneStream(Microphone("app_mic", "no such host", 1, RATE, default=False))
    except UserError as error:
        return error.message
    return ""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="pulse.") as name:
        daemon = start_daemon(Path(name))
        try:
            result = capture(Path(name)) | {"refused": refusal()}
        finally:
            daemon.terminate()
            daemon.wait()
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
