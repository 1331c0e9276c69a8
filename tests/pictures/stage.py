"""A coach's computer with nothing on it yet, a pair of hands, and a camera."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from tests.fakes.desktop import ROOT, Desktop, close_pipes, virtual_desktop, wait_for
from tests.fakes.kept_talks import PRETEND, install_pretended
from tests.fakes.live_calls import talk
from tests.fakes.soundserver import SoundServer
from tests.pictures.framebuffer import Framebuffer
from tests.pictures.keeping import VARIABLE
from tests.pictures.library import MODEL
from tests.pictures.watching import Watcher

from sidelight.settings.look import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

_COACH, _CLIENT = "coach", "client"
_MOST_TABS = 30


@dataclass(frozen=True, slots=True)
class Looks:
    """What a run is about.

    Attributes:
        theme: As ``sidelight look --theme``.
        text: Size of all text, 100..200 percent.
        width: Of the screen, in pixels.
        height: Of the screen, in pixels.
    """

    theme: str
    text: int
    width: int
    height: int

    @property
    def name(self) -> str:
        """Of the run and of its folder."""
        return f"{self.theme}-{self.text}-{self.width}x{self.height}"

    @classmethod
    def parse(cls, name: str) -> Looks:
        """The other way."""
        found = re.fullmatch(r"([a-z-]+)-(\d+)-(\d+)x(\d+)", name)
        if found is None:
            raise ValueError(f"{name}: not THEME-TEXT-WIDTHxHEIGHT")
        theme, text, width, height = found.groups()
        return cls(theme, int(text), int(width), int(height))


@dataclass
class Stage:
    """Everything that a step may use.

    Attributes:
        desktop: The screen and the programs on it.
        watcher: What is shown, in words.
        server: The sound devices.
        camera: What is shown, in pixels.
        folder: ``SIDELIGHT_HOME``.
        looks: Of this run.
    """

    desktop: Desktop
    watcher: Watcher
    server: SoundServer
    camera: Framebuffer
    folder: Path
    looks: Looks
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _speaking: list[subprocess.Popen[bytes]] = field(default_factory=list)

    # -- hands ---------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press these keys one after the other, as xdotool names them."""
        for key in keys:
            self.desktop.xdotool("key", key)

    def write(self, text: str) -> None:
        """Type this."""
        self.desktop.xdotool("type", "--delay", "15", text)

    def go_to(self, name: str) -> None:
        """Press Tab until what has the keyboard is called so."""
        passed: list[str] = []
        while len(passed) < _MOST_TABS:
            passed.append(self.watcher.focused())
            if re.search(name, passed[-1]):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {name}, but to {passed}")

    def push(self, name: str) -> None:
        """Go to a button and press it."""
        self.go_to(name)
        self.press("space")

    def rest_pointer(self) -> None:
        """Where nothing reacts to it."""
        corner = "0", str(self.looks.height - 1)
        self.desktop.xdotool("mousemove", *corner)

    def in_front(self, title: str) -> None:
        """Wait until the window of this title has the keyboard."""
        window = self.desktop.window(title)
        self.desktop.xdotool("windowactivate", window)
        wait_for(lambda: self.desktop.xdotool("getactivewindow") == window)

    def sidebar(self) -> str:
        """The id of the sidebar's window, or of what stands in its place."""
        return self.desktop.window("Sidelight")

    def sidebar_key(self, *keys: str) -> None:
        """Press keys that the sidebar gets, wherever the keyboard is."""
        for key in keys:
            self.desktop.xdotool("key", "--window", self.sidebar(), key)

    # -- programs ------------------------------------------------------------------

    def open(self, name: str, *module: str) -> subprocess.Popen[bytes]:
        """Start a Python module as a program that the steps call so."""
        command = (sys.executable, "-m", *module)
        pipe = subprocess.PIPE
        process = subprocess.Popen(
            command, env=self.desktop.environment, cwd=ROOT, stdin=pipe
        )
        self.desktop.processes.append(process)
        self._running[name] = process
        return process

    def tell(self, name: str, line: str) -> None:
        """A line for a program's standard input."""
        pipe = self._running[name].stdin
        assert pipe is not None
        pipe.write(f"{line}\n".encode())
        pipe.flush()

    def await_end(self, name: str) -> None:
        """Wait until a program has ended by itself."""
        process = self._running.pop(name)
        process.wait(120)
        close_pipes(process)
        self.desktop.processes.remove(process)

    def end(self, name: str) -> None:
        """End a program."""
        self._running[name].terminate()
        self.await_end(name)

    def leave(self) -> None:
        """End every program with all of its processes, in order or not."""
        for process in self._running.values():
            with suppress(psutil.NoSuchProcess):
                parent = psutil.Process(process.pid)
                for one in (*parent.children(recursive=True), parent):
                    with suppress(psutil.NoSuchProcess):
                        one.kill()
            process.wait()

    def run(self, *module: str) -> str:
        """Run a Python module; what it wrote."""
        done = subprocess.run(
            (sys.executable, "-m", *module),
            env=self.desktop.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout.strip()

    # -- sound ---------------------------------------------------------------------

    def say(self, from_s: float, seconds: float, *, both: bool = True) -> None:
        """Speak a piece of the demo's talk: into the microphone, and out of the call.

        Whoever waits for what comes of it need not wait for the end of the sound.
        """
        self.hush()
        sound = talk(from_s, seconds)
        names = (_COACH, _CLIENT) if both else (_COACH,)
        for place, name in enumerate(names):
            speaking = self.server.play(name, sound[:, place])
            self.desktop.processes.append(speaking)
            self._speaking.append(speaking)

    def hush(self) -> None:
        """Wait until everything was spoken."""
        while self._speaking:
            self._speaking.pop().wait()


@contextmanager
def stage(looks: Looks) -> Iterator[Stage]:
    """Everything new; nothing of it is left afterwards."""
    with ExitStack() as stack:
        place = Path(tempfile.mkdtemp(prefix="pictures."))
        stack.callback(shutil.rmtree, place, ignore_errors=True)
        home, data, screen = place / "home", place / "data", place / "screen"
        for folder in (home, data, screen):
            folder.mkdir(mode=0o700)
        Look(theme=looks.theme, text=looks.text, reduced_motion=True).remember(data)
        models = data / "models"
        models.mkdir()
        install_pretended(models).rename(models / MODEL)
        assert PRETEND != MODEL
        server = stack.enter_context(SoundServer())
        for name in (_COACH, _CLIENT):
            server.plug(name)
        server.offer_microphone(_COACH, "Headset")
        server.speak_through(_CLIENT)
        desktop = stack.enter_context(
            virtual_desktop(home, (looks.width, looks.height), screen)
        )
        desktop.environment |= server.environment | {
            "SIDELIGHT_HOME": str(data),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "PYTHON_KEYRING_BACKEND": "tests.pictures.keeping.FileKeyring",
            VARIABLE: str(home / "keyring.json"),
            "PYTHONPATH": f"{ROOT / 'app'}:{ROOT}",
            "LC_ALL": "C.UTF-8",
        }
        watcher = Watcher()
        stack.callback(watcher.close)
        made = Stage(desktop, watcher, server, Framebuffer(screen), data, looks)
        stack.callback(made.leave)
        desktop.processes += [server.hiss(name) for name in (_COACH, _CLIENT)]
        made.open("desktop", "tests.pictures.surroundings", "desktop")
        made.rest_pointer()
        yield made
