"""A recording through the real recogniser's process, from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import keyring
import soundfile
from tests.fakes.keyrings import WorkingKeyring

from sidelight import resources
from sidelight.cli.main import main
from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_demos_first_words_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = WorkingKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    sound = resources.demo_session() / "session.flac"
    start, rate = soundfile.read(sound, frames=15 * SAMPLE_RATE)
    path = tmp_path / "first words.wav"
    soundfile.write(path, start, rate)
    whose = ["--model", "demo", "--client", "Helen"]
    assert main(["review", str(path), *whose]) == 1
    assert "Helen has not agreed to Keep yet" in capsys.readouterr().err
    assert main(["review", str(path), *whose, "--consent", "spoken"]) == 0
    capsys.readouterr()
    assert main(["sessions", "search", "good", "afternoon", "--json"]) == 0
    (hit,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert hit["speaker"] == "coach"
    assert hit["start_ms"] < 4_000
