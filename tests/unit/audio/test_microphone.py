from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.portaudio import FakeInput, FakeSound

from sidelight.audio.block import AudioBlock
from sidelight.audio.microphone import (
    MicrophoneSource,
    MicrophoneStream,
    find_microphone,
    list_microphones,
    load_sounddevice,
)
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import Gap, GapCause
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

LAPTOP = FakeInput("Laptop", channels=2)
HEADSET = FakeInput("Headset", rate=16_000)


def noise(count: int, seed: int = 0) -> NDArray[np.float32]:
    generator = np.random.default_rng(seed)
    return (0.1 * generator.standard_normal(count)).astype(np.float32)


def test_only_inputs_are_listed_and_the_default_is_first() -> None:
    found = list_microphones(FakeSound([LAPTOP, HEADSET]))
    assert [(m.name, m.host, m.rate) for m in found] == [
        ("Laptop", "ALSA", 48_000),
        ("Headset", "ALSA", 16_000),
    ]
    assert [m.default for m in found] == [True, False]


def test_microphone_is_chosen_by_its_whole_name() -> None:
    sound = FakeSound([LAPTOP, HEADSET])
    assert find_microphone("Headset", sound).rate == 16_000
    assert find_microphone(None, sound).name == "Laptop"
    with pytest.raises(UserError, match="'Head' is not there") as caught:
        find_microphone("Head", sound)
    assert "Laptop, Headset" in caught.value.remedy


def test_no_microphone_at_all() -> None:
    with pytest.raises(UserError, match="There is no microphone"):
        find_microphone(None, FakeSound())


def test_missing_sound_library_is_said_with_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(UserError, match="PortAudio is missing"):
        load_sounddevice()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (-9985, "in use, or not allowed"),
        (-9999, "in use, or not allowed"),
        (-9996, "is gone"),
        (-9993, "is gone"),
        (-9997, "sample rate"),
        (-9992, "cannot be opened"),
    ],
)
def test_refusals_become_sentences(fault: int, sentence: str) -> None:
    sound = FakeSound([FakeInput("Laptop", fault=fault)])
    microphone = find_microphone(None, sound)
    with pytest.raises(UserError, match=sentence):
        MicrophoneStream(microphone, sound=sound)


def test_device_that_moved_in_the_list_is_still_the_same() -> None:
    sound = FakeSound([LAPTOP, HEADSET])
    microphone = find_microphone("Headset", sound)
    sound.inputs.insert(0, FakeInput("Webcam"))
    MicrophoneStream(microphone, sound=sound)
    assert sound.streams[0].device is HEADSET


def test_device_that_went_meanwhile_is_not_replaced_by_another() -> None:
    sound = FakeSound([LAPTOP, HEADSET])
    microphone = find_microphone("Headset", sound)
    sound.inputs.remove(HEADSET)
    with pytest.raises(UserError, match="'Headset' is gone"):
        MicrophoneStream(microphone, sound=sound)
    assert sound.streams == []


def test_device_that_only_opens_with_all_its_channels() -> None:
    sound = FakeSound([FakeInput("Interface", channels=2, least_channels=2)])
    stream = MicrophoneStream(find_microphone(None, sound), sound=sound)
    sound.streams[0].deliver(np.array([[0.5, 0.1]], np.float32))
    (chunk,) = stream.read()
    assert np.allclose(chunk.samples, [0.3])


@dataclass
class Session:
    """A source read in its own thread; device and clock are in the test's hands."""

    sound: FakeSound
    now: float = 1000.0
    got: list[AudioBlock | Gap] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = MicrophoneSource(
            find_microphone(None, self.sound),
            sound=self.sound,
            clock=lambda: self.now,
        )
        self.thread = threading.Thread(target=self._read)
        self.thread.start()
        self.until(lambda: bool(self.sound.streams))

    def _read(self) -> None:
        self.got.extend(self.source.blocks())

    def until(self, true: Callable[[], bool]) -> None:
        pause = threading.Event()
        for _ in range(500):
            if true():
                return
            pause.wait(0.01)
        raise AssertionError("did not come")

    def pass_time(self, true: Callable[[], bool]) -> None:
        """Let the clock run without a sound until something is true."""

        def later() -> bool:
            self.now += 0.05
            return true()

        self.until(later)

    def hear(self, sound: NDArray[np.float32], rate: int) -> None:
        """Deliver it in pieces of 20 ms while the clock runs."""
        step = rate // 50
        for start in range(0, len(sound), step):
            piece = sound[start : start + step]
            self.now += len(piece) / rate
            self.sound.streams[-1].deliver(piece[:, None])

    def end(self) -> NDArray[np.float32]:
        self.source.stop()
        self.thread.join(5)
        assert not self.thread.is_alive()
        blocks = [item for item in self.got if isinstance(item, AudioBlock)]
        position = 0
        for block in blocks:
            assert block.start == position
            position = block.end
        empty = np.zeros((0, 1), np.float32)
        return np.concatenate([empty, *(block.samples for block in blocks)])

    def gaps(self) -> list[Gap]:
        return [item for item in self.got if isinstance(item, Gap)]


def test_sound_arrives_sample_for_sample() -> None:
    session = Session(FakeSound([HEADSET]))
    sound = noise(16_000 * 2)
    session.hear(sound, 16_000)
    heard = session.end()
    assert session.source.layout is Layout.MONO
    assert session.source.name == "Headset"
    assert np.array_equal(heard[:, 0], sound)
    assert session.gaps() == []
    assert session.sound.streams[0].closed


def test_device_rate_is_brought_to_the_sessions() -> None:
    session = Session(FakeSound([LAPTOP]))
    seconds = np.arange(48_000) / 48_000
    session.hear((0.5 * np.sin(2 * np.pi * 440 * seconds)).astype(np.float32), 48_000)
    heard = session.end()[:, 0]
    assert abs(len(heard) - 16_000) <= 2
    loudest = np.argmax(np.abs(np.fft.rfft(heard[:16_000], 16_000)))
    assert abs(int(loudest) - 440) <= 1


def test_silent_callback_becomes_silence_with_a_gap() -> None:
    session = Session(FakeSound([HEADSET]))
    session.hear(noise(16_000), 16_000)
    session.now += 3.0
    session.until(
        lambda: (
            sum(len(b) for b in session.got if isinstance(b, AudioBlock)) > 2 * 16_000
        )
    )
    session.hear(noise(16_000, seed=1), 16_000)
    heard = session.end()
    (gap,) = session.gaps()
    assert gap.cause is GapCause.DEVICE_LOST
    assert abs(gap.span.start - 1000) <= 50
    assert abs(gap.span.length - 3000) <= 100
    assert not heard[gap.span.start * 16 + 320 : gap.span.end * 16 - 320].any()
    assert abs(len(heard) - 5 * 16_000) <= 1600


def test_unplugged_microphone_is_opened_again_when_it_is_back() -> None:
    session = Session(FakeSound([HEADSET]))
    session.hear(noise(16_000), 16_000)
    session.sound.inputs = []
    session.sound.streams[0].finished()
    gone = session.now
    session.pass_time(lambda: session.sound.refreshed > 0)
    session.sound.inputs = [FakeInput("Webcam"), HEADSET]
    session.pass_time(lambda: len(session.sound.streams) == 2)
    lost_s = session.now - gone
    session.hear(noise(16_000, seed=1), 16_000)
    heard = session.end()
    gaps = session.gaps()
    assert {gap.cause for gap in gaps} == {GapCause.DEVICE_LOST}
    assert abs(sum(gap.span.length for gap in gaps) - 1000 * lost_s) <= 100
    assert abs(len(heard) - (2 + lost_s) * 16_000) <= 0.1 * 16_000
