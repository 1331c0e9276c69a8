"""Processes that get no time: a frozen window costs nothing, a frozen engine a gap."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from tests.fakes.likeness import place
from tests.fakes.live_calls import PASSPHRASE, LiveCall, Part, outside, talk, unheard
from tests.fakes.soundserver import SoundServer

from sidelight.cli.live import STANDS_STILL_S
from sidelight.domain.events import GapFound, SessionEnded, UtteranceHeard
from sidelight.domain.timeline import SAMPLE_RATE, GapCause, Samples
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.messages import End

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy as np
    import psutil
    from numpy.typing import NDArray

    from sidelight.domain.events import Event
    from sidelight.domain.timeline import Gap

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="a Linux sound server"),
    pytest.mark.skipif(not shutil.which("pulseaudio"), reason="no pulseaudio"),
]


@pytest.fixture
def server() -> Iterator[SoundServer]:
    with SoundServer() as server:
        server.plug("coach")
        server.plug("client")
        yield server


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say


def freeze(process: psutil.Process, seconds: float) -> None:
    process.send_signal(signal.SIGSTOP)
    threading.Event().wait(seconds)
    if process.is_running():
        process.send_signal(signal.SIGCONT)


def play(call: LiveCall, seconds: float) -> NDArray[np.float32]:
    call.wait(lambda: call.follower.status and call.follower.status.position)
    sound = talk(58, seconds)
    call.play(sound)
    call.wait(lambda: call.follower.status and call.follower.status.position > 3000)
    return sound


def running(call: LiveCall, part: Part) -> psutil.Process:
    call.await_part(part)
    found = call.find(part)
    assert found is not None
    return found


def goes_on(call: LiveCall) -> None:
    before = call.now()
    call.wait(lambda: call.follower.status and call.follower.status.position > before)


def end(call: LiveCall) -> None:
    call.ask(End())
    call.join_end()


def look(call: LiveCall, sound: NDArray[np.float32]) -> tuple[list[Event], list[Gap]]:
    """The session as it is stored; nothing of it may be missing without a mark."""
    folder = call.home / "record"
    vault = Vault.open_passphrase(folder, PASSPHRASE)
    with Record.open(folder, vault, read_only=True) as record:
        store = record.sessions.get("live")
        stored = {one.seq: one.event for one in store.events()}
        reader = store.read_spool()
        heard = reader.read(Samples(0), reader.length)[:, 0]
        reader.close()
    assert stored == call.follower.told
    events = list(stored.values())
    assert isinstance(events[-1], SessionEnded)
    gaps = [event.gap for event in events if isinstance(event, GapFound)]
    said = sound[:, 0]
    begin = place(heard[: 5 * SAMPLE_RATE], said[: 2 * SAMPLE_RATE])
    assert outside(unheard(heard, said[: len(heard) - begin], begin), gaps) == []
    return events, gaps


def test_a_frozen_window_costs_nothing(
    tmp_path: Path, server: SoundServer, say: Callable[[str], None]
) -> None:
    with LiveCall(tmp_path / "home", server) as call:
        sound = play(call, 60)
        window = running(call, Part.WINDOW)
        freeze(window, 30)
        assert call.find(Part.WINDOW) == window
        end(call)
    events, gaps = look(call, sound)
    said = sum(isinstance(event, UtteranceHeard) for event in events)
    say(f"window frozen for 30 s: gaps {gaps}, {said} utterances stored")
    assert gaps == []
    assert said > 5


def test_an_engine_that_is_frozen_shortly_goes_on(
    tmp_path: Path, server: SoundServer, say: Callable[[str], None]
) -> None:
    with LiveCall(tmp_path / "home", server) as call:
        sound = play(call, 60)
        engine = running(call, Part.ENGINE)
        freeze(engine, 4)
        goes_on(call)
        assert call.find(Part.ENGINE) == engine
        threading.Event().wait(3)
        end(call)
    _, gaps = look(call, sound)
    say(f"engine frozen for 4 s: gaps {gaps}")
    assert sum(gap.span.length for gap in gaps) < 5000


def test_an_engine_that_stands_still_is_replaced(
    tmp_path: Path, server: SoundServer, say: Callable[[str], None]
) -> None:
    with LiveCall(tmp_path / "home", server) as call:
        sound = play(call, 60)
        engine = running(call, Part.ENGINE)
        freeze(engine, 15)
        call.await_part(Part.ENGINE, engine.pid)
        goes_on(call)
        threading.Event().wait(3)
        end(call)
    _, gaps = look(call, sound)
    say(f"engine frozen for 15 s: gaps {gaps}")
    assert GapCause.ENGINE_RESTARTED in [gap.cause for gap in gaps]
    # Noticed after ten seconds; on a busy computer starting anew takes as long again.
    assert sum(gap.span.length for gap in gaps) < (STANDS_STILL_S + 30) * 1000
