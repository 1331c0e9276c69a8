"""``sidelight bench --window``: how soon the windows answer, and what a session costs.

Starting is measured from outside: a process is started, and over is when its window's
log says that it answers. Everything runs in a folder of its own, without the keyring.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from sidelight import resources
from sidelight.bootstrap.launching import launcher
from sidelight.bootstrap.plans import EnginePlan, FilePlan, WorkerPlan, worker_threads
from sidelight.bootstrap.stored import DEMO_SESSION
from sidelight.cli.background import this_program
from sidelight.cli.output import say
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.session.bench.window_figures import WindowFigures
from sidelight.session.client import ControlClient
from sidelight.session.launching import Began
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import End, Follow, Health, Status
from sidelight.session.process import ChildProcess, terminates_in_order
from sidelight.settings.paths import Paths
from sidelight.speech.weights import DEMO
from sidelight.ui.platform.display import has_screen
from sidelight.windows import WindowPlan, run_measured_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STARTS: Final = 5
_PATIENCE_S: Final = 60.0
_LEAVES_S: Final = 3.0
_LOOK_S: Final = 0.002
_ANSWERS: Final = b"the window answers"
_KNOWS: Final = b"the window knows of the session"
_BARE: Final = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("a window")
label.show()
QTimer.singleShot(0, lambda: print(end=".", flush=True))
application.exec()
"""


@dataclass(frozen=True, slots=True)
class Started:
    """How soon something answered.

    Attributes:
        what: What was started.
        median_s: From starting the process to the first turn of the event loop after
            the window had what it waited for.
        worst_s: The slowest start.
        ratio: Of the medians; 1.0 is a bare window with Qt, in the same run.
    """

    what: str
    median_s: float
    worst_s: float
    ratio: float


def starts() -> list[Started]:
    """Start everything several times, in turns, and sum up.

    Raises:
        UserError: Something does not start.
    """
    if getattr(sys, "frozen", False):
        raise UserError(
            "An installed Sidelight cannot start a bare window to compare with.",
            "Measure from a checkout: python3 packaging/bootstrap.py bench --window",
        )
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="sidelight-bench-") as folder:
        stage = _Stage(Path(folder))
        stage.sidebar()  # makes the vault, and the byte code of everything
        stage.home()
        for number in range(1, _STARTS + 1):
            say(f"start {number} of {_STARTS} …")
            for what, measure in (
                ("a bare window with Qt", stage.bare),
                ("home, after `sidelight`", stage.home),
            ):
                taken.setdefault(what, []).append(measure())
            seen, knows = stage.sidebar()
            taken.setdefault("the sidebar, after `sidelight start`", []).append(seen)
            taken.setdefault("… until its session runs", []).append(knows)
    bare = median(taken["a bare window with Qt"])
    return [
        Started(what, median(each), max(each), median(each) / bare)
        for what, each in taken.items()
    ]


class _Stage:
    """Programs that are started to be measured, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._paths = Paths(folder / "data").prepare()
        secret = folder / "passphrase"
        secret.write_text("a passphrase of several words\n", encoding="utf-8")
        self._secret = {"SIDELIGHT_PASSPHRASE_FILE": str(secret)}
        self._environment = {
            **os.environ,
            "SIDELIGHT_HOME": str(self._paths.data),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        }
        # What is installed is compiled; a checkout may be told not to keep that.
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        if not has_screen():
            self._environment["QT_QPA_PLATFORM"] = "offscreen"

    def bare(self) -> float:
        """A window with one line of text; seconds until it answered."""
        began = time.monotonic()
        with subprocess.Popen(  # noqa: S603 - this Python itself
            [sys.executable, "-c", _BARE],
            env=self._environment,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - for mypy
            answered = process.stdout.read(1)
            taken = time.monotonic() - began
            process.kill()
        if not answered:
            raise UserError("Qt cannot show a window.", "Try: sidelight doctor")
        return taken

    def home(self) -> float:
        """``sidelight``; seconds until home asks for the passphrase."""
        with self._running("home", {}) as until:
            return until(_ANSWERS)

    def sidebar(self) -> tuple[float, float]:
        """``sidelight start``: seconds until it answered, and until it had a session.

        Before, it says that it is getting ready, and no clock runs.
        """
        arguments = ("start", "--mode", Mode.NO_LISTENING.value)
        with self._running("window", self._secret, *arguments) as until:
            taken = until(_ANSWERS), until(_KNOWS)
            _end(self._paths.run)
            return taken

    @contextmanager
    def _running(
        self, window: str, more: dict[str, str], *arguments: str
    ) -> Iterator[Callable[[bytes], float]]:
        """Start it; gives the seconds until its window's log says something."""
        log = self._paths.data / "logs" / f"{window}.log"
        log.unlink(missing_ok=True)
        began = time.monotonic()
        with subprocess.Popen(  # noqa: S603 - this program itself
            [*this_program(), *arguments],
            env=self._environment | more,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:

            def until(said: bytes) -> float:
                _wait(lambda: _says(log, said), process)
                return time.monotonic() - began

            try:
                yield until
            finally:
                _stop(process)


def session_figures(seconds: float) -> WindowFigures:
    """A session's window at the real rate, with recording and recognition beside it.

    Args:
        seconds: How long its cost is measured, and then its event loop.

    Raises:
        UserError: It cannot begin.
        ConnectionLost: The window stopped working.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sidelight-bench-") as folder,
        terminates_in_order(),
    ):
        engine = _demo_engine(Paths(Path(folder)).prepare())
        window = WindowPlan(
            run=engine.run,
            headless=not has_screen(),
            snapshots=(),
            timeline=None,
            closes=True,
            logs=engine.logs,
        )
        with launcher(engine, None) as running:
            running.begin().close()
            return watch(window, engine.run, 2 * seconds, seconds)


def watch(
    window: WindowPlan, run: Path, seconds: float, cost_s: float
) -> WindowFigures:
    """Open a window to a session that runs, and end the session after a while.

    Args:
        window: What to show.
        run: Where the engine listens.
        seconds: After so long the session's end is asked for, if it goes on.
        cost_s: Of these, for the window's cost alone.

    Raises:
        ConnectionLost: The window stopped working.
    """
    child = ChildProcess(run_measured_window, (window, cost_s), "window")
    try:
        child.connection.send(Began())
        if not child.connection.poll(seconds):
            _end(run)
        figures = child.connection.recv()
    except (EOFError, ConnectionResetError):
        raise ConnectionLost from None
    finally:
        child.end()
    if not isinstance(figures, WindowFigures):
        raise ConnectionLost
    return figures


def print_tables(started: list[Started], figures: WindowFigures) -> None:
    """For people: Markdown, ready for ``docs/benchmarks.md``."""
    lines = [
        "",
        "| from starting the process until it answers | median s | worst s | x bare |",
        "| --- | --- | --- | --- |",
        *(
            f"| {one.what} | {one.median_s:.2f} | {one.worst_s:.2f} | {one.ratio:.1f} |"
            for one in started
        ),
        "",
        "| a session's window | |",
        "| --- | --- |",
        f"| CPU of its process, share of a core | {figures.cpu:.2%} |",
        f"| then asked whether it answers, times | {figures.beats} |",
        f"| … over, s | {figures.seconds:.0f} |",
        f"| the longest that it took, ms | {figures.worst_ms:.1f} |",
        f"| 99 of 100 times less than, ms | {figures.p99_ms:.1f} |",
        f"| times above 50 ms | {figures.stalls} |",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def as_fields(
    started: list[Started], figures: WindowFigures
) -> Iterator[tuple[str, dict[str, object]]]:
    """For programs: the type and the fields of each line."""
    for one in started:
        yield "start", asdict(one)
    yield "window", asdict(figures)


def _demo_engine(paths: Paths) -> EnginePlan:
    logs, layout = paths.data / "logs", Layout.STEREO
    return EnginePlan(
        session=Session(
            DEMO_SESSION,
            datetime.now().astimezone(),
            layout,
            Mode.KEEP,
            model=DEMO,
        ),
        sound=FilePlan(resources.demo_session() / "session.flac", layout, 1.0),
        worker=WorkerPlan(resources.demo_model(), DEMO, layout, worker_threads(), logs),
        record=paths.demo / "record",
        run=paths.demo / "run",
        fresh=True,
        passphrase=None,
        logs=logs,
        cues=True,
    )


def _end(run: Path) -> None:
    """End the session in order."""
    with suppress(ConnectionLost), ControlClient.connect(run) as client:
        client.send(Follow())
        client.send(End())
        while True:
            message = client.receive(_PATIENCE_S)
            if isinstance(message, Status) and message.health is Health.ENDED:
                return


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; twice, where the first only ended what it was waiting for."""
    for _ in range(2):
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LEAVES_S)
            return
    process.kill()


def _says(log: Path, said: bytes) -> bool:
    try:
        return said in log.read_bytes()
    except FileNotFoundError:
        return False


def _wait(there: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + _PATIENCE_S
    while not there():
        if process.poll() is not None or time.monotonic() > give_up_at:
            raise UserError(
                "Sidelight does not start here.", "Try: sidelight, and read its log."
            )
        time.sleep(_LOOK_S)
