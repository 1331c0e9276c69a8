"""A real PulseAudio daemon of the test's own, with outputs that nobody hears."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000


class SoundServer:
    """Runs ``pulseaudio`` in a folder of its own; needs no sound card and no D-Bus.

    A null sink's monitor stands for a microphone or for what an output plays. Its
    rewinding is switched off: it loses the head of what is played.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pulse."))
        socket = self.folder / "native"
        self.environment = {
            "PULSE_RUNTIME_PATH": str(self.folder),
            "PULSE_STATE_PATH": str(self.folder),
            "PULSE_SERVER": f"unix:{socket}",
        }
        self._daemon = subprocess.Popen(
            [
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
                "--log-level=error",
                f"--log-target=file:{self.folder / 'log'}",
                "-L",
                f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
            ],
            env={**os.environ, **self.environment, "XDG_RUNTIME_DIR": str(self.folder)},
        )

    def __enter__(self) -> Self:
        deadline = time.monotonic() + 10
        while subprocess.run(
            ["pactl", "info"],
            capture_output=True,
            check=False,
            env={**os.environ, **self.environment},
        ).returncode:
            assert time.monotonic() < deadline, "the sound server does not start"
            assert self._daemon.poll() is None, "the sound server ended"
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        shutil.rmtree(self.folder)

    def kill(self) -> None:
        """End the daemon as a crash would."""
        self._daemon.kill()
        self._daemon.wait()

    def plug(self, name: str) -> None:
        """An output appears, and with it its monitor."""
        self._control(
            "load-module",
            "module-null-sink",
            f"sink_name={name}",
            "norewinds=1",
            f"rate={RATE}",
            "channels=1",
            "format=float32le",
            f"sink_properties=device.description={name}",
        )

    def offer_microphone(self, name: str, title: str) -> None:
        """What is played to this output is a microphone, which is the default.

        Args:
            name: Of an output that was plugged in; it is no default any more.
            title: As people read it.
        """
        self._control(
            "load-module",
            "module-remap-source",
            f"source_name={name}-microphone",
            f"master={name}.monitor",
            f"source_properties=device.description='{title}'",
        )
        self._control("set-default-source", f"{name}-microphone")

    def take_microphone(self, name: str) -> None:
        """It is pulled out; what is played to its output goes on."""
        self._unload(f"source_name={name}-microphone")

    def speak_through(self, name: str) -> None:
        """This output is the default."""
        self._control("set-default-sink", name)

    def unplug(self, name: str) -> None:
        """The output is gone."""
        self._unload(f"sink_name={name}")

    def _unload(self, argument: str) -> None:
        modules = self._control("list", "short", "modules").splitlines()
        found = [m.split("\t")[0] for m in modules if f"{argument} " in m]
        self._control("unload-module", *found)

    def murmur(self, name: str) -> list[subprocess.Popen[bytes]]:
        """Let a quiet room be heard there for as long as these processes run.

        A microphone that works never delivers exact silence.
        """
        path = self.folder / f"{name}.room"
        random = np.random.default_rng(0)
        random.normal(0, 1e-4, RATE).astype("<f4").tofile(path)
        code = "import sys; r = open(sys.argv[1], 'rb').read()\n"
        code += "while True: sys.stdout.buffer.write(r)"
        room = subprocess.Popen(
            (sys.executable, "-c", code, str(path)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert room.stdout is not None
        with room.stdout:
            return [room, self._pacat(name, room.stdout)]

    def play(self, name: str, sound: NDArray[np.float32]) -> subprocess.Popen[bytes]:
        """Play mono sound at ``RATE`` to an output; wait for the process to end."""
        path = self.folder / f"{name}.raw"
        sound.astype("<f4").tofile(path)
        with path.open("rb") as file:
            return self._pacat(name, file)

    def _pacat(self, name: str, raw: IO[bytes] | None) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                "pacat",
                "--device",
                name,
                "--latency-msec=500",
                "--format=float32le",
                f"--rate={RATE}",
                "--channels=1",
                "--raw",
            ],
            stdin=raw,
            env={**os.environ, **self.environment},
        )

    def hiss(self, name: str) -> subprocess.Popen[bytes]:
        """Play what a silent room sounds like, -65 dBFS, until the process is ended."""
        return subprocess.Popen(
            [
                *("pacat", "--device", name, "--volume=6554", "--raw"),
                *("--format=u8", f"--rate={RATE}", "--channels=1", "/dev/urandom"),
            ],
            env={**os.environ, **self.environment},
        )

    def _control(self, *arguments: str) -> str:
        return subprocess.run(
            ["pactl", *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **self.environment},
        ).stdout
