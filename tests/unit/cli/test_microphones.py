from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.portaudio import FakeInput, FakeSound
from tests.fakes.pulse import FakeServer

from sidelight.audio import check
from sidelight.audio.pulse import PulseSource
from sidelight.audio.system import SoundSystem
from sidelight.cli.main import main

if TYPE_CHECKING:
    from numpy.typing import NDArray

DESK = PulseSource("alsa_input.desk", "Desk", None, 16_000, default=True)
SPEAKERS = PulseSource("spk.monitor", "Speakers", "spk", 48_000, default=True)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> FakeServer:
    server = FakeServer([SPEAKERS, DESK])
    system = SoundSystem(server.sound, sources=server.list_sources, watch=server.watch)
    monkeypatch.setattr(SoundSystem, "start", lambda _folder: system)
    return server


def hears(monkeypatch: pytest.MonkeyPatch, sound: NDArray[np.float32]) -> None:
    monkeypatch.setattr(check, "record", lambda *_: sound)


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("arguments", [[], ["list"]])
def test_both_sides_are_listed(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["microphones", *arguments]) == 0
    out = capsys.readouterr().out
    assert out.index("Your microphone") < out.index("* Desk")
    assert out.index("client's side") < out.index("* Speakers")


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("arguments", [["--json"], ["list", "--json"]])
def test_the_list_as_lines(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["microphones", *arguments]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {
        "v": 1,
        "type": "device",
        "for": "coach",
        "title": "Desk",
        "name": "alsa_input.desk",
        "host": "PulseAudio",
        "side": "microphone",
        "rate": 16_000,
        "default": True,
    }
    assert [line.get("for") for line in lines] == ["coach", "client", None]
    assert lines[-1] == {"type": "summary", "microphones": 1, "client_sides": 1}


def test_without_devices_the_way_forward_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = SoundSystem(FakeSound([FakeInput("hw")]))
    monkeypatch.setattr(SoundSystem, "start", lambda _folder: bare)
    assert main(["microphones"]) == 0
    assert capsys.readouterr().err


def test_a_good_microphone_is_heard_again(
    server: FakeServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hears(monkeypatch, np.full(16_000, 0.2, np.float32))
    assert main(["microphones", "check", "Desk"]) == 0
    assert "Desk hears well" in capsys.readouterr().out
    assert len(server.sound.played) == 1
    assert main(["microphones", "check", "--silent"]) == 0
    assert len(server.sound.played) == 1


@pytest.mark.usefixtures("server")
def test_a_microphone_that_hears_nothing_is_the_worlds_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hears(monkeypatch, np.zeros(16_000, np.float32))
    assert main(["microphones", "check", "--json"]) == 1
    told = capsys.readouterr()
    line = json.loads(told.out)
    assert (line["type"], line["verdict"]) == ("check", "only_zeros")
    assert line["remedy"] in told.err


@pytest.mark.usefixtures("server")
def test_one_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["microphones", "check", "Webcam"]) == 1
    assert "'Webcam' is not there. Plug it in, or choose: Desk." in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("wrong", [["check", "--seconds", "0"], ["test"]])
def test_wrong_usage(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["microphones", *wrong])
    assert caught.value.code == 2
