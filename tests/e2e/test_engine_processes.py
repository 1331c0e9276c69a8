"""Engine and worker as real processes with the real model: killed, hung, watched."""

import signal
import sys
from pathlib import Path

import psutil
import pytest
from tests.e2e.conftest import RealEngine, real_engine, wait_for
from tests.fakes.engines import events_of, follow_until, messages_until

from sidelight.domain.events import (
    Event,
    InterruptionCause,
    MomentNoticed,
    MomentWithdrawn,
    RecognitionInterrupted,
    RequestHeard,
    SessionEnded,
    UtteranceHeard,
)
from sidelight.session.messages import EventStored, Follow

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="SIGKILL and SIGSTOP are POSIX"
)
FINDINGS = UtteranceHeard | MomentNoticed | MomentWithdrawn | RequestHeard


def findings(events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, FINDINGS)]


def run_through(folder: Path) -> list[Event]:
    with real_engine(folder) as engine, engine.client() as client:
        return events_of(follow_until(client, SessionEnded))


@pytest.fixture(scope="module")
def undisturbed(minute: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """What an engine finds that nobody disturbs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIDELIGHT_HOME", str(tmp_path_factory.mktemp("calm")))
        return findings(run_through(minute))


def test_the_real_engine_hears_and_notices(undisturbed: list[Event]) -> None:
    assert sum(isinstance(event, UtteranceHeard) for event in undisturbed) > 5
    assert any(isinstance(event, MomentNoticed) for event in undisturbed)


@pytest.mark.parametrize("after", [2, 14])
def test_a_killed_worker_changes_nothing_in_the_end(
    minute: Path, undisturbed: list[Event], after: int
) -> None:
    with real_engine(minute, speed=8) as engine:
        with engine.client() as client:
            client.send(Follow())
            for _ in range(after):
                messages_until(client, _an_utterance)
        engine.worker().kill()
        with engine.client() as another:
            events = events_of(follow_until(another, SessionEnded))
    lost = [e.cause for e in events if isinstance(e, RecognitionInterrupted)]
    assert lost == [InterruptionCause.WORKER_DIED]
    assert findings(events) == undisturbed


def _an_utterance(message: object) -> bool:
    return isinstance(message, EventStored) and isinstance(
        message.stored.event, UtteranceHeard
    )


def test_recording_goes_on_while_the_worker_stands_still(minute: Path) -> None:
    with real_engine(minute, speed=8) as engine, engine.client() as client:
        client.send(Follow())
        messages_until(client, _an_utterance)
        worker = engine.worker()
        worker.send_signal(signal.SIGSTOP)
        spool = engine.plan.record / "sound" / "demo.spool"
        size = spool.stat().st_size
        wait_for(lambda: spool.stat().st_size > size + 50_000)
        worker.send_signal(signal.SIGCONT)
        events = events_of(follow_until(client, SessionEnded))
    assert not [e for e in events if isinstance(e, RecognitionInterrupted)]


def test_each_process_holds_only_what_is_its_own(minute: Path) -> None:
    with real_engine(minute, speed=8) as engine, engine.client() as client:
        client.send(Follow())
        messages_until(client, _an_utterance)
        _check_engine(engine)
        _check_worker(engine.worker())


def _check_engine(engine: RealEngine) -> None:
    loaded = _libraries(engine.process)
    assert not any(name in loaded for name in ("Qt6", "ctranslate2", "onnxruntime"))


def _check_worker(worker: psutil.Process) -> None:
    loaded = _libraries(worker)
    assert "ctranslate2" in loaded
    assert not any(name in loaded for name in ("Qt6", "sqlcipher"))
    assert worker.net_connections(kind="inet") == []
    assert not [f.path for f in worker.open_files() if "/record/" in f.path]


def _libraries(process: psutil.Process) -> str:
    if sys.platform != "linux":
        pytest.skip("memory maps are read on Linux")
    return " ".join(region.path for region in process.memory_maps())


def test_nothing_outlives_a_killed_engine(minute: Path) -> None:
    with real_engine(minute, speed=8) as engine, engine.client() as client:
        client.send(Follow())
        messages_until(client, _an_utterance)
        worker = engine.worker()
        engine.process.kill()
        wait_for(lambda: not _alive(worker), 10)


def _alive(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_what_was_said_is_nowhere_on_disk_in_the_clear(minute: Path) -> None:
    with real_engine(minute) as engine:
        with engine.client() as client:
            events = events_of(follow_until(client, SessionEnded))
        said = [e.utterance.text for e in events if isinstance(e, UtteranceHeard)]
        canaries = [text.encode() for text in said if len(text) > 15]
        files = [p for p in engine.plan.logs.parent.rglob("*") if p.is_file()]
        assert len(canaries) > 3
        assert any(path.name == "record.db" for path in files)
        for path in files:
            content = path.read_bytes()
            assert not any(canary in content for canary in canaries), path.name
            if path.suffix == ".log":
                words = {word for text in said for word in text.split()}
                assert not [w for w in words if len(w) > 8 and w.encode() in content]
