"""The first run's trial: spoken sound through a real device, until it is recognised."""

from __future__ import annotations

import shutil
import sys
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

import pytest
from tests.fakes.live_calls import talk
from tests.fakes.soundserver import SoundServer

from sidelight.bootstrap.first_run import run_trial
from sidelight.cli.first_run import trial_plan
from sidelight.session.firstrun.desk import Trial
from sidelight.session.firstrun.helper import Helper
from sidelight.session.firstrun.messages import (
    EndTrial,
    TakeBack,
    TrialBegan,
    TrialFailed,
    TrialHeard,
    TrialLevel,
)
from sidelight.session.firstrun.practice import Practice, Stage
from sidelight.session.process import ChildProcess
from sidelight.settings.paths import Paths
from sidelight.speech.weights import ModelFolder, demo_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="a Linux sound server"),
    pytest.mark.skipif(not shutil.which("pulseaudio"), reason="no pulseaudio"),
]

RECOGNISED_S = 60.0
ASK_AT_S, ASK_S = 76.1, 6.0
"""Of the demo: "So I'll listen for the jokes. And when I hear one, what would you like
me to do?"."""

STILL_AT_S, STILL_S = 138.2, 4.8
"""Of the demo: "You asked him what he needed from you, and then …"."""


@pytest.fixture
def server() -> Iterator[SoundServer]:
    with SoundServer() as server:
        server.plug("coach")
        yield server


class Trying:
    """What the window would see."""

    def __init__(self, helper: Helper[Trial]) -> None:
        self.helper = helper
        self.practice = Practice()
        self.news: list[object] = []

    def until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + RECOGNISED_S
        while not done():
            assert time.monotonic() < deadline, self.news[-5:]
            assert self.helper.connection is not None, self.news[-5:]
            wait([self.helper.connection], timeout=1.0)
            news, fault, _ = self.helper.hear()
            assert fault is None, fault
            for one in news:
                if not isinstance(one, TrialLevel):
                    self.news.append(one)
                if isinstance(one, TrialHeard):
                    self.practice = self.practice.after(one.events)

    def told(self, kind: type) -> bool:
        return any(isinstance(one, kind) for one in self.news)


def test_a_question_out_loud_is_recognised_within_a_minute_of_the_step(
    server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    paths = Paths.find().prepare()
    model = ModelFolder.check(demo_model())

    def start(trial: Trial) -> ChildProcess:
        return ChildProcess(run_trial, (trial_plan(paths, trial, model),), "trial")

    helper = Helper(start)
    trying = Trying(helper)
    began = time.monotonic()
    helper.begin(Trial("coach.monitor", demo=False, language="en"))
    try:
        trying.until(lambda: trying.told(TrialBegan))
        server.play("coach", talk(ASK_AT_S, ASK_S)[:, 0]).wait()
        trying.until(lambda: trying.practice.stage is Stage.STILL)
        recognised_s = time.monotonic() - began
        server.play("coach", talk(STILL_AT_S, STILL_S)[:, 0]).wait()
        trying.until(lambda: trying.practice.stage is Stage.UNDO)
        helper.ask(TakeBack())
        trying.until(lambda: trying.practice.stage is Stage.DONE)
        helper.ask(EndTrial())
    finally:
        helper.close()
    assert trying.practice.clocks.moments == ()
    assert not trying.told(TrialFailed)
    assert recognised_s < RECOGNISED_S
    print(f"recognised after {recognised_s:.1f} s")  # noqa: T201 - the figure
    assert not any(paths.record.iterdir()), "nothing is kept"
