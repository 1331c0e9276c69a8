"""``sidelight voice``: from a file, sealed, checked, forgotten."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import keyring
import numpy as np
import pytest
import soundfile
from tests.fakes.keyrings import MissingKeyring

from sidelight import resources
from sidelight.audio.file import FileSource, Pace, SoundFile, SystemClock
from sidelight.cli.main import main
from sidelight.cli.voice import listen
from sidelight.domain.timeline import SAMPLE_RATE
from sidelight.record.locks import Argon2Cost
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]
WORDS = "vier Worte im Wind"


@pytest.fixture(autouse=True)
def record(
    tmp_path: Path, sidelight_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """The coach's record, with a passphrase in a file."""
    monkeypatch.setattr(keyring, "get_keyring", MissingKeyring)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    folder = sidelight_home / "record"
    folder.mkdir(parents=True, mode=0o700)
    (tmp_path / "phrase").write_text(WORDS)
    Vault.create(folder, passphrase=WORDS, cost=Argon2Cost(1, 64, 1))
    monkeypatch.setenv("SIDELIGHT_PASSPHRASE_FILE", str(tmp_path / "phrase"))
    return folder


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    """The demo's coach, long enough to enrol, and a little of the client."""
    path = resources.demo_session() / "session.flac"
    both, _ = soundfile.read(path, 75 * SAMPLE_RATE, dtype="float32")
    coach, client = tmp_path / "coach.flac", tmp_path / "client.flac"
    soundfile.write(coach, both[:, 0], SAMPLE_RATE)
    soundfile.write(client, both[: 25 * SAMPLE_RATE, 1], SAMPLE_RATE)
    return coach, client


def test_enrol_check_forget(
    record: Path, sides: tuple[Path, Path], capsys: Output
) -> None:
    coach, client = map(str, sides)
    assert main(["voice", "check"]) == 1
    assert "No voice is enrolled" in capsys.readouterr().err
    assert main(["voice", "enrol", "--file", coach]) == 0
    assert main(["voice", "check"]) == 0
    assert capsys.readouterr().out == "A voice is enrolled.\n"
    assert main(["voice", "check", "--file", client]) == 0
    assert capsys.readouterr().out.startswith("0 of ")
    assert main(["voice", "check", "--file", coach]) == 0
    assert not capsys.readouterr().out.startswith("0 of ")
    assert main(["voice", "forget"]) == 0
    assert "forgotten" in capsys.readouterr().err
    assert not list(record.glob("voice*"))
    assert main(["voice", "forget"]) == 0


def test_too_little_speech_is_refused_and_nothing_is_kept(
    record: Path, tmp_path: Path, capsys: Output
) -> None:
    quiet = tmp_path / "quiet.wav"
    soundfile.write(quiet, np.zeros(30 * SAMPLE_RATE), SAMPLE_RATE)
    assert main(["voice", "enrol", "--file", str(quiet)]) == 1
    assert "20 are needed" in capsys.readouterr().err
    assert not list(record.glob("voice*"))


def test_listening_ends_in_time_and_hears_the_left_side() -> None:
    path = resources.demo_session() / "session.flac"
    left, _ = soundfile.read(path, 3 * SAMPLE_RATE, dtype="float32")
    source = FileSource(SoundFile.open(path), Pace(None, SystemClock()))
    np.testing.assert_array_equal(listen(source, 3), left[:, 0])
