from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.fakes.modelfolder import write_model

from sidelight.cli import doctor
from sidelight.cli.doctor import Finding, State, look
from sidelight.cli.main import main
from sidelight.domain.errors import UserError
from sidelight.speech.installing import Manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def good() -> Finding:
    return Finding("one", State.GOOD, "All is well.")


def refused() -> Finding:
    raise UserError("There is no microphone.", "Plug one in.")


def broken() -> Finding:
    raise ZeroDivisionError("private words")


def test_whatever_a_check_raises_is_what_was_found() -> None:
    assert look("one", good) == good()
    assert look("two", refused) == Finding(
        "two", State.PROBLEM, "There is no microphone.", "Plug one in."
    )
    found = look("three", broken)
    assert found.state is State.PROBLEM
    assert "ZeroDivisionError" in found.message
    assert "private" not in found.message


@pytest.fixture
def three_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("one", good),
        ("two", refused),
        ("three", broken),
    )
    monkeypatch.setattr(doctor, "CHECKS", checks)


@pytest.mark.usefixtures("three_checks")
def test_problems_are_output_not_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "→ Plug one in." in out
    assert "2 to mend" in out


@pytest.mark.usefixtures("three_checks")
def test_json_lines_keep_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    first, second, third, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "v": 1,
        "type": "check",
        "check": "one",
        "state": "good",
        "message": "All is well.",
        "remedy": None,
    }
    assert (second["state"], second["remedy"]) == ("problem", "Plug one in.")
    assert third["state"] == "problem"
    assert last == {"type": "summary", "checks": 3, "problems": 2}


def test_every_topic_of_the_contract_is_looked_at() -> None:
    names = {name for name, _ in doctor.CHECKS}
    assert names >= {
        "microphone",
        "sound system",
        "models",
        "keyring",
        "disk",
        "display",
        "speed",
        "versions",
    }


def test_models_are_missing_and_then_there(sidelight_home: Path) -> None:
    assert doctor.check_models().state is State.PROBLEM
    folder = write_model(sidelight_home / "models" / "base.en")
    Manifest("base.en", "imported", False, ()).write(folder)  # noqa: FBT003
    found = doctor.check_models()
    assert found.state is State.GOOD
    assert "base.en" in found.message


def test_disk_that_cannot_be_written_is_a_problem(
    sidelight_home: Path,
) -> None:
    assert doctor.check_disk().state is State.GOOD
    for folder in (*sidelight_home.iterdir(), sidelight_home):
        folder.rmdir()
    sidelight_home.write_text("in the way")
    assert look("disk", doctor.check_disk).state is State.PROBLEM


def test_help_and_listing_load_nothing_heavy() -> None:
    """``doctor`` must not make every other command slow."""
    heavy = "numpy", "PySide6", "sounddevice", "faster_whisper", "huggingface_hub"
    code = (
        "import sys, sidelight.cli.doctor, sidelight.cli.models;"
        f"sys.exit(' '.join(set({heavy!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip() == ""
