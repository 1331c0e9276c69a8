"""Partials stop when recognition is late, and come back when it has caught up."""

from collections.abc import Iterable

import pytest

from sidelight.domain.directives import (
    Directive,
    PartialsOff,
    PartialsOn,
    TranscribeLater,
    UseModel,
)
from sidelight.domain.timeline import Millis
from sidelight.session.adapting import Adapter, LagLimits

OFF, ON = PartialsOff(Millis(0)), PartialsOn(Millis(0))


@pytest.mark.parametrize(
    ("lags", "given"),
    [
        ([0, 1.9, 2.0], []),
        ([2.1, 5, 9], [OFF]),
        ([3, 0.4, 0.4, 0.4], [OFF]),  # not calm for long enough
        ([3, *[0.4] * 12], [OFF, ON]),
        ([3, *[0.6] * 30], [OFF]),  # better, but not caught up
        ([3, *[0.4] * 8, 1.0, *[0.4] * 8], [OFF]),  # calm begins anew
        ([3, *[0.4] * 12, 3], [OFF, ON, OFF]),
    ],
)
def test_directives_follow_the_lag(lags: list[float], given: list[Directive]) -> None:
    adapter = Adapter(LagLimits())
    decided = [
        adapter.decide(lag, float(now), Millis(0)) for now, lag in enumerate(lags)
    ]
    assert [directive for directive in decided if directive is not None] == given


def test_a_new_worker_begins_with_partials() -> None:
    adapter = Adapter(LagLimits())
    adapter.decide(3, 0, Millis(0))
    assert adapter.restart(Millis(0)) == []
    assert adapter.decide(3, 1, Millis(0)) == OFF


def given_by(adapter: Adapter, lags: Iterable[float]) -> list[Directive]:
    """What it decides when the lag is looked at once a second."""
    decided = (adapter.decide(lag, float(s), Millis(s)) for s, lag in enumerate(lags))
    return [directive for directive in decided if directive is not None]


def test_who_falls_ever_further_behind_gets_a_lighter_model_and_then_waits() -> None:
    adapter = Adapter(LagLimits(), lighter=("small", "tiny"))
    given = given_by(adapter, (0.8 * second for second in range(200)))
    assert [type(one) for one in given] == [
        PartialsOff,
        UseModel,
        UseModel,
        TranscribeLater,
    ]
    assert [one.model for one in given if isinstance(one, UseModel)] == [
        "small",
        "tiny",
    ]
    assert adapter.later
    adapter.finish()
    assert given_by(adapter, [3000.0] * 100) == []


def test_who_is_far_behind_but_catches_up_keeps_its_model() -> None:
    adapter = Adapter(LagLimits(), lighter=("small",))
    lags = [90 - 0.5 * second for second in range(180)]
    assert [type(one) for one in given_by(adapter, lags)] == [PartialsOff]


def test_a_new_worker_goes_on_with_the_lighter_model() -> None:
    adapter = Adapter(LagLimits(), lighter=("small",))
    given_by(adapter, (float(second) for second in range(40)))
    assert adapter.restart(Millis(7)) == [UseModel(Millis(7), "small")]
