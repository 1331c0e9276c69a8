"""``sidelight demo`` with each process, window and file: interrupted, killed, twice."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from tests.e2e.conftest import PATIENCE_S, real_engine, wait_for
from tests.fakes.engines import messages_until

from sidelight.bootstrap.stored import demo_was_played, read_demo
from sidelight.cli.demo_run import DemoChoices, play_demo, record_demo
from sidelight.domain.errors import UserError
from sidelight.session.client import ControlClient, engine_answers, kill_engine
from sidelight.session.messages import Follow, Status
from sidelight.settings.paths import Paths

DOCUMENTS = {"client-note.md", "reflection-note.md", "timeline.json", "transcript.vtt"}
PICTURES = {"sidebar-1.png", "sidebar-2.png", "sidebar-3.png", "timeline.png"}

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")


def choices(out: Path, *, json: bool = False) -> DemoChoices:
    return DemoChoices(out=out, speed=8.0, headless=True, json=json)


def test_it_leaves_notes_pictures_and_an_honest_summary(
    minute: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "Größe und Leerzeichen"
    assert play_demo(minute, choices(out, json=True)) == 0
    assert {path.name for path in out.iterdir()} == DOCUMENTS | PICTURES

    printed = capfd.readouterr()
    lines = [json.loads(line) for line in printed.out.splitlines()]
    assert lines[0]["v"] == 1
    moments = [line for line in lines if line["type"] == "moment"]
    assert all(line["delay_ms"] >= 0 for line in moments)
    summary = lines[-1]
    assert summary["type"] == "summary"
    assert summary["found"] + summary["missed"] == summary["expected"] == 2
    assert summary["found"] >= 1
    assert summary["sound"]["false"] == summary["sound"]["missed"] == 0
    assert 0 < summary["rtf"] < 5
    assert summary["delay_ms"]["p50"] <= summary["delay_ms"]["p95"]
    assert "1:00" in printed.err

    paths = Paths.find()
    assert demo_was_played(paths)
    assert len(read_demo(paths).moments) == len(moments)

    timeline = json.loads((out / "timeline.json").read_text(encoding="utf-8"))
    assert len(timeline["moments"]) >= 1
    assert (out / "transcript.vtt").read_text(encoding="utf-8").startswith("WEBVTT")


def test_the_record_alone_can_be_made_for_an_export(minute: Path) -> None:
    paths = Paths.find()
    assert not demo_was_played(paths)
    record_demo(minute)
    assert demo_was_played(paths)
    story = read_demo(paths)
    assert story.ended
    assert story.utterances


def test_a_dying_window_comes_back_and_the_run_goes_through(
    minute: Path, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("WARNING .*launcher: the window ended with -9")
    killed: list[float] = []
    with _meanwhile(lambda: _kill_window(killed)):
        assert play_demo(minute, choices(tmp_path / "out")) == 0
    assert killed
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == DOCUMENTS | PICTURES


def _kill_window(killed: list[float]) -> None:
    window = _child_with("Qt6Widgets")
    window.kill()
    killed.append(0.0)


def _kill_engine() -> None:
    run = Paths.find().demo / "run"
    wait_for(lambda: engine_answers(run))
    with ControlClient.connect(run) as client:
        client.send(Follow())
        # The sound waits for the recogniser: the launcher follows long since.
        messages_until(client, lambda told: isinstance(told, Status) and told.heard > 0)
    kill_engine(run)


def test_a_dying_engine_is_one_sentence_and_leaves_nothing(
    minute: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with (
        _meanwhile(_kill_engine),
        pytest.raises(UserError, match="engine stopped working"),
    ):
        play_demo(minute, choices(out))
    assert not out.exists()
    assert not demo_was_played(Paths.find())


def test_a_second_demo_is_turned_away_and_leaves_the_first_alone(
    minute: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with real_engine(minute, speed=8) as first:
        with pytest.raises(UserError, match="running this already"):
            play_demo(minute, choices(out))
        assert first.process.is_running()
        first.client().close()
    assert not out.exists()


@posix
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_everything_and_leaves_nothing(
    tmp_path: Path, sent: signal.Signals
) -> None:
    out = tmp_path / "out"
    with _running_demo(out) as demo:
        assert demo.stderr is not None
        family = _family_at_work(demo)
        if sent is signal.SIGINT:
            os.killpg(demo.pid, sent)  # as a terminal does: to all of them
        else:
            demo.send_signal(sent)
        assert demo.wait(PATIENCE_S) == 130
        assert "Traceback" not in demo.stderr.read()
        wait_for(lambda: not any(map(_alive, family)), 10)
    assert not out.exists()


@posix
def test_nothing_outlives_a_killed_launcher(tmp_path: Path) -> None:
    with _running_demo(tmp_path / "out") as demo:
        family = _family_at_work(demo)
        demo.kill()
        demo.wait(PATIENCE_S)
        wait_for(lambda: not any(map(_alive, family)), 30)


@contextmanager
def _running_demo(out: Path) -> Iterator[subprocess.Popen[str]]:
    """The command itself, on the whole session, in a process group of its own."""
    command = [sys.executable, "-m", "sidelight", "demo", "--headless", "--out"]
    process = subprocess.Popen(
        [*command, str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def _family_at_work(demo: subprocess.Popen[str]) -> list[psutil.Process]:
    """Engine, worker and window, once sound is being recognised."""
    assert demo.stdout is not None
    assert " s  “" in demo.stdout.readline()  # the first finding of the session
    return psutil.Process(demo.pid).children(recursive=True)


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _child_with(library: str) -> psutil.Process:
    """The child process that has loaded this library."""
    if sys.platform != "linux":
        pytest.skip("memory maps are read on Linux")
    found: list[psutil.Process] = []

    def look() -> bool:
        found[:] = [
            child
            for child in psutil.Process().children(recursive=True)
            if _has_loaded(child, library)
        ]
        return bool(found)

    wait_for(look)
    return found[0]


def _has_loaded(process: psutil.Process, library: str) -> bool:
    try:
        return any(library in region.path for region in process.memory_maps())
    except psutil.Error:
        return False


@contextmanager
def _meanwhile(act: Callable[[], None]) -> Iterator[None]:
    """Do something in another thread while the body runs."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - raised below
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        if failures:
            raise failures[0]
