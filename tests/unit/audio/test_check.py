"""A few seconds of a microphone, and what is said about them."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from tests.fakes.portaudio import FakeInput, FakeSound, FakeStream

from sidelight.audio.check import Verdict, judge, record
from sidelight.audio.choosing import Device, Side, Via
from sidelight.audio.devices import DeviceName
from sidelight.audio.system import SoundSystem
from sidelight.domain.errors import UserError

RATE = 16_000
SPEECH = np.random.default_rng(0).normal(0, 0.05, 2 * RATE).astype(np.float32)
ONE_WORD = np.concatenate([SPEECH[: RATE // 2], SPEECH[: 3 * RATE] * 0.01])
CLICK = np.zeros(2 * RATE, np.float32)
CLICK[RATE] = 0.3


def device(side: Side = Side.MICROPHONE) -> Device:
    name = DeviceName("desk", "ALSA")
    return Device(name, "Desk", side, Via.PORTAUDIO, "desk", 1, RATE, default=True)


@pytest.mark.parametrize(
    ("samples", "verdict"),
    [
        (SPEECH, Verdict.GOOD),
        (ONE_WORD, Verdict.GOOD),
        (SPEECH * 0.02, Verdict.TOO_QUIET),
        (CLICK, Verdict.TOO_QUIET),
        (np.clip(SPEECH * 20, -1, 1), Verdict.CLIPPED),
        (np.zeros(RATE, np.float32), Verdict.ONLY_ZEROS),
        (np.zeros(0, np.float32), Verdict.NO_SOUND),
    ],
    ids=["speech", "one word", "far away", "a click", "too loud", "zeros", "nothing"],
)
def test_a_verdict_comes_with_a_sentence_and_a_remedy(
    samples: np.ndarray, verdict: Verdict
) -> None:
    judged = judge(device(), samples)
    assert judged.verdict is verdict
    assert "Desk" in judged.message
    assert bool(judged.remedy) == (verdict is not Verdict.GOOD)
    assert -96 <= judged.loudest_dbfs <= judged.peak_dbfs <= 0


def test_an_output_that_plays_nothing_is_not_a_matter_of_permission() -> None:
    judged = judge(device(Side.PLAYED), np.zeros(RATE, np.float32))
    assert "plays nothing" in judged.message
    assert "privacy" not in judged.remedy


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sidelight.audio.check._POLL_S", 0.0)


class Heard:
    """A system whose one microphone delivers when its level is asked for."""

    def __init__(self, *, silent: bool = False) -> None:
        self.now = 100.0
        self.levels: list[float | None] = []
        self.silent = silent
        self.sound = FakeSound([FakeInput("desk", rate=RATE)], started=self.begin)
        self.system = SoundSystem(self.sound, clock=self.tick)

    def begin(self, stream: FakeStream) -> None:
        self.stream = stream

    def tick(self) -> float:
        self.now += 1.0
        return self.now

    def level(self, dbfs: float | None) -> None:
        self.levels.append(dbfs)
        if len(self.levels) > 1 and not self.silent:
            self.stream.deliver(np.full((RATE, 1), 0.5, np.float32))


def test_the_seconds_count_from_the_first_sound() -> None:
    heard = Heard()
    samples = record(heard.system, heard.system.microphone(None), 3, heard.level)
    assert heard.levels[:2] == [None, None], "it was waited for"
    assert len(samples) == 3 * RATE
    assert heard.levels[2] == pytest.approx(-6.02, abs=0.01)
    assert heard.sound.running == []


def test_a_microphone_that_never_begins_is_given_up() -> None:
    heard = Heard(silent=True)
    samples = record(heard.system, heard.system.microphone(None), 3, heard.level)
    assert len(samples) == 0
    assert 40 <= len(heard.levels) <= 42
    assert heard.sound.running == []


def test_it_can_be_stopped() -> None:
    heard = Heard(silent=True)
    stopped = threading.Event()
    stopped.set()
    microphone = heard.system.microphone(None)
    assert len(record(heard.system, microphone, 3, heard.level, stopped)) == 0


def test_what_was_heard_is_played_at_the_outputs_own_rate() -> None:
    heard = Heard()
    heard.system.play(SPEECH, RATE)
    ((played, rate),) = heard.sound.played
    assert rate == 48_000
    assert len(played) == 3 * len(SPEECH)
    heard.sound.output_rate = None
    with pytest.raises(UserError, match="no loudspeaker"):
        heard.system.play(SPEECH, RATE)
