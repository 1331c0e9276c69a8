"""The coach's own ways: what is one phrase, and when it has become a formula."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from sidelight.partnering.phrasebook import (
    EXAMPLES,
    FORMULA_SESSIONS,
    FORMULA_USES,
    RECENT,
    SAME,
    OwnWay,
    Phrase,
    Use,
    phrasebook,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
KINDS = ("support", "direction")


def way(number: int, cosine: float = 1.0) -> NDArray[np.float32]:
    """A direction of its own for each number, or one at this cosine from it."""
    place = np.zeros(64, np.float32)
    place[number], place[60] = cosine, (1 - cosine**2) ** 0.5
    return place


def use(
    day: int,
    number: int = 1,
    *,
    cosine: float = 1.0,
    kind: str = "support",
    words: str = "",
    sure: bool = False,
) -> Use:
    words = words or f"how shall I listen this way {number}"
    when = START + timedelta(days=day)
    return Use(kind, words, f"s{day}", when, way(number, cosine), sure)


def book(uses: Sequence[Use], own: Sequence[OwnWay] = ()) -> list[Phrase]:
    return phrasebook(uses, own, KINDS)


def test_close_wordings_are_one_phrase_and_others_are_not() -> None:
    uses = [
        use(1, words="how shall I listen"),
        use(2, cosine=SAME + 0.01, words="how should I listen", sure=True),
        use(3, cosine=SAME - 0.01, words="how can I be of use"),
        use(4, kind="direction", words="where to"),
    ]
    first, second, third = book(uses)
    assert first.examples == ("how should I listen", "how shall I listen")
    assert (first.uses, first.sure, first.sessions) == (2, 1, 2)
    assert first.newest == START + timedelta(days=2)
    assert second.examples == ("how can I be of use",)
    assert third.kind == "direction"
    assert book(list(reversed(uses))) == [first, second, third], "in whatever order"


def test_what_has_only_its_aim_in_common_is_not_one_phrase() -> None:
    close = [use(1, words="where do we start"), use(2, words="which gate is it, then")]
    assert len(book(close)) == 2


def test_examples_are_few_each_once_the_newest_first() -> None:
    uses = [use(day, words=f"the same old wording {day % 5}") for day in range(10)]
    (phrase,) = book(uses)
    assert phrase.examples == tuple(
        f"the same old wording {n}" for n in (4, 3, 2)[:EXAMPLES]
    )


def test_the_most_used_of_a_kind_comes_first() -> None:
    assert [p.uses for p in book([use(1, 2), use(2, 3), use(3, 3)])] == [2, 1]


def test_a_way_that_was_written_down_is_there_unused_and_leads_when_used() -> None:
    mine = OwnWay(4, "support", "as I say it", way(1))
    (unused,) = book([], [mine])
    assert (unused.own, unused.examples, unused.uses) == (4, ("as I say it",), 0)
    assert unused.newest is None
    assert not unused.formula
    (used,) = book([use(1, words="as I said it")], [mine])
    assert used.examples == ("as I say it", "as I said it")
    assert (used.own, used.uses) == (4, 1)


def formulas(uses: Sequence[Use]) -> list[bool]:
    return [phrase.formula for phrase in book(uses)]


def test_most_of_a_kind_in_one_wording_over_sessions_is_a_formula() -> None:
    same = [use(day) for day in range(FORMULA_USES)]
    assert formulas(same) == [True]
    assert formulas(same[1:]) == [False], "too few to be a habit"
    one_day = [use(1, words=f"the same old way {n}") for n in range(FORMULA_USES + 2)]
    assert formulas(one_day) == [False], "one client's session"
    days = [use(n % (FORMULA_SESSIONS - 1)) for n in range(9)]
    assert formulas(days) == [False]


def test_who_has_other_ways_too_has_no_formula() -> None:
    uses = [use(day, 1 + day % 3) for day in range(24)]
    assert formulas(uses) == [False, False, False]
    other_kind = [use(day, kind="direction") for day in range(24)]
    assert True in formulas([*uses, *other_kind])


def test_a_formula_that_was_left_behind_is_none() -> None:
    before = [use(day) for day in range(10)]
    since = [use(20 + day, 2 + day) for day in range(RECENT)]
    assert formulas(before) == [True]
    assert not any(formulas([*before, *since]))
