"""The microphone's process: what it lists, what it tells, and how it is let go."""

from __future__ import annotations

import multiprocessing
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.portaudio import FakeInput, FakeSound, FakeStream

from sidelight.audio.choosing import Device, Side, Via
from sidelight.audio.devices import DeviceName
from sidelight.audio.metering import meter
from sidelight.audio.system import SoundSystem
from sidelight.domain.errors import UserError
from sidelight.session.home.ears import Ears, found, listen
from sidelight.session.home.messages import (
    DeviceLine,
    DevicesFound,
    LevelHeard,
    ListenTo,
    MeterFailed,
    StopListening,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

RATE = 16_000


def device(title: str, side: Side, *, default: bool = False) -> Device:
    name = DeviceName(f"id of {title}", "ALSA")
    return Device(name, title, side, Via.SERVER, title, 1, RATE, default)


def test_the_devices_are_told_by_side_with_the_systems_choice_first() -> None:
    told = found(
        [
            device("webcam", Side.MICROPHONE),
            device("yeti", Side.MICROPHONE, default=True),
            device("speakers", Side.PLAYED),
        ]
    )
    assert [one.title for one in told.microphones] == ["yeti", "webcam"]
    assert told.played == (DeviceLine("id of speakers", "speakers"),)
    assert told.guidance == ""


def test_where_nothing_that_plays_can_be_recorded_it_says_what_to_do() -> None:
    told = found([device("yeti", Side.MICROPHONE)])
    assert told.guidance != ""
    assert told.played == told.microphones, "a virtual output may feed one of them"


class Listening:
    """The process's work, in a thread of the test."""

    def __init__(self, sound: FakeSound) -> None:
        self.mine, self._theirs = multiprocessing.Pipe()
        self._thread = threading.Thread(
            target=listen, args=(self._theirs, lambda: SoundSystem(sound))
        )
        self._thread.start()

    def next(self, kind: type) -> object:
        while self.mine.poll(10.0):
            news = self.mine.recv()
            if isinstance(news, kind):
                return news
        raise AssertionError(kind)

    def close(self) -> None:
        self.mine.close()
        self._thread.join()
        self._theirs.close()


@pytest.fixture
def sound() -> FakeSound:
    def begin(stream: FakeStream) -> None:
        stream.deliver(np.full((RATE // 10, 1), 0.5, np.float32))

    return FakeSound([FakeInput("desk", rate=RATE)], started=begin)


@pytest.fixture
def listening(sound: FakeSound) -> Iterator[Listening]:
    listening = Listening(sound)
    yield listening
    listening.close()


def test_levels_come_until_something_else_is_asked(
    listening: Listening, sound: FakeSound
) -> None:
    assert listening.next(DevicesFound) == DevicesFound(
        (DeviceLine("desk", "desk"),), (DeviceLine("desk", "desk"),), _guidance()
    )
    assert sound.streams == [], "listing opens nothing"
    listening.mine.send(ListenTo("desk"))
    heard = listening.next(LevelHeard)
    assert isinstance(heard, LevelHeard)
    assert heard.dbfs == pytest.approx(-6.02, abs=0.01)
    listening.mine.send(StopListening())
    listening.mine.send(ListenTo("webcam"))
    failed = listening.next(MeterFailed)
    assert isinstance(failed, MeterFailed)
    assert "'webcam' is not there" in failed.message
    assert sound.running == []
    listening.mine.send(ListenTo(None))
    assert listening.next(LevelHeard) is not None


def test_hanging_up_lets_the_microphone_go(sound: FakeSound) -> None:
    listening = Listening(sound)
    listening.mine.send(ListenTo(None))
    listening.next(LevelHeard)
    listening.close()
    assert len(sound.streams) == 1
    assert sound.running == []


def test_a_sound_system_that_is_missing_is_told() -> None:
    def start() -> SoundSystem:
        raise UserError("PortAudio is missing.", "Install it.")

    mine, theirs = multiprocessing.Pipe()
    with mine, theirs:
        mine.send(ListenTo(None))
        thread = threading.Thread(target=listen, args=(theirs, start))
        thread.start()
        assert mine.recv() == DevicesFound((), (), "")
        assert mine.recv() == MeterFailed("PortAudio is missing.", "Install it.")
        mine.close()
        thread.join()


class Turns:
    """A system whose clock runs a second a turn, and a number of turns to wait."""

    def __init__(self, sound: FakeSound, turns: int) -> None:
        self.now = 100.0
        self.left = turns
        self.levels: list[float | None] = []
        self.system = SoundSystem(sound, clock=self._tick)
        self.sound = sound

    def _tick(self) -> float:
        self.now += 1.0
        return self.now

    def wait(self) -> bool:
        self.left -= 1
        return self.left < 0

    def run(self) -> None:
        microphone = self.system.microphone(None)
        meter(self.system, microphone, self.levels.append, self.wait)


def test_a_microphone_that_never_begins_is_given_up() -> None:
    turns = Turns(FakeSound([FakeInput("desk", rate=RATE)]), 1000)
    with pytest.raises(UserError, match="No sound comes from desk"):
        turns.run()
    assert set(turns.levels) == {None}
    assert turns.sound.running == []


def test_a_microphone_that_is_pulled_out_is_said() -> None:
    def begin(stream: FakeStream) -> None:
        stream.deliver(np.full((RATE // 10, 1), 0.5, np.float32))
        stream.finished()

    turns = Turns(FakeSound([FakeInput("desk", rate=RATE)], started=begin), 1000)
    with pytest.raises(UserError, match="desk is gone"):
        turns.run()


def test_a_sound_server_that_goes_on_with_another_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def begin(stream: FakeStream) -> None:
        stream.deliver(np.full((RATE // 10, 1), 0.5, np.float32))

    turns = Turns(FakeSound([FakeInput("desk", rate=RATE)], started=begin), 1000)
    monkeypatch.setattr(turns.system, "present", lambda _: None)
    with pytest.raises(UserError, match="desk is gone"):
        turns.run()
    assert turns.sound.running == []


class FakeChild:
    """A process's pipe, with nobody behind it."""

    def __init__(self) -> None:
        self.connection: Connection
        self.connection, self.theirs = multiprocessing.Pipe()
        self.ended = False

    def end(self) -> None:
        self.ended = True
        self.connection.close()
        self.theirs.close()


@pytest.fixture
def children() -> Iterator[list[FakeChild]]:
    started: list[FakeChild] = []
    yield started
    for child in started:
        child.end()


def starter(children: list[FakeChild]) -> Callable[[], FakeChild]:
    def start() -> FakeChild:
        children.append(FakeChild())
        return children[-1]

    return start


def test_of_many_levels_only_the_newest_is_passed_on(
    children: list[FakeChild],
) -> None:
    ears = Ears(starter(children))  # type: ignore[arg-type]
    ears.restart()
    for dbfs in (-30.0, -20.0, -10.0):
        children[0].theirs.send(LevelHeard(dbfs))
    children[0].theirs.send(MeterFailed("gone", "plug it in"))
    assert ears.hear() == [LevelHeard(-10.0), MeterFailed("gone", "plug it in")]
    assert ears.hear() == []


def test_a_process_that_died_is_let_go_and_started_again_when_asked(
    children: list[FakeChild],
) -> None:
    ears = Ears(starter(children))  # type: ignore[arg-type]
    ears.ask(StopListening())
    assert children == [], "there is nothing to stop"
    ears.restart()
    children[0].theirs.close()
    (news,) = ears.hear()
    assert isinstance(news, MeterFailed)
    assert "stopped working" in news.message
    assert ears.connection is None
    assert children[0].ended
    ears.ask(ListenTo(None))
    assert children[1].theirs.recv() == ListenTo(None)


def _guidance() -> str:
    return found([device("desk", Side.MICROPHONE)]).guidance
