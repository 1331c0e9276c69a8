"""A whole engine in the test: real record, spool and socket, a worker in a thread."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.fakes.recognition import SecondsRecognition, ThreadWorker, opened

from sidelight.domain.session import Mode, Session
from sidelight.domain.transcript import Layout
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.client import ControlClient
from sidelight.session.deciding import nobody_teaches
from sidelight.session.engine import Engine, EngineParts
from sidelight.session.messages import EventStored, Follow, Message, Quit
from sidelight.session.supervisor import WorkerLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidelight.audio.source import Source
    from sidelight.domain.events import Event
    from sidelight.record.events import SessionStore
    from sidelight.session.continuing import Anchor
    from sidelight.session.deciding import OpenTeaching
    from sidelight.session.process import ChildProcess
    from sidelight.session.supervisor import Worker
    from sidelight.speech.short_windows import Compared

SESSION = Session(
    id="demo",
    started_at=datetime(2026, 11, 22, 14, 30, tzinfo=UTC),
    layout=Layout.STEREO,
    mode=Mode.KEEP,
    model="seconds",
)
PATIENCE_S = 120.0


def seconds_worker() -> ThreadWorker:
    return ThreadWorker(lambda: opened(SecondsRecognition()))


@dataclass
class RunningEngine:
    folder: Path
    store: SessionStore
    engine: Engine
    thread: threading.Thread

    def client(self) -> ControlClient:
        return ControlClient.connect(self.folder)

    def quit(self) -> None:
        self.engine.ask(Quit())
        self.thread.join()


def no_player() -> ChildProcess:
    raise AssertionError("nothing is played here")


@contextmanager
def running_engine(
    folder: Path,
    source: Source | None,
    start_worker: Callable[[], Worker] = seconds_worker,
    limits: WorkerLimits | None = None,
    *,
    sound_waits: bool = False,
    session: Session = SESSION,
    anchor: Anchor | None = None,
    outlives: bool = False,
    recognises: bool = True,
    now: Callable[[], float] = time.monotonic,
    compared: Callable[[Compared], None] = lambda _: None,
    cues: bool = False,
    start_player: Callable[[], ChildProcess] = no_player,
    teaching: OpenTeaching = nobody_teaches,
    consent: Callable[[], str] = str,
) -> Iterator[RunningEngine]:
    """Run an engine in a thread; leaving the block quits it.

    Where the session is in the record already, the engine goes on with it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Record.open(folder, Vault.open_local(folder)) as record:
        known = session.id in [one.session.id for one in record.sessions.list()]
        sessions = record.sessions
        store = sessions.go_on(session.id) if known else sessions.create(session)
        leave = threading.Event()
        engine = Engine(
            EngineParts(
                source=source,
                length_ms=None,
                sound_waits=sound_waits,
                files=store,
                anchor=anchor,
                recognises=recognises,
                outlives=outlives,
                run_folder=folder,
                start_worker=start_worker,
                limits=limits or WorkerLimits(),
                now=now,
                clock=time.monotonic,
                room=lambda: "",
                abandoned=leave.is_set,
                start_player=start_player,
                compared=compared,
                cues=cues,
                teaching=teaching,
                consent=consent,
            )
        )
        ready = threading.Event()
        thread = threading.Thread(target=engine.run, args=(ready.set,), name="engine")
        thread.start()
        assert ready.wait(PATIENCE_S)
        running = RunningEngine(folder, store, engine, thread)
        try:
            yield running
        finally:
            leave.set()
            running.quit()


def messages_until(
    client: ControlClient, done: Callable[[Message], bool]
) -> list[Message]:
    """Everything received up to and with the first message that is ``done``."""
    received: list[Message] = []
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        message = client.receive(0.1)
        if message is not None:
            received.append(message)
            if done(message):
                return received
    raise AssertionError([type(message).__name__ for message in received[-10:]])


def follow_until(
    client: ControlClient, last: type[Event], after: int = 0
) -> list[Message]:
    """Follow, and return what came up to and with the first stored ``last``."""
    client.send(Follow(after))
    return messages_until(
        client,
        lambda message: (
            isinstance(message, EventStored) and isinstance(message.stored.event, last)
        ),
    )


def events_of(messages: list[Message]) -> list[Event]:
    return [m.stored.event for m in messages if isinstance(m, EventStored)]
