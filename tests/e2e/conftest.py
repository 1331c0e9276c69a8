"""A minute of the demo session, for tests that run every process for real."""

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
import soundfile

from sidelight import resources
from sidelight.bootstrap.engine import run_engine
from sidelight.bootstrap.plans import EnginePlan, FilePlan, WorkerPlan
from sidelight.domain.errors import UserError
from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.session.client import ControlClient
from sidelight.session.launching import Began
from sidelight.session.lost import ConnectionLost
from sidelight.session.messages import Quit
from sidelight.session.process import ChildProcess
from sidelight.settings.paths import Paths

FROM_S, UNTIL_S = 58, 118
"""The first two hand-overs and the client's answers."""

PATIENCE_S = 120.0


@pytest.fixture(scope="session")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the demo's, with one minute of its sound and truth."""
    folder = tmp_path_factory.mktemp("minute")
    whole = resources.demo_session()
    sound, rate = soundfile.read(whole / "session.flac", dtype="int16")
    cut = sound[FROM_S * rate : UNTIL_S * rate]
    soundfile.write(folder / "session.flac", cut, rate)
    truth = json.loads((whole / "truth.json").read_text(encoding="utf-8"))
    truth["duration_ms"] = (UNTIL_S - FROM_S) * 1000
    for name in ("turns", "expected_moments", "silences"):
        truth[name] = [
            item | {end: item[end] - FROM_S * 1000 for end in ("start_ms", "end_ms")}
            for item in truth[name]
            if item["start_ms"] >= FROM_S * 1000 and item["end_ms"] <= UNTIL_S * 1000
        ]
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def wait_for(condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def engine_plan(folder: Path, speed: float | None) -> EnginePlan:
    """An engine for this folder's sound, keeping its record in ``SIDELIGHT_HOME``."""
    paths = Paths.find().prepare()
    threads, logs = 1, paths.data / "logs"
    layout = Layout.STEREO
    return EnginePlan(
        session=Session("demo", datetime.now(UTC), layout, Mode.KEEP, model="demo"),
        sound=FilePlan(folder / "session.flac", layout, speed),
        worker=WorkerPlan(resources.demo_model(), "demo", layout, threads, logs),
        record=paths.demo / "record",
        run=paths.demo / "run",
        fresh=True,
        passphrase=None,
        logs=logs,
    )


@dataclass
class RealEngine:
    """An engine process."""

    process: psutil.Process
    plan: EnginePlan

    def client(self) -> ControlClient:
        return ControlClient.connect(self.plan.run)

    def worker(self) -> psutil.Process:
        """The worker process, once it is there."""
        found: list[psutil.Process] = []

        def look() -> bool:
            found[:] = [c for c in self.process.children() if _is_child_process(c)]
            return bool(found)

        wait_for(look)
        return found[0]


def _is_child_process(process: psutil.Process) -> bool:
    # The other child of a spawning process is multiprocessing's resource tracker.
    try:
        return "resource_tracker" not in " ".join(process.cmdline())
    except psutil.Error:
        return False


@contextmanager
def real_engine(folder: Path, speed: float | None = None) -> Iterator[RealEngine]:
    """Run an engine process on a folder's sound; see ``engine_of``."""
    with engine_of(engine_plan(folder, speed)) as engine:
        yield engine


@contextmanager
def engine_of(plan: EnginePlan) -> Iterator[RealEngine]:
    """Run an engine process; it is told to quit at the end."""
    child = ChildProcess(run_engine, (plan,), "engine")
    try:
        assert child.connection.poll(PATIENCE_S)
        assert child.connection.recv() == Began()
        engine = RealEngine(psutil.Process(child.pid), plan)
        yield engine
        # It may be dead already.
        with (
            contextlib.suppress(UserError, ConnectionLost),
            engine.client() as client,
        ):
            client.send(Quit())
            child.join(PATIENCE_S)
    finally:
        child.end()


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of child processes are drawn into memory."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert os.environ["SIDELIGHT_HOME"]
