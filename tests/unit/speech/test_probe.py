"""A model is tried in a child that may crash, hang or refuse; the parent goes on."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from tests.fakes.modelfolder import write_model

from sidelight.domain.errors import UserError
from sidelight.speech.fitness import Way
from sidelight.speech.probe import Attempt, try_out
from sidelight.speech.recognizer import Device
from sidelight.speech.weights import demo_model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

QUICK = Way(Device.CPU, 1, final_s=0.5, live_s=0.1)


def answers(attempt: Attempt) -> tuple[Way, ...]:
    return tuple(Way(attempt.device, count, 0.5, 0.1) for count in attempt.threads)


def aborts(_: Attempt) -> tuple[Way, ...]:
    os.abort()


def meets_an_unknown_instruction(_: Attempt) -> tuple[Way, ...]:
    os.kill(os.getpid(), signal.SIGILL)
    return ()


def hangs(_: Attempt) -> tuple[Way, ...]:
    threading.Event().wait()
    return ()


def refuses(_: Attempt) -> tuple[Way, ...]:
    raise UserError("The model does not load.", "Fetch it again.")


def raises(_: Attempt) -> tuple[Way, ...]:
    raise RuntimeError("CUDA driver version is insufficient")


def dies_on_graphics(attempt: Attempt) -> tuple[Way, ...]:
    if attempt.device is Device.CUDA:
        os.abort()
    return answers(attempt)


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (aborts, "ended its process"),
        pytest.param(
            meets_an_unknown_instruction,
            "ended its process",
            marks=pytest.mark.skipif(os.name == "nt", reason="POSIX signals"),
        ),
        (refuses, "does not load"),
        (raises, "does not run on this computer"),
    ],
)
def test_a_child_that_is_lost_is_a_sentence(
    work: Callable[[Attempt], tuple[Way, ...]], sentence: str, tmp_path: Path
) -> None:
    tried = try_out(tmp_path, 1, graphics=False, work=work)
    assert tried.ways == ()
    assert tried.best is None
    assert not tried.fits
    assert sentence in tried.fault


def test_a_child_that_hangs_is_given_up(tmp_path: Path) -> None:
    tried = try_out(tmp_path, 1, longest_s=0.1, graphics=False, work=hangs)
    assert tried.ways == ()
    assert "did not answer" in tried.fault


def test_threads_are_tried_from_the_most_down(tmp_path: Path) -> None:
    tried = try_out(tmp_path, 4, graphics=False, work=answers)
    assert [way.threads for way in tried.ways] == [4, 2, 1]
    assert tried.fault == ""


def test_graphics_that_crash_leave_the_processor(tmp_path: Path) -> None:
    tried = try_out(tmp_path, 1, graphics=True, work=dies_on_graphics)
    assert [way.device for way in tried.ways] == [Device.CPU]
    assert "ended its process" in tried.fault
    assert tried.fits


def test_the_demo_model_is_timed_for_real() -> None:
    tried = try_out(demo_model(), 1, graphics=False)
    (way,) = tried.ways
    assert way.threads == 1
    # A final pass encodes twice the window and decodes five beams.
    assert way.final_s > way.live_s > 0
    assert tried.fault == ""


def test_a_model_that_cannot_be_loaded_is_a_sentence(tmp_path: Path) -> None:
    tried = try_out(write_model(tmp_path / "hollow"), 1, graphics=False)
    assert tried.ways == ()
    assert tried.fault
