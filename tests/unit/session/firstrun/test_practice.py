"""What the trial shows, from what the pipeline decided."""

from __future__ import annotations

import pytest

from sidelight.domain.events import Event, MomentWithdrawn, WithdrawalCause
from sidelight.domain.moments import MomentId
from sidelight.domain.timeline import Millis
from sidelight.session.firstrun.practice import Heard, Practice, Stage
from sidelight.ui.specimen_first_run import ASKED, STILL, said

UNDONE: tuple[Event, ...] = (
    MomentWithdrawn(Millis(9_000), MomentId(1, 1), WithdrawalCause.UNDONE),
)


def test_a_question_settles_the_clock_another_leaves_it_and_undo_takes_it_back() -> (
    None
):
    asked = Practice().after(ASKED.events)
    assert (asked.stage, asked.heard) == (Stage.STILL, Heard.SETTLED)
    assert asked.words == "Where would you like to start?"
    assert asked.clocks.since(Millis(60_000)) == 53_000
    still = asked.after(STILL.events)
    assert (still.stage, still.heard) == (Stage.UNDO, Heard.STILL)
    assert still.clocks == asked.clocks
    done = still.after(UNDONE)
    assert (done.stage, done.heard) == (Stage.DONE, Heard.TAKEN_BACK)
    assert done.clocks.moments == ()


@pytest.mark.parametrize(
    ("text", "stage"),
    [("Okay.", Stage.STILL), ("And where is she now?", Stage.UNDO)],
)
def test_a_cough_that_became_a_word_is_no_question(text: str, stage: Stage) -> None:
    asked = Practice().after(ASKED.events)
    assert asked.after(said(2, text, settles=False).events).stage is stage


def test_what_is_not_noticed_waits_for_another_try() -> None:
    first = Practice().after(STILL.events)
    assert (first.stage, first.heard) == (Stage.ASK, Heard.STILL)
    assert first.after(ASKED.events).stage is Stage.STILL
    assert "Monday" not in repr(first)
