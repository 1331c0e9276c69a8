from __future__ import annotations

import sys

import numpy as np
import pytest
from tests.fakes.portaudio import FakeInput, FakeSound

from sidelight.audio.microphone import (
    MicrophoneStream,
    list_microphones,
    load_sounddevice,
)
from sidelight.domain.errors import UserError

LAPTOP = FakeInput("Laptop", channels=2)
HEADSET = FakeInput("Headset", rate=16_000)


def test_only_inputs_are_listed_and_the_default_is_first() -> None:
    found = list_microphones(FakeSound([LAPTOP, HEADSET]))
    assert [(m.name, m.host, m.rate) for m in found] == [
        ("Laptop", "ALSA", 48_000),
        ("Headset", "ALSA", 16_000),
    ]
    assert [m.default for m in found] == [True, False]


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
    (microphone,) = list_microphones(sound)
    with pytest.raises(UserError, match=sentence):
        MicrophoneStream(microphone, sound=sound)


def test_device_that_moved_in_the_list_is_still_the_same() -> None:
    sound = FakeSound([LAPTOP, HEADSET])
    microphone = list_microphones(sound)[1]
    sound.inputs.insert(0, FakeInput("Webcam"))
    sound._initialize()
    MicrophoneStream(microphone, sound=sound)
    assert sound.streams[0].device is HEADSET


def test_device_that_went_meanwhile_is_not_replaced_by_another() -> None:
    sound = FakeSound([LAPTOP, HEADSET])
    microphone = list_microphones(sound)[1]
    sound.inputs.remove(HEADSET)
    for _ in ("PortAudio still lists it", "it does not"):
        with pytest.raises(UserError, match="'Headset' is gone"):
            MicrophoneStream(microphone, sound=sound)
        sound._initialize()
    assert sound.streams == []


def test_device_that_only_opens_with_all_its_channels() -> None:
    sound = FakeSound([FakeInput("Interface", channels=2, least_channels=2)])
    stream = MicrophoneStream(list_microphones(sound)[0], sound=sound)
    sound.streams[0].deliver(np.array([[0.5, 0.1]], np.float32))
    (chunk,) = stream.read()
    assert np.allclose(chunk.samples, [0.3])
