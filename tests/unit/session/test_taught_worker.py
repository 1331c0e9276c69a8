"""What the coach taught reaches the worker and the refiner, as the session begins."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.speech import PlainScripted
from tests.fakes.talk_events import talk

from sidelight.bootstrap.knowing import knowing_the_lessons
from sidelight.bootstrap.plans import WorkerPlan
from sidelight.bootstrap.refining import refiner
from sidelight.domain.transcript import Layout
from sidelight.partnering import detector
from sidelight.record.record import Record
from sidelight.record.vault import Vault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sidelight.partnering.detector import Detector
    from sidelight.partnering.learned.lessons import Lesson

PLACE = np.eye(384, dtype=np.float32)[3]


@pytest.fixture
def vault() -> Vault:
    return Vault(bytes(range(32)))


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Lesson]]:
    """What every detector was given that was made."""
    found: list[Sequence[Lesson]] = []
    shipped = detector.default_detector

    def listening(lessons: Sequence[Lesson] = ()) -> Detector:
        found.append(lessons)
        return shipped(lessons)

    monkeypatch.setattr(detector, "default_detector", listening)
    monkeypatch.setattr(detector, "model_version", lambda _: "words-1")
    return found


@pytest.mark.usefixtures("given")
def test_the_worker_is_told_and_the_plan_tells_nobody_else(
    tmp_path: Path, vault: Vault
) -> None:
    plan = WorkerPlan(tmp_path, "demo", Layout.STEREO, 1, tmp_path)
    with Record.open(tmp_path, vault) as record:
        record.phrases.add("support", "how shall I listen", "words-1", PLACE)
        record.phrases.add("support", "of another model", "words-0", PLACE)
        told = knowing_the_lessons(plan, record)
        assert knowing_the_lessons(None, record) is None
    assert told is not None
    (lesson,) = pickle.loads(pickle.dumps(told)).lessons  # noqa: S301 - our own bytes
    assert np.allclose(lesson.place, PLACE, atol=1e-3)
    assert "lessons" not in repr(told)
    assert told == plan, "a plan is what it was, whatever was taught"


def test_without_a_model_there_is_nothing_to_tell(
    tmp_path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detector, "model_version", lambda _: None)
    plan = WorkerPlan(tmp_path, "demo", Layout.STEREO, 1, tmp_path)
    with Record.open(tmp_path, vault) as record:
        record.phrases.add("support", "how shall I listen", "words-1", PLACE)
        told = knowing_the_lessons(plan, record)
    assert told is not None
    assert told.lessons == ()


def test_the_refiner_is_told(
    tmp_path: Path, vault: Vault, given: list[Sequence[Lesson]]
) -> None:
    with Record.open(tmp_path, vault) as record:
        record.phrases.add("support", "how shall I listen", "words-1", PLACE)
    made = refiner(talk(), PlainScripted("large"), tmp_path, vault)
    made._listener(2)
    assert [len(lessons) for lessons in given] == [1]
