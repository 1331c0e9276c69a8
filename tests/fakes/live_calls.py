"""A call on virtual devices, run by real processes that a test may kill or freeze."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np
import psutil
import soundfile

from sidelight import resources
from sidelight.audio.clock import capture_clock
from sidelight.domain.session import Mode
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.session.client import ControlAddress, ControlClient, engine_answers
from sidelight.session.following import FollowingClient
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import (
    EventStored,
    FaultTold,
    Follow,
    StartOver,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray
    from tests.fakes.soundserver import SoundServer

    from sidelight.domain.events import Event
    from sidelight.domain.timeline import Gap
    from sidelight.session.messages import Request

ROOT = Path(__file__).parents[2]
PASSPHRASE = "four words are enough"  # noqa: S105 - opens nothing else
PATIENCE_S = 60.0
PIECE = SAMPLE_RATE // 4
SLACK_MS = 250 + 200
"""A piece that a gap touches, and the packet at its edge that is erased whole."""
REACH = SAMPLE_RATE // 2
"""How far a restarted engine may put the sound from where it was before."""


class Part(StrEnum):
    """A process of the session."""

    WORKER = "worker"
    WINDOW = "window"
    ENGINE = "engine"
    LAUNCHER = "launcher"


def talk(from_s: float, seconds: float) -> NDArray[np.float32]:
    """The demo's talk over faint noise, so that no two pieces of it are alike.

    Returns:
        float32, shape (n, 2), 16 kHz: coach, client.
    """
    path = resources.demo_session() / "session.flac"
    with soundfile.SoundFile(path) as file:
        length = file.frames
        start = round(from_s * SAMPLE_RATE) % length
        count = min(round(seconds * SAMPLE_RATE), length - start)
        file.seek(start)
        voices = file.read(count, dtype="float32")
    random = np.random.default_rng(round(from_s * 10))
    # Without the highest tones, so that half a sample of delay does not matter.
    noise = [
        np.convolve(random.normal(0, 0.01, len(voices)), np.full(8, 0.125), "same")
        for _ in range(2)
    ]
    mixed = 0.9 * voices + np.stack(noise, axis=1)
    return np.asarray(mixed, np.float32)


@dataclass(frozen=True, slots=True)
class Killed:
    """A process that is no more.

    Attributes:
        part: What it did.
        pid: Its id.
        at: The session's position then, in ms.
    """

    part: Part
    pid: int
    at: float


class Follower:
    """A client that never lets go: what it was told is stored, must be there later.

    Attributes:
        seen: What may be seen now, by number.
        told: Everything it was ever told.
        status: The newest.
        faults: In the order they came.
    """

    def __init__(self, run: Path) -> None:
        self.seen: dict[int, Event] = {}
        self.told: dict[int, Event] = {}
        self.status: Status | None = None
        self.faults: list[FaultTold] = []
        self._timed: tuple[int, float] | None = None
        self._client = FollowingClient.connect(run)
        self._client.send(Follow())
        self._thread = threading.Thread(target=self._read, name="follower")
        self._thread.start()

    def _read(self) -> None:
        try:
            while True:
                message = self._client.receive()
                match message:
                    case EventStored(stored=stored):
                        self.seen[stored.seq] = stored.event
                        self.told[stored.seq] = stored.event
                    case StartOver():
                        self.seen.clear()
                    case Status():
                        self.status = message
                        if message.clock_s is not None:
                            self._timed = message.position, message.clock_s
                    case FaultTold():
                        self.faults.append(message)
                    case _:
                        pass
        except ConnectionLost:
            pass

    def position(self, clock_s: float) -> float:
        """Where the sound of a moment belongs, in ms, as the engine last told."""
        assert self._timed is not None
        position, then_s = self._timed
        return position + (clock_s - then_s) * 1000

    def close(self) -> None:
        self._client.interrupt()
        self._thread.join()
        self._client.close()


@dataclass
class LiveCall:
    """A session of a coach and a client; leaving the block leaves nothing running.

    Attributes:
        home: Everything Sidelight keeps, and the temporary folder of its processes.
        server: Has the outputs ``coach`` and ``client``.
        session: Its id.
        mode: What is kept.
        name: The client's.
        kept: No new sound: recognise what was cut off.
    """

    home: Path
    server: SoundServer
    session: str = "live"
    mode: Mode = Mode.KEEP
    name: str = ""
    kept: bool = False
    _launchers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _playing: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _known: dict[int, psutil.Process] = field(default_factory=dict)
    _follower: Follower | None = None

    @property
    def run(self) -> Path:
        return self.home / "run"

    @property
    def temp(self) -> Path:
        return self.home / "temp"

    @property
    def passphrase_file(self) -> Path:
        return self.home.with_name(f"{self.home.name}.passphrase")

    @property
    def _output(self) -> Path:
        # No pipe: what a killed launcher leaves running would hold it open.
        return self.home.with_name(f"{self.home.name}.output")

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **self.server.environment,
            "SIDELIGHT_HOME": str(self.home),
            "SIDELIGHT_PASSPHRASE_FILE": str(self.passphrase_file),
            "TMPDIR": str(self.temp),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "app"), str(ROOT))),
        }

    def __enter__(self) -> Self:
        self.temp.mkdir(parents=True, exist_ok=True)
        self.passphrase_file.write_text(PASSPHRASE + "\n")
        self.launch()
        self.wait(lambda: engine_answers(self.run))
        self._follower = Follower(self.run)
        return self

    def __exit__(self, *_: object) -> None:
        for player in self._playing:
            player.kill()
            player.wait()
        if self._follower is not None:
            self._follower.close()
        for launcher in self._launchers:
            launcher.terminate()
        for launcher in self._launchers:
            launcher.wait(PATIENCE_S)
        for part in Part:
            self.find(part)  # one that no launcher looks after any more
        for process in self._known.values():
            if process.is_running():
                process.kill()

    @property
    def follower(self) -> Follower:
        assert self._follower is not None
        return self._follower

    def launch(self) -> None:
        """Start a launcher: for a new session, or for the one that lost its own."""
        command = [sys.executable, "-m", "tests.fakes.live_session", "--window"]
        command += ["--session", self.session, "--mode", self.mode]
        command += ["--name", self.name, "--passphrase-file", str(self.passphrase_file)]
        with self._output.open("ab") as output:
            self._launchers.append(
                subprocess.Popen(
                    [*command, "--kept"] if self.kept else command,
                    env=self.environment,
                    cwd=self.temp,
                    stdout=output,
                    stderr=output,
                )
            )

    def launch_again(self) -> None:
        """As a person does whose launcher is gone: until there is a window again.

        A launcher that finds an engine only just starting says that it is running.
        """
        for _ in range(3):
            self.launch()
            self.wait(lambda: self.find(Part.WINDOW) or self._launchers[-1].poll())
            if self._launchers[-1].poll() is None:
                return
        raise AssertionError(self.said())

    def play(self, sound: NDArray[np.float32]) -> None:
        """Play what both say, on both outputs, without waiting."""
        names = ("coach", "client")
        self._playing += [
            self.server.play(name, sound[:, place]) for place, name in enumerate(names)
        ]

    def wait(self, true: Callable[[], object], patience_s: float = PATIENCE_S) -> float:
        """Wait until something holds; seconds that it took."""
        began = time.monotonic()
        while not true():
            waited = time.monotonic() - began
            assert waited < patience_s, f"it takes too long; {self.said()}"
            time.sleep(0.02)
        return time.monotonic() - began

    def said(self) -> str:
        """What the launchers said."""
        return self._output.read_text()

    def find(self, part: Part) -> psutil.Process | None:
        """The process that plays this part now."""
        try:
            found = self._find(part)
        except psutil.Error:
            return None
        if found is not None:
            self._known[found.pid] = found
        return found

    def _find(self, part: Part) -> psutil.Process | None:
        if part is Part.LAUNCHER:
            launcher = self._launchers[-1]
            return None if launcher.poll() is not None else _living(launcher.pid)
        if part is Part.WINDOW:
            launcher = self._launchers[-1]
            if launcher.poll() is not None:
                return None
            children = psutil.Process(launcher.pid).children()
            return next(filter(_shows_a_window, children), None)
        if not engine_answers(self.run):
            return None
        engine = _living(ControlAddress.read(self.run).pid)
        if part is Part.ENGINE or engine is None:
            return engine
        return worker_of(self.run)

    def await_part(self, part: Part, other_than: int = 0) -> float:
        """Wait until a process (another one) plays this part; seconds it took."""

        def there() -> bool:
            found = self.find(part)
            return found is not None and found.pid != other_than

        return self.wait(there)

    def kill(self, part: Part) -> Killed:
        """As the system kills a process: no good-bye."""
        self.await_part(part)
        found = self.find(part)
        assert found is not None
        killed = Killed(part, found.pid, self.now())
        found.kill()
        if part is Part.LAUNCHER:
            self._launchers[-1].wait()
        return killed

    def kill_all(self) -> float:
        """As a power cut; the position of that moment, in ms."""
        found = [self.find(part) for part in (Part.LAUNCHER, *Part)]
        at = self.now()
        for process in found:
            if process is not None and process.is_running():
                process.kill()
        self._launchers[-1].wait()
        self.wait(lambda: not any(p and lives(p) for p in found))
        return at

    def ask(self, request: Request) -> None:
        """One request through a socket of its own."""
        with ControlClient.connect(self.run) as client:
            client.send(request)
            client.receive(0.1)

    def command(self, *arguments: str) -> str:
        """Run a command of the program; what it wrote."""
        done = subprocess.run(
            [sys.executable, "-m", "sidelight", *arguments],
            env=self.environment,
            cwd=self.temp,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def join_end(self) -> None:
        """Wait until the launcher has left by itself, in order."""
        launcher = self._launchers[-1]
        assert launcher.wait(PATIENCE_S) == 0, self.said()

    def now(self) -> float:
        """The position of this moment, in ms."""
        return self.follower.position(capture_clock())


def worker_of(run: Path) -> psutil.Process | None:
    """The worker of the engine that runs there now."""
    try:
        engine = _living(ControlAddress.read(run).pid)
        return next(filter(_is_worker, engine.children()), None) if engine else None
    except psutil.Error:
        return None


def _living(pid: int) -> psutil.Process | None:
    process = psutil.Process(pid)
    return process if lives(process) else None


def lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _is_worker(process: psutil.Process) -> bool:
    # The other child of a spawning process is multiprocessing's resource tracker.
    return lives(process) and "spawn_main" in " ".join(process.cmdline())


def _shows_a_window(process: psutil.Process) -> bool:
    try:
        return lives(process) and any(
            "Qt6Widgets" in region.path for region in process.memory_maps()
        )
    except psutil.Error:
        return False  # an engine, whose memory nobody may look at


def unheard(
    heard: NDArray[np.float32], said: NDArray[np.float32], begin: int
) -> list[tuple[float, float]]:
    """The pieces of a sound that are not where they belong.

    Args:
        heard: One channel of the record.
        said: What was played, as long as anybody listened.
        begin: The sample at which its first piece is.

    Returns:
        Where they should have been, as (start, end) in ms of the record.
    """
    lost: list[tuple[float, float]] = []
    offset = begin
    for start in range(0, len(said) - PIECE + 1, PIECE):
        piece = said[start : start + PIECE]
        first = max(0, start + offset - REACH)
        likeness = _likeness(heard[first : start + offset + PIECE + REACH], piece)
        if len(likeness) and likeness.max() > 0.9:
            offset = first + int(likeness.argmax()) - start
        else:
            at = (start + offset) * 1000 / SAMPLE_RATE
            lost.append((at, at + PIECE * 1000 / SAMPLE_RATE))
    return lost


def _likeness(
    heard: NDArray[np.float32], piece: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Correlation at each place where the whole piece fits."""
    count = len(heard) - len(piece) + 1
    if count <= 0:
        return np.zeros(0)
    size = 1 << (len(heard) + len(piece)).bit_length()
    cross = np.fft.rfft(heard, size) * np.fft.rfft(piece, size).conj()
    power = np.concatenate(([0.0], np.cumsum(heard.astype(np.float64) ** 2)))
    norm = np.sqrt((power[len(piece) :] - power[:count]) * float(piece @ piece))
    matches = np.fft.irfft(cross, size)[:count]
    return np.asarray(matches / np.maximum(norm, 1e-6))


def outside(
    lost: Iterable[tuple[float, float]], gaps: Iterable[Gap]
) -> list[tuple[float, float]]:
    """Those that no marked gap accounts for."""
    spans = [(gap.span.start - SLACK_MS, gap.span.end + SLACK_MS) for gap in gaps]
    return [
        (start, end)
        for start, end in lost
        if not any(first <= start and end <= last for first, last in spans)
    ]
