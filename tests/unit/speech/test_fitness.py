"""The largest model that is fast enough, with the threads that serve it best."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sidelight.speech.fitness import (
    Tried,
    Way,
    largest_in_time,
    largest_that_fits,
)
from sidelight.speech.recognizer import Device
from sidelight.speech.weights import ModelFolder


def way(final_s: float, live_s: float = 0.1, threads: int = 1) -> Way:
    return Way(Device.CPU, threads, final_s, live_s)


def model(name: str, size: int) -> ModelFolder:
    return ModelFolder(Path(name), name, demo=False, size=size)


TINY, BASE, SMALL = model("tiny", 40), model("base", 150), model("small", 480)
BROKEN = Tried((), "It ended its process.")


@pytest.mark.parametrize(
    ("final_s", "live_s", "fits"),
    [
        (0.95, 0.34, True),
        (2.0, 0.2, True),
        (2.1, 0.0, False),  # words come too late
        (1.9, 0.3, False),  # too busy: (1.9 + 3 · 0.3) / 5.2 = 0.54
    ],
)
def test_it_fits_by_delay_and_by_load(
    final_s: float, live_s: float, *, fits: bool
) -> None:
    assert way(final_s, live_s).fits is fits


def test_more_threads_must_be_worth_it() -> None:
    assert Tried((way(0.95, threads=4), way(1.0, threads=1))).best == way(1.0)
    assert Tried((way(0.5, threads=4), way(1.0))).best == way(0.5, threads=4)


def test_only_too_slow_in_a_crowd_says_nothing_that_lasts() -> None:
    crowded = Way(Device.CPU, 1, final_s=5.0, live_s=1.0, crowded=True)
    assert not Tried((crowded,)).lasting
    assert Tried((way(5.0),)).lasting
    assert Tried((replace(crowded, final_s=0.5, live_s=0.1),)).lasting
    assert Tried((), "It ended its process.").lasting


@pytest.mark.parametrize(
    ("results", "chosen", "fits"),
    [
        ({"small": way(3), "base": way(1), "tiny": way(0.5)}, "base", True),
        ({"small": way(1.5)}, "small", True),
        ({"small": None, "base": None, "tiny": way(0.5)}, "tiny", True),
        ({"small": way(9), "base": way(5), "tiny": way(3)}, "tiny", False),
        ({"small": way(9), "base": None, "tiny": None}, "small", False),
        ({"small": None, "base": None, "tiny": None}, "tiny", False),
    ],
)
def test_the_largest_that_fits_is_chosen(
    results: dict[str, Way | None], chosen: str, *, fits: bool
) -> None:
    asked: list[str] = []

    def try_out(one: ModelFolder) -> Tried:
        asked.append(one.name)
        found = results[one.name]
        return BROKEN if found is None else Tried((found,))

    found = largest_that_fits([BASE, TINY, SMALL], try_out)
    assert (found[0].name, found[1]) == (chosen, fits)
    # From the largest down, and no further than needed.
    assert asked == ["small", "base", "tiny"][: len(asked)]
    assert not fits or asked[-1] == chosen


def test_refining_may_take_as_long_as_the_session() -> None:
    models = [model("base", 1), model("small", 2), model("large", 3)]
    asked: list[str] = []

    def try_out(one: ModelFolder) -> Tried:
        asked.append(one.name)
        finals = {"base": 0.5, "small": 8.0, "large": 25.0}
        return Tried((way(finals[one.name]),))

    chosen = largest_in_time(models, try_out)
    assert chosen is not None
    # 8 s a final pass: 27 s a dense window, one for each 36 s of session.
    assert chosen.name == "small"
    assert asked == ["large", "small"]
    assert way(8.0).refining == pytest.approx(0.74, abs=0.01)


def test_what_does_not_work_or_takes_too_long_refines_nothing() -> None:
    models = [model("base", 1), model("large", 2)]
    assert largest_in_time(models, lambda _: Tried((), "it ended")) is None
    assert largest_in_time(models, lambda _: Tried((way(11.0),))) is None
    assert largest_in_time([], lambda _: Tried((way(0.1),))) is None
