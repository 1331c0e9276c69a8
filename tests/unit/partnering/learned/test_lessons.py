"""What a coach teaches moves what lies close to it, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from sidelight.partnering.learned.lessons import (
    DENIED,
    MOST,
    REACH,
    STRENGTH,
    UNKNOWN_KIND,
    Lesson,
    Lessons,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray


def place(*values: float) -> NDArray[np.float32]:
    """A direction in three dimensions."""
    vector = np.array(values, np.float32)
    return vector / np.float32(np.linalg.norm(vector))


def near(cosine: float) -> NDArray[np.float32]:
    """A place at this cosine from ``HERE``."""
    return place(cosine, (1 - cosine**2) ** 0.5, 0)


HERE = place(1, 0, 0)
AWAY = place(0, 0, 1)


def test_the_turn_itself_is_moved_most_and_the_edge_not_at_all() -> None:
    lessons = Lessons([Lesson("support", HERE)])
    assert lessons.judge("support", -2.0, HERE) == pytest.approx(-2.0 + STRENGTH)
    assert lessons.judge("support", -2.0, near(REACH)) == pytest.approx(-2.0, abs=0.01)
    halfway = lessons.judge("support", -2.0, near((1 + REACH) / 2))
    assert -2.0 < halfway < -2.0 + STRENGTH
    assert lessons.judge("support", -2.0, AWAY) == -2.0
    assert lessons.judge("direction", -2.0, HERE) == -2.0


def test_what_is_not_of_the_kind_is_moved_down() -> None:
    lessons = Lessons([Lesson("support", HERE, positive=False)])
    assert lessons.judge("support", 2.0, HERE) == pytest.approx(2.0 - STRENGTH)


def test_the_same_lesson_twice_moves_no_further() -> None:
    once = Lessons([Lesson("support", HERE)])
    often = Lessons([Lesson("support", HERE)] * 50)
    assert often.judge("support", -2.0, HERE) == once.judge("support", -2.0, HERE)
    assert often.judge("support", -2.0, HERE) <= -2.0 + MOST


def test_for_and_against_the_same_turn_cancel() -> None:
    lessons = Lessons(
        [Lesson("support", HERE), Lesson("support", HERE, positive=False)]
    )
    assert lessons.judge("support", 0.5, HERE) == pytest.approx(0.5)


def test_what_the_model_is_sure_is_nothing_stays_so() -> None:
    lessons = Lessons([Lesson("support", HERE)])
    assert lessons.judge("support", DENIED - 0.1, HERE) == DENIED - 0.1


def test_a_lesson_never_reaches_a_turn_that_must_be_left_alone() -> None:
    """However close such a turn lies, it is not moved."""
    quiet = np.stack([near(0.95), AWAY])
    lessons = Lessons([Lesson("support", HERE)], quiet=quiet)
    assert lessons.judge("support", -2.0, near(0.95)) == pytest.approx(-2.0, abs=0.05)
    assert lessons.judge("support", -2.0, near(0.9)) == -2.0
    assert lessons.judge("support", -2.0, HERE) > 0


def test_taking_a_lesson_back_takes_its_effect_back() -> None:
    taught = [Lesson("support", HERE), Lesson("support", AWAY)]
    assert Lessons(taught).judge("support", -1.0, AWAY) > 0
    assert Lessons(taught[:1]).judge("support", -1.0, AWAY) == -1.0


def test_a_new_kind_is_found_by_its_examples() -> None:
    examples = [Lesson("humour", HERE), Lesson("humour", near(0.9), positive=False)]
    lessons = Lessons(examples=examples)
    assert lessons.judge("humour", None, HERE) > 0
    assert lessons.judge("humour", None, AWAY) == UNKNOWN_KIND
    assert Lessons().judge("humour", None, HERE) == UNKNOWN_KIND
