"""What was measured is there again, for this computer and this version alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sidelight.settings.measured import (
    FILE_NAME,
    Measured,
    Measurements,
    this_computer,
)
from sidelight.speech.fitness import Tried, Way
from sidelight.speech.recognizer import Device
from sidelight.speech.short_windows import Compared, Evidence, Verdict

if TYPE_CHECKING:
    from pathlib import Path

SUM, OTHER = "ab" * 32, "cd" * 32


def today() -> str:
    return "2026-11-22"


def on(folder: Path, machine: str = "this") -> Measurements:
    return Measurements(folder, today, machine)


def test_nothing_is_known_at_first(tmp_path: Path) -> None:
    assert on(tmp_path).of(SUM) == Measured()
    assert not (tmp_path / FILE_NAME).exists()


def test_counts_and_times_are_there_again(tmp_path: Path) -> None:
    tried = Tried((Way(Device.CPU, 2, 0.9, 0.3), Way(Device.CUDA, 1, 0.1, 0.1)), "No.")
    on(tmp_path).set_tried(SUM, tried)
    for _ in range(30):
        on(tmp_path).add_compared(SUM, Compared("base", 9, 0))
    found = on(tmp_path).of(SUM)
    assert found.tried == tried
    assert found.evidence == Evidence(30, 270, 0, Verdict.SAFE)
    assert found.date == "2026-11-22"
    assert on(tmp_path).of(OTHER) == Measured()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_another_computer_or_version_measures_again(tmp_path: Path) -> None:
    on(tmp_path).set_tried(SUM, Tried((), "No."))
    assert on(tmp_path, machine="other").of(SUM) == Measured()
    path = tmp_path / FILE_NAME
    data = json.loads(path.read_text("utf-8"))
    data["for"]["program"] = "0.0.0"
    path.write_text(json.dumps(data), "utf-8")
    assert on(tmp_path).of(SUM) == Measured()


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"version": 1}', '{"version": 2, "models": {}}']
)
def test_a_damaged_file_is_measured_again(tmp_path: Path, damaged: str) -> None:
    (tmp_path / FILE_NAME).write_text(damaged, "utf-8")
    assert on(tmp_path).of(SUM) == Measured()
    on(tmp_path).add_compared(SUM, Compared("base", 9, 1))
    assert on(tmp_path).of(SUM).evidence.words == 9


def test_a_damaged_entry_is_measured_again(tmp_path: Path) -> None:
    on(tmp_path).set_tried(SUM, Tried((), "No."))
    path = tmp_path / FILE_NAME
    path.write_text(path.read_text("utf-8").replace("unknown", "surely"), "utf-8")
    assert on(tmp_path).of(SUM) == Measured()


def test_a_folder_that_cannot_be_written_forgets(tmp_path: Path) -> None:
    nowhere = tmp_path / "missing"
    on(nowhere).add_compared(SUM, Compared("base", 9, 1))
    assert on(nowhere).of(SUM) == Measured()


def test_it_tells_counts_and_no_names(tmp_path: Path) -> None:
    on(tmp_path).add_compared(SUM, Compared("my-client-model", 9, 1))
    assert "my-client-model" not in (tmp_path / FILE_NAME).read_text("utf-8")


def test_this_computer_has_one_name() -> None:
    assert this_computer() == this_computer()
    assert len(this_computer()) == 16
