"""The model a session listens with: tried once on a computer, then remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.fakes.modelfolder import write_model

from sidelight.bootstrap.plans import worker_threads
from sidelight.cli import fitting
from sidelight.speech.fitness import Tried, Way
from sidelight.speech.recognizer import Device
from sidelight.speech.weights import ModelFolder

if TYPE_CHECKING:
    from pathlib import Path

QUICK = Tried((Way(Device.CPU, 2, 0.5, 0.1), Way(Device.CPU, 1, 0.9, 0.2)))
SLOW = Tried((Way(Device.CPU, 1, 4.0, 1.0),))
DEAD = Tried((), "The speech model ended its process.")


class Probe:
    """Stands for the child processes; knows how long each model takes."""

    def __init__(self, **results: Tried) -> None:
        self.results = results
        self.asked: list[str] = []

    def __call__(self, folder: Path, most_threads: int) -> Tried:
        assert most_threads >= 1
        self.asked.append(folder.name)
        return self.results[folder.name]


@pytest.fixture
def models(tmp_path: Path) -> list[ModelFolder]:
    for name, size in (("base", 200_000), ("small", 400_000)):
        write_model(tmp_path / name, size)
    return [ModelFolder.check(tmp_path / name) for name in ("base", "small")]


def use(monkeypatch: pytest.MonkeyPatch, probe: Probe) -> Probe:
    monkeypatch.setattr(fitting, "try_out", probe)
    return probe


def test_each_model_is_tried_once(
    models: list[ModelFolder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = use(monkeypatch, Probe(small=SLOW, base=QUICK))
    for _ in range(3):
        assert fitting.choose(models, tmp_path).name == "base"
    assert probe.asked == ["small", "base"]
    way = fitting.best_way(models[0], tmp_path)
    assert (way.device, way.threads) == (Device.CPU, 2)


def test_where_none_fits_it_is_said_and_the_session_begins(
    models: list[ModelFolder],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use(monkeypatch, Probe(small=DEAD, base=SLOW))
    assert fitting.choose(models, tmp_path).name == "base"
    assert "Record now and transcribe later" in capsys.readouterr().err


def test_too_slow_while_others_are_busy_is_tried_again(
    models: list[ModelFolder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowded = Tried((Way(Device.CPU, 1, 4.0, 1.0, crowded=True),))
    use(monkeypatch, Probe(small=crowded, base=QUICK))
    assert fitting.choose(models, tmp_path).name == "base"
    use(monkeypatch, Probe(small=QUICK))
    assert fitting.choose(models, tmp_path).name == "small"


def test_a_model_that_was_never_tried_runs_on_the_processor(
    models: list[ModelFolder], tmp_path: Path
) -> None:
    way = fitting.best_way(models[0], tmp_path)
    assert (way.device, way.threads) == (Device.CPU, worker_threads())
