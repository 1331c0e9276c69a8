"""What can be the coach's side and the client's on each system, and which is meant."""

from __future__ import annotations

from typing import Any

import pytest
from tests.fakes.portaudio import FakeInput, FakeSound
from tests.fakes.pulse import FakeServer
from tests.unit.audio.test_loopback import FakeWasapi

from sidelight.audio.choosing import again, client_sides, guidance, microphones
from sidelight.audio.devices import DeviceName
from sidelight.audio.pulse import PulseSource
from sidelight.audio.system import SoundSystem
from sidelight.domain.errors import UserError

DESK = PulseSource("alsa_input.desk", "Desk", None, 48_000, default=False)
WEBCAM = PulseSource("alsa_input.webcam", "Webcam", None, 16_000, default=True)
SPEAKERS = PulseSource("spk.monitor", "Speakers", "spk", 44_100, default=False)
HEADSET = PulseSource("head.monitor", "Headset", "head", 48_000, default=True)


def linux(*sources: PulseSource) -> SoundSystem:
    server = FakeServer(list(sources))
    return SoundSystem(server.sound, sources=server.list_sources, watch=server.watch)


def windows() -> SoundSystem:
    sound = FakeSound(
        [FakeInput(name) for name in WINDOWS],
        host="Windows WASAPI",
    )
    return SoundSystem(sound, loopback=FakeWasapi())


def mac(*names: str) -> SoundSystem:
    return SoundSystem(FakeSound([FakeInput(n) for n in names], host="Core Audio"))


LINUX = linux(SPEAKERS, DESK, HEADSET, WEBCAM)
MAC = ["MacBook", "BlackHole 2ch"]
WINDOWS = ["Array (Realtek)", "Headset (2- Jabra)"]


@pytest.mark.parametrize(
    ("system", "coach", "client"),
    [
        (LINUX, ["Webcam", "Desk"], ["Headset", "Speakers"]),
        (linux(), [], []),
        (windows(), WINDOWS, ["Speakers (A)", "Headset (B)"]),
        (mac(*MAC), MAC, MAC),
    ],
    ids=["linux", "linux without devices", "windows", "mac"],
)
def test_both_sides_are_offered_under_titles_people_know(
    system: SoundSystem, coach: list[str], client: list[str]
) -> None:
    devices = system.devices()
    assert [device.title for device in microphones(devices)] == coach
    assert [device.title for device in client_sides(devices)] == client


def test_without_alsas_plug_in_the_servers_sources_are_not_offered() -> None:
    server = FakeServer([DESK])
    system = SoundSystem(FakeSound([FakeInput("hw")]), sources=server.list_sources)
    assert [device.title for device in system.devices()] == ["hw"]


def test_a_server_that_starts_later_is_found_and_takes_nothing_away() -> None:
    server = FakeServer([DESK])
    system = SoundSystem(server.sound, sources=server.list_sources, served=False)
    server.sound.inputs.append(FakeInput("hw"))
    server.sound._initialize()
    server.dead = True
    system.refresh()
    plain = system.microphone("hw")
    server.dead = False
    assert "Desk" not in [device.title for device in system.devices()]
    system.refresh()
    assert [device.title for device in system.devices()] == ["Desk"]
    assert system.present(plain) == plain


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (None, "Webcam"),
        ("Desk", "Desk"),
        ("desk ", "Desk"),
        ("alsa_input.desk", "Desk"),
        (DeviceName("alsa_input.desk", "PulseAudio"), "Desk"),
        ("Speakers", "Speakers"),
        (DeviceName("spk.monitor", "PulseAudio"), "Speakers"),
    ],
)
def test_the_coachs_microphone_is_what_was_typed_or_remembered(
    wanted: str | DeviceName | None, found: str
) -> None:
    assert LINUX.microphone(wanted).title == found


@pytest.mark.parametrize(
    ("system", "wanted", "sentence", "remedy"),
    [
        (linux(DESK, SPEAKERS), "Des", "'Des' is not there", "choose: Desk"),
        (linux(DESK), DeviceName("Desk", "ALSA"), "'Desk' is not there", "Desk"),
        (linux(SPEAKERS), None, "There is no microphone", "Plug one in"),
        (linux(SPEAKERS), "Desk", "'Desk' is not there", "Plug it in."),
        (mac("Twin", "Twin"), "Twin", "2 devices called 'Twin'", "Name one"),
    ],
    ids=["nearly", "another sound system", "none", "none of this name", "twins"],
)
def test_another_microphone_is_never_meant(
    system: SoundSystem, wanted: str | DeviceName | None, sentence: str, remedy: str
) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        system.microphone(wanted)
    assert remedy in caught.value.remedy


def test_the_clients_side() -> None:
    system = linux(SPEAKERS, DESK, HEADSET)
    assert system.client_side(None).title == "Headset"
    assert system.client_side("Speakers").address == SPEAKERS.pcm
    with pytest.raises(UserError, match="'Desk' is not there"):
        system.client_side("Desk")
    assert mac("MacBook", "BlackHole 2ch").client_side("BlackHole 2ch").rate == 48_000
    with pytest.raises(UserError, match="does not offer what it plays"):
        mac("MacBook", "BlackHole 2ch").client_side(None)


def test_windows_loopback_is_opened_by_the_outputs_name() -> None:
    library = FakeWasapi()
    system = SoundSystem(FakeSound(host="Windows WASAPI"), loopback=library)
    stream = system.open(system.client_side("Headset (B)"))
    assert library.opened["input_device_index"] == 18
    assert stream.rate == 48_000
    system.close(stream)
    assert stream.ended


def test_windows_without_outputs_offers_none() -> None:
    class NoOutputs(FakeWasapi):
        def get_default_wasapi_loopback(self) -> dict[str, Any]:
            raise OSError("no default loopback")

    system = SoundSystem(FakeSound(), loopback=NoOutputs())
    assert system.devices() == []


def test_the_same_device_in_a_newer_list() -> None:
    old = linux(DESK, WEBCAM).microphone("Desk")
    newer = linux(WEBCAM, HEADSET, DESK).devices()
    assert again(old, newer).title == "Desk"
    with pytest.raises(UserError):
        again(old, linux(WEBCAM, HEADSET).devices())


@pytest.mark.parametrize(
    ("platform", "word"),
    [("darwin", "BlackHole"), ("win32", "output"), ("linux", "PipeWire")],
)
def test_every_system_has_a_way_forward(platform: str, word: str) -> None:
    assert word in guidance(platform)
