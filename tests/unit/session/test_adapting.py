"""Partials stop when recognition is late, and come back when it has caught up."""

import pytest

from sidelight.domain.directives import Directive, PartialsOff, PartialsOn
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
    adapter.restart()
    assert adapter.decide(3, 1, Millis(0)) == OFF
