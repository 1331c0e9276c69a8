"""Hearing a session again on a real device, from a real record, in a real process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.engines import SESSION
from tests.fakes.soundserver import RATE, SoundServer

from sidelight.bootstrap.helpers import run_player
from sidelight.bootstrap.plans import PlayerPlan
from sidelight.domain.timeline import Millis, Span
from sidelight.record.record import Record
from sidelight.record.vault import Vault
from sidelight.session.playback.desk import PlaybackDesk
from sidelight.session.playback.messages import (
    NotPlayed,
    PlaybackNews,
    Played,
    PlaySound,
    Sounding,
)
from sidelight.session.process import ChildProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sidelight.record.events import SessionStore

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="a Linux sound server"),
    pytest.mark.skipif(not shutil.which("pulseaudio"), reason="no pulseaudio"),
]
PATIENCE_S = 20.0
TONE, SECONDS = 440.0, 6


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    with SoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("ALSA_CONFIG_PATH", raising=False)
        server.plug("speakers")
        yield server


class Listening:
    """The desk over a real record, as the launcher has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._vault = Vault.open_local(folder)
        self.told: list[PlaybackNews] = []
        self.changed = threading.Condition()
        time_s = np.arange(SECONDS * RATE) / RATE
        tone = (0.3 * np.sin(2 * np.pi * TONE * time_s)).astype(np.float32)
        with Record.open(folder, self._vault) as record:
            store = record.sessions.create(SESSION)
            writer = store.open_spool()
            writer.append(np.stack([tone, np.zeros_like(tone)], axis=1))
            writer.finish()
        start = partial(ChildProcess, run_player, (PlayerPlan(folder / "logs"),), "p")
        self.desk = PlaybackDesk(start, self._open, self._tell)

    @contextmanager
    def _open(self, session: str) -> Iterator[SessionStore]:
        with Record.open(self._folder, self._vault, read_only=True) as record:
            yield record.sessions.get(session)

    def _tell(self, news: PlaybackNews) -> None:
        with self.changed:
            self.told.append(news)
            self.changed.notify()

    def until(self, done: Callable[[PlaybackNews], bool]) -> PlaybackNews:
        with self.changed:
            assert self.changed.wait_for(
                lambda: bool(self.told) and done(self.told[-1]), PATIENCE_S
            ), self.told[-3:]
            return self.told[-1]


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Listening]:
    (tmp_path / "logs").mkdir()
    listening = Listening(tmp_path)
    yield listening
    listening.desk.close()


def test_the_kept_tone_comes_out_of_the_speakers_at_its_pitch(
    server: SoundServer, listening: Listening
) -> None:
    """At double speed: half as long, and still the same tone."""
    recorder = subprocess.Popen(
        ["parec", "-d", "speakers.monitor", "--format=float32le", f"--rate={RATE}",
         "--channels=1", "--raw"],
        stdout=subprocess.PIPE,
        env={**os.environ, **server.environment},
    )  # fmt: skip
    try:
        began = time.monotonic()
        whole = Span(Millis(0), Millis(SECONDS * 1000))
        listening.desk.ask(PlaySound(SESSION.id, 1, whole, speed=2.0))
        listening.until(lambda news: isinstance(news, Sounding))
        assert time.monotonic() - began < 5
        assert listening.until(lambda news: not isinstance(news, Sounding)) == Played(
            1, Millis(SECONDS * 1000)
        )
    finally:
        recorder.terminate()
        raw, _ = recorder.communicate()
    heard = np.frombuffer(raw[: len(raw) // 4 * 4], "<f4")
    loud = np.flatnonzero(np.abs(heard) > 0.01)
    assert (loud[-1] - loud[0]) / RATE == pytest.approx(SECONDS / 2, abs=0.35)
    middle = heard[loud[0] + RATE // 2 : loud[-1] - RATE // 2]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert spectrum.argmax() * RATE / len(middle) == pytest.approx(TONE, abs=4)
    at = [one.at for one in listening.told if isinstance(one, Sounding)]
    assert at == sorted(at)


def test_a_sound_server_that_dies_is_one_sentence_and_the_next_try_works(
    server: SoundServer, listening: Listening
) -> None:
    whole = Span(Millis(0), Millis(SECONDS * 1000))
    listening.desk.ask(PlaySound(SESSION.id, 1, whole))
    listening.until(lambda news: isinstance(news, Sounding) and news.at > 300)
    server.kill()
    over = listening.until(lambda news: isinstance(news, NotPlayed))
    assert isinstance(over, NotPlayed)
    assert over.take == 1
    listening.desk.ask(PlaySound(SESSION.id, 2, whole))
    none = listening.until(lambda news: isinstance(news, NotPlayed) and news.take == 2)
    assert isinstance(none, NotPlayed)
    assert "no loudspeaker" in none.message
