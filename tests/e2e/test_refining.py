"""A kept talk is heard once more by real processes, which are stopped and killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING

import psutil
import pytest
from tests.e2e.conftest import wait_for
from tests.fakes.kept_talks import PRETEND, install_pretended, keep_demo_talk

from sidelight.cli.background import refine_in_background
from sidelight.cli.main import main
from sidelight.domain.story import tell
from sidelight.domain.transcript import Speaker
from sidelight.domain.versions import of_version
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.refining.aside import announce_session
from sidelight.session.refining.work import versions
from sidelight.settings.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sidelight.domain.events import StoredEvent

SECRET = "eins zwei drei vier"  # noqa: S105
REFINER = """
import sys
from pathlib import Path
from sidelight.speech.process import prepare_process
prepare_process()
from sidelight import resources
from sidelight.bootstrap.refining import open_plain, refiner
from sidelight.record.vault import Vault
from sidelight.session.refining.aside import SessionBegan, SessionWatch
from sidelight.session.refining.desk import RecordDesk
from sidelight.session.refining.stretches import StretchPolicy
from sidelight.session.refining.work import refine
from sidelight.speech.fitness import Way
from sidelight.speech.recognizer import Device
from sidelight.speech.weights import ModelFolder

folder, run = Path(sys.argv[1]), Path(sys.argv[2])
vault = Vault.open_local(folder)
watch = SessionWatch(run)
desk = RecordDesk(folder, vault, "01TALK", watch.look)
with desk.read() as store:
    session = store.session
model = ModelFolder.check(resources.demo_model())
made = refiner(session, open_plain(model, Way(Device.CPU, 1, 0, 0)), folder, vault)
made.policy = StretchPolicy(shortest=200, longest=400)  # 6.4 to 12.8 s
print("begins", flush=True)
try:
    refine(desk.read, desk.write, made, lambda at: watch.look())
except SessionBegan:
    sys.exit(3)
"""


@pytest.fixture
def paths() -> Paths:
    return Paths.find().prepare()


@pytest.fixture
def library(paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    """A record with a minute of talk, and a model that passes for a real one."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(SECRET)
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(passphrase))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    vault = Vault.create(paths.record, passphrase=SECRET).vault
    install_pretended(paths.models)
    with Record.open(paths.record, vault) as record:
        keep_demo_talk(record, datetime.now().astimezone(), from_s=58, until_s=118)
    return vault


def stored(folder: Path, vault: Vault) -> list[StoredEvent]:
    with Record.open(folder, vault, read_only=True) as record:
        return record.sessions.get("01TALK").every_version()


def test_by_hand_and_back(
    paths: Paths,
    library: Vault,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The process of the tests stays as it is.
    monkeypatch.setattr("sidelight.cli.refining.keep_memory_out_of_dumps", lambda: None)
    assert main(["sessions", "refine", "last", "--model", PRETEND]) == 0
    assert "It is shown now" in capsys.readouterr().err
    with Record.open(paths.record, library, read_only=True) as record:
        story = tell(record.sessions.get("01TALK").events())
        (hit,) = record.search.find("let me get away")
    assert story.transcript == 2
    assert {u.id.transcript for u in story.utterances} == {2}
    (found,) = (u for u in story.utterances if u.id == hit.utterance_id)
    assert (found.speaker, found.text) == (
        Speaker.CLIENT,
        "Don't let me get away with that.",
    )
    assert 14_000 < found.span.start < found.span.end < 19_000
    assert all(u.span.end <= 60_000 for u in story.utterances)
    assert story.moments
    assert main(["sessions", "refine", "last", "--model", PRETEND]) == 1
    assert "already: version 2" in capsys.readouterr().err
    assert main(["sessions", "transcript", "last", "1"]) == 0
    with Record.open(paths.record, library, read_only=True) as record:
        story = tell(record.sessions.get("01TALK").events())
        assert record.search.find("let me get away") == []
    assert {u.id.transcript for u in story.utterances} == {1}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C as a signal is POSIX")
def test_ctrl_c_keeps_what_was_heard_and_says_how_to_go_on(
    paths: Paths, library: Vault
) -> None:
    command = [sys.executable, "-m", "sidelight", "sessions", "refine", "last"]
    process = subprocess.Popen(
        [*command, "--model", PRETEND], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    with process.stderr as lines:
        for line in lines:
            if line.startswith("0:00 of"):
                break
        process.send_signal(signal.SIGINT)
        rest = lines.read()
    assert process.wait(30) == 1
    assert "Stopped; what was heard until now is kept." in rest
    assert "Traceback" not in rest
    assert all(not one.whole for one in versions(stored(paths.record, library)))


def test_in_the_background_it_is_done_and_leaves(paths: Paths, library: Vault) -> None:
    before = set(psutil.Process().children())
    refine_in_background(paths, SECRET)
    (process,) = set(psutil.Process().children()) - before

    def done() -> bool:
        return any(one.whole for one in versions(stored(paths.record, library)))

    wait_for(done)
    assert process.wait(30) in (0, None)
    with Record.open(paths.record, library, read_only=True) as record:
        assert record.sessions.list()[0].transcript == 2


@contextlib.contextmanager
def refining(folder: Path, run: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that refines the talk of a local vault in short stretches."""
    process = subprocess.Popen(
        [sys.executable, "-c", REFINER, str(folder), str(run)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    with process.stdout:
        try:
            assert process.stdout.readline() == "begins\n"
            yield process
        finally:
            process.kill()
            process.wait()


def local_talk(folder: Path) -> Vault:
    folder.mkdir(mode=0o700)
    vault = Vault.open_local(folder)
    with Record.open(folder, vault) as record:
        started = datetime.fromisoformat("2026-11-22T09:00:00+00:00")
        keep_demo_talk(record, started, from_s=58, until_s=118)
    return vault


def progress(folder: Path, vault: Vault) -> int:
    found = versions(stored(folder, vault))
    return found[0].to if found else 0


def test_killed_again_and_again_it_is_the_same_as_in_one_go(
    tmp_path: Path, paths: Paths
) -> None:
    once, killed = tmp_path / "once", tmp_path / "killed"
    first, second = local_talk(once), local_talk(killed)
    with refining(once, paths.run) as process:
        assert process.wait(120) == 0
    kills = 0
    while not any(one.whole for one in versions(stored(killed, second))):
        at = progress(killed, second)
        with refining(killed, paths.run) as process:
            while process.poll() is None and progress(killed, second) == at:
                time.sleep(0.02)
            kills += process.poll() is None
        assert progress(killed, second) > at
    assert kills >= 2
    assert _told(killed, second) == _told(once, first)
    with Record.open(killed, second, read_only=True) as record:
        assert record.sessions.list()[0].transcript == 2


def _told(folder: Path, vault: Vault) -> list[object]:
    return [one.event for one in of_version(stored(folder, vault), 2)]


def test_nobody_who_writes_is_turned_away_and_a_session_stops_it(
    tmp_path: Path, paths: Paths
) -> None:
    folder = tmp_path / "talk"
    vault = local_talk(folder)
    with refining(folder, paths.run) as process:
        writes = 0
        while progress(folder, vault) == 0:
            Record.open(folder, vault).close()
            writes += 1
        announce_session(paths.run)
        assert process.wait(30) == 3
    assert writes > 0
    found = versions(stored(folder, vault))
    assert [one.whole for one in found] == [False]
    with refining(folder, paths.run) as process:
        assert process.wait(120) == 0
    assert versions(stored(folder, vault))[0].whole
