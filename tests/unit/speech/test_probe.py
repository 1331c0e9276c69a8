from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.fakes.modelfolder import write_model

from sidelight.domain.errors import UserError
from sidelight.speech.probe import Speed, _answer, probe
from sidelight.speech.weights import demo_model

if TYPE_CHECKING:
    from pathlib import Path

SOUND = np.zeros(16_000, np.float32)


def test_real_model_is_tried_in_a_child() -> None:
    speed = probe(demo_model(), SOUND)
    assert speed.load_s > 0
    assert speed.per_second > 0


def test_model_that_cannot_be_loaded_comes_back_as_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        probe(write_model(tmp_path / "hollow"), SOUND)


def test_child_that_died_is_a_sentence_with_a_way_forward() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    theirs.close()
    with ours, pytest.raises(UserError, match="ended its process") as caught:
        _answer(ours, 5)
    assert "transcribe later" in caught.value.remedy


def test_child_that_hangs_is_given_up() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours, theirs, pytest.raises(UserError, match="did not answer"):
        _answer(ours, 0.01)


def test_answer_is_passed_on() -> None:
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours, theirs:
        theirs.send(Speed(1.0, 0.5, 3))
        assert _answer(ours, 5) == Speed(1.0, 0.5, 3)
